using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>What happened, written down beside the rules and without asking them. People are named by what they are: one name, one human being.</summary>
public sealed class Chronicle
{
    private readonly HashSet<string> clicks = new(StringComparer.Ordinal);
    private int entries;
    private (DateTimeOffset At, int Order) escalated;

    public List<Did> Did { get; } = [];
    public List<Seen> Seen { get; } = [];
    public List<Taken> Taken { get; } = [];
    public List<Endorsed> Endorsed { get; } = [];
    public List<Edited> Edited { get; } = [];
    public List<Freed> Freed { get; } = [];
    public List<Denied> Denied { get; } = [];
    public List<Opened> Opened { get; } = [];
    public List<AskedMore> AskedMore { get; } = [];
    public List<Extended> Extended { get; } = [];
    public List<Over> Over { get; } = [];
    public List<Promoted> Promoted { get; } = [];

    /// <summary>What two holders said never came into force.</summary>
    public List<Dropped> Dropped { get; } = [];
    public List<Attested> Attested { get; } = [];

    /// <summary>The duty manager was called by the escalation.</summary>
    public List<Called> Called { get; } = [];

    /// <summary>How often an approver was found unable to hold their half when the window was to open.</summary>
    public int Voided { get; set; }

    public int Restarts { get; set; }

    /// <summary>Clicks that came again.</summary>
    public int Redelivered { get; set; }

    /// <summary>Who holds, or will hold, which half of which request.</summary>
    public Dictionary<(RequestId Request, Half Half), string> Holders { get; } = [];

    /// <summary>Whom a request names as the danger.</summary>
    public Dictionary<RequestId, IReadOnlyList<PersonId>> Named { get; } = [];

    /// <summary>The moment up to which a chat identity is new; an identity that is not here is old.</summary>
    public Dictionary<ChatUser, DateTimeOffset> NewUntil { get; } = [];

    /// <summary>A half was taken that someone else had already.</summary>
    public List<Taken> TakenTwice { get; } = [];

    /// <summary>Something was done by a click by which something had been done before.</summary>
    public List<Did> DidTwice { get; } = [];

    /// <summary>The number of what happened last.</summary>
    public int Last => entries;

    public void Escalate(DateTimeOffset now) => escalated = (now, Next());

    /// <summary>The job that escalates ran, and nothing has happened since.</summary>
    public bool HasJustEscalated(DateTimeOffset now) => escalated == (now, entries);

    /// <summary>The next number: what happened later has the greater one.</summary>
    public int Next() => ++entries;

    public void Do(Did did)
    {
        Did.Add(did);
        if (!clicks.Add(did.Click))
            DidTwice.Add(did);
    }

    public void Take(Taken taken)
    {
        Taken.Add(taken);
        if (!taken.ForMoreTime && !Holders.TryAdd((taken.Request, taken.Half), taken.Who))
            TakenTwice.Add(taken);
    }

    public void Vacate(RequestId request, Half half) => Holders.Remove((request, half));

    public string? HolderOf(RequestId request, Half half) => Holders.GetValueOrDefault((request, half));

    public int EditsOf(RequestId request) => Edited.Count(e => e.Request == request);

    /// <summary>The number of the last edit; what was said before it was said of something else.</summary>
    public int LastEditOf(RequestId request) => Edited.FindLast(e => e.Request == request)?.Order ?? 0;

    /// <summary>When the window of a request closes as far as the clock is concerned; null if it never opened.</summary>
    public DateTimeOffset? UntilOf(RequestId request) =>
        Extended.FindLast(e => e.Request == request)?.Until ?? Opened.Find(o => o.Request == request)?.Until;

    /// <summary>Whether what was seen no longer opens anything, as far as this person's own word is not needed for it.</summary>
    /// <param name="asOf">A number: what happened later does not count.</param>
    public bool IsDead(Seen seen, int asOf = int.MaxValue) =>
        seen.Half == Half.Password
        && Promoted.Exists(p =>
            p.Account == seen.Account
            && p.Order < asOf
            && seen.Generation < p.Generation
            && seen.Who != p.By
            && seen.Who != p.AndBy
        );
}

