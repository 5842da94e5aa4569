using RootCustody.Accounts;

namespace RootCustody.Posture;

/// <summary>What is known of one account at this moment; loaded by the caller.</summary>
public sealed record PostureFacts(Account Account, Policy Policy, DateTimeOffset Now)
{
    /// <summary>The credential report that was brought last.</summary>
    public RootLine? Line { get; init; }

    /// <summary>When AWS made it.</summary>
    public DateTimeOffset Generated { get; init; }

    /// <summary>Whether the use of which the report tells lies in a window of ours.</summary>
    public bool UsedInWindow { get; init; }

    /// <summary>Whether the change of the password of which the report tells lies in a window of ours.</summary>
    public bool ChangedInWindow { get; init; }

    /// <summary>Since when uses are judged; null if the account is not in custody.</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>The last rotation of the password by our own log.</summary>
    public OwnRotation? Rotated { get; init; }

    /// <summary>How many MFA devices of the account serve by our register.</summary>
    public int Devices { get; init; }

    /// <summary>What is missing or wrong with the alternate contacts, empty if nothing is; null if nobody has looked.</summary>
    public string? Contacts { get; init; }

    public DateTimeOffset ContactsAt { get; init; }

    /// <summary>So long before it and after it a use still belongs to a window: AWS records the first use in five minutes, and clocks differ.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    internal DateTimeOffset GoodUntil => Generated + Policy.ReportLife;
}

/// <param name="From">When the window opened in which it was done.</param>
/// <param name="At">When two custodians attested it.</param>
public sealed record OwnRotation(DateTimeOffset From, DateTimeOffset At);

/// <summary>What was found of one practice.</summary>
/// <param name="Words">As one says it to a person; at most <see cref="Finding.LongestWords"/> characters.</param>
/// <param name="GoodUntil">When the evidence is too old.</param>
/// <param name="Use">The use for which the duty managers have to be called at once, as it may be abuse.</param>
public sealed record Judgement(
    Practice Practice,
    PracticeState State,
    string Words,
    DateTimeOffset? GoodUntil = null,
    DateTimeOffset? Use = null
);
