using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Moves;

/// <summary>The root mailbox or the root phone of one account on its way from one person to another, from the word of an administrator to the register.</summary>
/// <remarks>The register changes with the last step only. From the moment it is handed over until then either may have it, so that both are barred by it (law 1).</remarks>
public sealed class Move
{
    public const int LongestText = 500;

    /// <summary>So that it says something.</summary>
    public const int ShortestText = 10;

    private Move() { }

    public MoveId Id { get; private set; }
    public AccountId Account { get; private set; }
    public KeptThing Thing { get; private set; }

    /// <summary>Who keeps it by the register.</summary>
    public PersonId From { get; private set; }

    /// <summary>Who will keep it.</summary>
    public PersonId To { get; private set; }

    /// <summary>How the register will name it.</summary>
    public string Label { get; private set; } = "";

    public string Why { get; private set; } = "";
    public PersonId BegunBy { get; private set; }
    public DateTimeOffset BegunAt { get; private set; }

    /// <summary>The keeper, or the administrator who did it in the place of one who is gone.</summary>
    public PersonId? HandedBy { get; private set; }

    public DateTimeOffset? HandedAt { get; private set; }

    /// <summary>What was done to hand it over.</summary>
    public string? Handed { get; private set; }

    /// <summary>When the new keeper said that they have it, with a code of their own.</summary>
    public DateTimeOffset? TakenAt { get; private set; }

    /// <summary>How the new keeper tried it.</summary>
    public string? Tried { get; private set; }

    public PersonId? EndedBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public PersonId? CancelledBy { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }
    public string? CancelledWhy { get; private set; }

    /// <summary>When those whose turn it is were last told so.</summary>
    public DateTimeOffset ToldAt { get; private set; }

    /// <summary>A name that people can say on the phone; not unique for ever, and no rule takes it.</summary>
    public string Name => "M-" + Convert.ToHexString(Id.Value.ToByteArray(), 13, 3);

    public bool IsOver => EndedAt is not null || CancelledAt is not null;

    /// <summary>What has to be done now; null if it is over.</summary>
    public MoveStep? Next =>
        IsOver ? null
        : HandedAt is null ? MoveStep.HandOver
        : TakenAt is null ? MoveStep.Take
        : MoveStep.End;

    /// <summary>Whether nobody can hand it over themselves: they were suspended, are frozen, or have no chat account any more, or none yet.</summary>
    /// <param name="person">With their identities.</param>
    public static bool IsGone(Person person) =>
        person.Suspended || person.FrozenAt is not null || person.Identities.Count == 0;

    /// <summary>May <paramref name="by"/> begin this? That law 1 allows it, and that none is under way, is for the caller to ask.</summary>
    public static MoveRefusal? WhyNotBegin(Person by, Person from, Person to)
    {
        if (WhyNotAdministrator(by) is { } why)
            return why;
        if (by.Id == to.Id)
            return MoveRefusal.ToYourself;
        if (from.Id == to.Id)
            return MoveRefusal.KeepsIt;
        return IsGone(to) ? MoveRefusal.NewKeeperIsGone : null;
    }

    public static Move Of(
        AccountId account,
        KeptThing thing,
        PersonId from,
        PersonId to,
        string label,
        string why,
        PersonId by,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = MoveId.New(now),
            Account = account,
            Thing = thing,
            From = from,
            To = to,
            Label = label,
            Why = why,
            BegunBy = by,
            BegunAt = now,
            ToldAt = now,
        };

    /// <summary>May this person say that it was handed over?</summary>
    /// <param name="from">Who keeps it, as they are now.</param>
    public MoveRefusal? WhyNotHandOver(Person by, Person from)
    {
        if (Next != MoveStep.HandOver)
            return MoveRefusal.NotNow;
        if (by.Id == From)
            return WhyNotAct(by);
        if (!IsGone(from))
            return MoveRefusal.NotTheKeeper;
        return WhyNotAdministrator(by) ?? WhyNotSecond(by);
    }

    public void HandOver(PersonId by, string text, DateTimeOffset now) =>
        (HandedBy, Handed, HandedAt) = (by, text, now);

    /// <summary>May this person say that they have it?</summary>
    public MoveRefusal? WhyNotTake(Person by)
    {
        if (Next != MoveStep.Take)
            return MoveRefusal.NotNow;
        return by.Id == To ? WhyNotAct(by) : MoveRefusal.NotTheNewKeeper;
    }

    public void Take(string tried, DateTimeOffset now) => (Tried, TakenAt) = (tried, now);

    /// <summary>May this person confirm the end? The words of those who began it and who have it must still count (law 15).</summary>
    /// <param name="beginner">As they are now.</param>
    /// <param name="to">As they are now.</param>
    public MoveRefusal? WhyNotEnd(Person by, Person beginner, Person to)
    {
        if (Next != MoveStep.End)
            return MoveRefusal.NotNow;
        if ((WhyNotAdministrator(by) ?? WhyNotSecond(by)) is { } why)
            return why;
        if (WhyNotAdministrator(beginner) is not null)
            return MoveRefusal.BeginnerIsGone;
        return IsGone(to) ? MoveRefusal.NewKeeperIsGone : null;
    }

    public void End(PersonId by, DateTimeOffset now) => (EndedBy, EndedAt) = (by, now);

    /// <summary>May this person stop it?</summary>
    public MoveRefusal? WhyNotCancel(Person by) => IsOver ? MoveRefusal.NotNow : WhyNotAdministrator(by);

    /// <returns>Whether the new keeper may have it already: then both have to be in the register, until it is put right (law 1).</returns>
    public bool Cancel(PersonId by, string why, DateTimeOffset now)
    {
        (CancelledBy, CancelledWhy, CancelledAt) = (by, why, now);
        return HandedAt is not null;
    }

    /// <summary>Those whose turn it is were told.</summary>
    public void WasTold(DateTimeOffset now) => ToldAt = now;

    private MoveRefusal? WhyNotSecond(Person by) =>
        by.Id == BegunBy ? MoveRefusal.BegunItYourself
        : by.Id == To ? MoveRefusal.ToYourself
        : null;

    private static MoveRefusal? WhyNotAdministrator(Person by) =>
        WhyNotAct(by) ?? (by.IsAdministrator ? null : MoveRefusal.NotAnAdministrator);

    private static MoveRefusal? WhyNotAct(Person by) =>
        by.Suspended || by.FrozenAt is not null ? MoveRefusal.CannotAct : null;
}
