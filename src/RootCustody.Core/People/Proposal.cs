using RootCustody.Chat;

namespace RootCustody.People;

public enum ProposalState
{
    /// <summary>Typed in chat by an administrator who has not proven yet that it was them. Nobody else knows of it.</summary>
    Draft = 1,

    /// <summary>Waits for its two administrators.</summary>
    Waiting = 2,
    Made = 3,
    Rejected = 4,
    Expired = 5,

    /// <summary>Two confirmed it, but by then it could not be made as it was shown to them.</summary>
    Failed = 6,
}

/// <summary>A change of people, groups, keepers or policy that waits for two administrators. It changes nothing by itself.</summary>
public sealed class Proposal
{
    /// <summary>How long an administrator has to prove that a draft is theirs.</summary>
    public static readonly TimeSpan DraftLife = TimeSpan.FromMinutes(15);

    private readonly List<ConcernedPerson> concerned = [];

    private Proposal() { }

    public ProposalId Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset Expires { get; private set; }

    /// <summary>What would change: a sentence on each line.</summary>
    public string Change { get; private set; } = "";

    /// <summary>The order that is carried out when it is made, as JSON. It holds no secret.</summary>
    public string Order { get; private set; } = "";

    /// <summary>Null for what was proposed on the command line.</summary>
    public PersonId? ProposedBy { get; private set; }

    /// <summary>The people whom the change is about. None of them confirms or rejects it.</summary>
    public IReadOnlyList<ConcernedPerson> Concerned => concerned;

    /// <summary>Who confirmed it first.</summary>
    public PersonId? First { get; private set; }

    public PersonId? Second { get; private set; }
    public PersonId? RejectedBy { get; private set; }

    /// <summary>Why it could not be made.</summary>
    public string? Why { get; private set; }

    public ProposalState State { get; private set; }

    /// <summary>The name that people say.</summary>
    public string Name => NameOf(Id);

    public bool Concerns(PersonId person) => concerned.Exists(c => c.Person == person);

    public static string NameOf(ProposalId id) => "P-" + Convert.ToHexString(id.Value.ToByteArray(), 13, 3);

    /// <summary>Typed in chat: it waits for the step-up of whoever typed it.</summary>
    public static Proposal Draft(
        string order,
        string change,
        IEnumerable<PersonId> concerned,
        PersonId by,
        DateTimeOffset now
    ) => Of(order, change, concerned, by, ProposalState.Draft, now, now + DraftLife);

    /// <summary>Proposed on the command line, by whoever can reach it: two administrators have to confirm.</summary>
    public static Proposal Ordered(
        string order,
        string change,
        IEnumerable<PersonId> concerned,
        Policy policy,
        DateTimeOffset now
    ) => Of(order, change, concerned, null, ProposalState.Waiting, now, now + policy.ProposalLife);

    /// <summary>Says why this person may not confirm, or null if nothing stands in the way.</summary>
    /// <param name="through">The chat identity through which they act.</param>
    public ProposalRefusal? WhyNotConfirm(Person by, ChatUser through, DateTimeOffset now) =>
        WhyNot(by, through, now) ?? (First == by.Id ? ProposalRefusal.YouConfirmed : null);

    /// <summary>An administrator confirms, after a step-up.</summary>
    /// <param name="first">Whoever is <see cref="First"/>, as they stand now; null if nobody is.</param>
    public Confirming Confirm(Person by, ChatUser through, Person? first, Policy policy, DateTimeOffset now)
    {
        if (WhyNotConfirm(by, through, now) is { } why)
            return new Confirming.Refused(why);
        if (State == ProposalState.Draft)
        {
            State = ProposalState.Waiting;
            (At, Expires) = (now, now + policy.ProposalLife);
        }
        // law 15: what was confirmed from a chat account that has been frozen since counts no more
        if (first is not { IsAdministrator: true, Suspended: false, FrozenAt: null } || first.Id != First)
        {
            First = by.Id;
            return new Confirming.NotedFirst();
        }
        Second = by.Id;
        State = ProposalState.Made;
        return new Confirming.MakeIt();
    }

    /// <returns>Why it is not rejected, or null if it is.</returns>
    public ProposalRefusal? Reject(Person by, ChatUser through, DateTimeOffset now)
    {
        if (WhyNot(by, through, now) is { } why)
            return why;
        RejectedBy = by.Id;
        State = ProposalState.Rejected;
        return null;
    }

    /// <summary>Two confirmed it, but it cannot be made any more.</summary>
    public void Fail(string why)
    {
        Why = why;
        State = ProposalState.Failed;
    }

    /// <returns>False if it is not over, or was already.</returns>
    public bool Expire(DateTimeOffset now)
    {
        if (!Waits || now < Expires)
            return false;
        State = ProposalState.Expired;
        return true;
    }

    /// <summary>What this person confirmed counts no more, for it may not have been them.</summary>
    public void Forget(PersonId person)
    {
        if (Waits && First == person)
            First = null;
    }

    private bool Waits => State is ProposalState.Draft or ProposalState.Waiting;

    private ProposalRefusal? WhyNot(Person by, ChatUser through, DateTimeOffset now)
    {
        if (by.Suspended)
            return ProposalRefusal.Suspended;
        if (by.FrozenAt is not null)
            return ProposalRefusal.Frozen; // law 15
        if (!by.IsAdministrator)
            return ProposalRefusal.NotAnAdministrator;
        if (!Waits)
            return ProposalRefusal.Over;
        if (now >= Expires)
            return ProposalRefusal.TooLate; // law 16
        if (State == ProposalState.Draft && ProposedBy != by.Id)
            return ProposalRefusal.NotYours;
        if (Concerns(by.Id))
            return ProposalRefusal.AboutYou;
        return by.CoolsOffAt(now, through) ? ProposalRefusal.CoolsOff : null; // law 15
    }

    private static Proposal Of(
        string order,
        string change,
        IEnumerable<PersonId> concerned,
        PersonId? by,
        ProposalState state,
        DateTimeOffset now,
        DateTimeOffset expires
    )
    {
        var proposal = new Proposal
        {
            Id = ProposalId.New(now),
            At = now,
            Expires = expires,
            Change = change,
            Order = order,
            ProposedBy = by,
            State = state,
        };
        proposal.concerned.AddRange(concerned.Distinct().Select(ConcernedPerson.Of));
        return proposal;
    }
}

/// <summary>What came of one confirmation.</summary>
public abstract record Confirming
{
    private Confirming() { } // closed: these three and no other

    /// <summary>A second administrator has to confirm.</summary>
    public sealed record NotedFirst : Confirming;

    /// <summary>Two different administrators have confirmed.</summary>
    public sealed record MakeIt : Confirming;

    public sealed record Refused(ProposalRefusal Why) : Confirming;
}

/// <summary>One of the people whom a proposal is about.</summary>
public sealed class ConcernedPerson
{
    private ConcernedPerson() { }

    public PersonId Person { get; private set; }

    internal static ConcernedPerson Of(PersonId person) => new() { Person = person };
}
