using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>What happened, written down beside the rules and without asking them. People are named by what they are: one name, one human being.</summary>
public sealed class Chronicle
{
    public List<Seen> Seen { get; } = [];
    public List<Taken> Taken { get; } = [];
    public List<Opened> Opened { get; } = [];
    public List<Ended> Ended { get; } = [];
    public List<Promoted> Promoted { get; } = [];
    public List<Attested> Attested { get; } = [];

    /// <summary>How often an approver was found unable to hold their half when the window was to open.</summary>
    public int Voided { get; set; }

    /// <summary>Who holds, or will hold, which half of which request.</summary>
    public Dictionary<(RequestId Request, Half Half), string> Holders { get; } = [];

    public List<Extended> Extended { get; } = [];

    /// <summary>Something was granted to someone who was not fit for it, and why they were not.</summary>
    public List<string> Unfit { get; } = [];

    /// <summary>A half was taken that someone else had already.</summary>
    public List<Taken> TakenTwice { get; } = [];

    public void Take(Taken taken)
    {
        Taken.Add(taken);
        if (!Holders.TryAdd((taken.Request, taken.Half), taken.Who))
            TakenTwice.Add(taken);
    }

    public void Vacate(RequestId request, Half half) => Holders.Remove((request, half));

    public string? HolderOf(RequestId request, Half half) => Holders.GetValueOrDefault((request, half));

    /// <summary>Whether what was seen no longer opens anything, as far as this person's own word is not needed for it.</summary>
    public bool IsDead(Seen seen) =>
        seen.Half == Half.Password
        && Promoted.Exists(p =>
            p.Account == seen.Account && seen.Generation < p.Generation && seen.Who != p.By && seen.Who != p.AndBy
        );
}

/// <summary>A half left its vault for a person, or may have.</summary>
/// <param name="Request">Null for who brought the half in.</param>
/// <param name="OnRecord">An exposure that stood as maybe shown was recorded before.</param>
/// <param name="AfterTheEnd">The window had been ended before its time.</param>
/// <param name="Member">The person was in the group of that half at that moment.</param>
/// <param name="Holder">The person was the last who took that half.</param>
public sealed record Seen(
    string Who,
    AccountId Account,
    Half Half,
    int Generation,
    RequestId? Request,
    DateTimeOffset At,
    bool Rotation = false,
    bool OnRecord = true,
    bool AfterTheEnd = false,
    bool Member = true,
    bool Holder = true
)
{
    public RevealOutcome Outcome { get; set; } = RevealOutcome.MaybeShown;

    /// <summary>The end of its window was tidied while it stood as shown or maybe shown.</summary>
    public bool Booked { get; set; }

    /// <summary>It may have told a secret: a drill has none.</summary>
    public bool Counts => Outcome != RevealOutcome.NotShown && Generation != Exposure.Drill;
}

/// <summary>An approval was accepted.</summary>
public sealed record Taken(string Who, RequestId Request, Half Half, DateTimeOffset At, bool Member);

public sealed record Opened(
    RequestId Request,
    DateTimeOffset At,
    DateTimeOffset Until,
    string? PasswordHolder,
    string? MfaHolder
);

/// <summary>A window was ended before its time.</summary>
/// <param name="By">Who did it; null if it gave way to another request.</param>
/// <param name="InHand">Both halves had been shown, or maybe shown, in it.</param>
public sealed record Ended(RequestId Request, DateTimeOffset At, string? By = null, bool InHand = false);

/// <summary>A window became longer.</summary>
/// <param name="Password">Who agreed for that half since it was asked for; null if nobody did.</param>
public sealed record Extended(RequestId Request, DateTimeOffset Until, string? Password, string? Mfa);

public sealed record Attested(string Who, RequestId Request, Half Half);

public sealed record Promoted(AccountId Account, int Generation, string? By, string? AndBy);
