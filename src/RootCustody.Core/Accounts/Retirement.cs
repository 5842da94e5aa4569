namespace RootCustody.Accounts;

/// <summary>The end of all generations of one half up to one of them, or of one MFA device, attested by two custodians (the weaker kind of payment, law 14).</summary>
public sealed class Retirement
{
    private Retirement() { }

    public long Id { get; private set; }
    public AccountId Account { get; private set; }
    public Half Half { get; private set; }

    /// <summary>The first generation that ended; 0 for all that were before.</summary>
    public int From { get; private set; }

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

    /// <summary>One MFA device ended; the others of the account, older and newer ones, live on.</summary>
    public static Retirement OfDevice(
        AccountId account,
        int generation,
        PersonId by,
        PersonId andBy,
        DateTimeOffset now
    )
    {
        var retirement = Attested(account, Half.Mfa, generation, by, andBy, now);
        retirement.From = generation;
        return retirement;
    }

    /// <summary>Whether this lifts the bar that a generation laid on a person: nobody attests themselves free (law 1).</summary>
    public bool Lifts(Half half, int generation, PersonId person) =>
        half == Half && generation >= From && generation <= Through && !IsBy(person);

    /// <summary>Whether this person is one of the two who attested it.</summary>
    public bool IsBy(PersonId person) => person == AttestedBy || person == AndBy;
}
