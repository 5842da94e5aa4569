namespace RootCustody.Accounts;

/// <summary>The end of all generations of one half up to one of them, attested by two custodians (the weaker kind of payment, law 14).</summary>
public sealed class Retirement
{
    private Retirement() { }

    public long Id { get; private set; }
    public AccountId Account { get; private set; }
    public Half Half { get; private set; }

    /// <summary>The last generation that ended.</summary>
    public int Through { get; private set; }

    public PersonId AttestedBy { get; private set; }
    public PersonId AndBy { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static Retirement Attested(
        AccountId account,
        Half half,
        int through,
        PersonId by,
        PersonId andBy,
        DateTimeOffset now
    ) =>
        new()
        {
            Account = account,
            Half = half,
            Through = through,
            AttestedBy = by,
            AndBy = andBy,
            At = now,
        };

    /// <summary>Whether this lifts the bar that a generation laid on a person: nobody attests themselves free (law 1).</summary>
    public bool Lifts(Half half, int generation, PersonId person) =>
        half == Half && generation <= Through && person != AttestedBy && person != AndBy;
}
