namespace RootCustody.Data.People;

/// <summary>One thing that was refused to a person, or done by them oftener than usual; kept for a while, so that probing is seen.</summary>
public sealed class SeenRefusal
{
    private SeenRefusal() { }

    public long Id { get; private set; }
    public PersonId Person { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>What it was and why, as the audit log has it.</summary>
    public string What { get; private set; } = "";

    /// <summary>The account that it was about, if any; it need not exist.</summary>
    public AccountId? Account { get; private set; }

    public static SeenRefusal Of(PersonId person, string what, AccountId? account, DateTimeOffset now) =>
        new()
        {
            Person = person,
            At = now,
            What = what,
            Account = account,
        };
}