/// <summary>Someone did something, and it had an effect.</summary>
/// <param name="Click">The click by which they did it.</param>
/// <param name="Flaws">What was against the person then, whatever it was about.</param>
public sealed record Did(string Who, Act Act, RequestId? Request, string Click, Flaws Flaws, int Order);

/// <summary>A half left its vault for a person, or may have.</summary>
/// <param name="Request">Null for who brought the half in.</param>
/// <param name="Generation">0 is no real half.</param>
/// <param name="OnRecord">An exposure that stood as maybe shown was recorded before.</param>
/// <param name="AfterTheEnd">The window had been ended before its time.</param>
/// <param name="Holder">The person was the last who took that half.</param>
/// <param name="Flaws">What was against it at that moment.</param>
public sealed record Seen(
    string Who,
    AccountId Account,
    Half Half,
    int Generation,
    RequestId? Request,
    DateTimeOffset At,
    RequestKind? Kind = null,
    bool OnRecord = true,
    bool AfterTheEnd = false,
    bool Holder = true,
    Flaws Flaws = Flaws.None,
    int Order = 0
)
{
    public RevealOutcome Outcome { get; set; } = RevealOutcome.MaybeShown;

    /// <summary>The end of its window was tidied while it stood as shown or maybe shown.</summary>
    public bool Booked { get; set; }

    public bool Counts => Outcome != RevealOutcome.NotShown && Generation > 0;
}

/// <summary>An approval was accepted.</summary>
/// <param name="Read">How often the request had been edited when the card was drawn on which they pressed.</param>
/// <param name="Edits">How often it had been edited when they pressed.</param>
/// <param name="ForMoreTime">It is of a longer window, not of the half.</param>
public sealed record Taken(
    string Who,
    RequestId Request,
    Half Half,
    DateTimeOffset At,
    Flaws Flaws,
    int Read,
    int Edits,
    bool ForMoreTime,
    int Order
);

/// <summary>Someone approved who holds no half.</summary>
/// <param name="AsContact">As the second contact of the customer; else as a duty manager.</param>
public sealed record Endorsed(string Who, RequestId Request, bool AsContact, int Order);

public sealed record Edited(RequestId Request, DateTimeOffset At, int Order);

/// <summary>Someone who had a half has it no longer.</summary>
/// <param name="ForGood">They take no further part in that request.</param>
/// <param name="Frozen">By "not me".</param>
public sealed record Freed(
    string? Who,
    RequestId Request,
    DateTimeOffset At,
    bool ForGood,
    int Order,
    bool Frozen = false
);

/// <param name="Half">The half whose group they spoke for; null for a duty manager.</param>
public sealed record Denied(string Who, RequestId Request, Half? Half, int Order);

/// <param name="Flaws">What was against the two holders at that moment.</param>
public sealed record Opened(
    RequestId Request,
    AccountId Account,
    DateTimeOffset At,
    DateTimeOffset Until,
    string? PasswordHolder,
    string? MfaHolder,
    Flaws Flaws,
    int Order
);

/// <summary>Someone asked for a longer window.</summary>
public sealed record AskedMore(string Who, RequestId Request, bool IsTheirs, int Order);

public sealed record Extended(RequestId Request, DateTimeOffset At, DateTimeOffset Until, int Order);

/// <summary>A request ended.</summary>
/// <param name="By">Null for the clock.</param>
public sealed record Over(RequestId Request, DateTimeOffset At, RequestState State, Act By, string? Who, int Order);

/// <param name="Generation">What they say that AWS has.</param>
public sealed record Attested(string Who, RequestId Request, Half Half, int Generation);

/// <param name="Recognised">It had been shown in a rotation that stopped, and was found in force later.</param>
public sealed record Promoted(AccountId Account, int Generation, string? By, string? AndBy, bool Recognised, int Order);

public sealed record Dropped(AccountId Account, int From, int Through);

public sealed record Called(RequestId Request, DateTimeOffset At);
