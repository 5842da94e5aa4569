using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>Why someone who had a half of a request no longer has it.</summary>
public enum StepBackReason
{
    /// <summary>They gave it back.</summary>
    HandedBack = 1,

    /// <summary>A duty manager took it from them.</summary>
    Replaced = 2,

    /// <summary>They were suspended or frozen, or left.</summary>
    Lost = 3,
}

/// <summary>One person who no longer takes part in a request.</summary>
public sealed class StepBack
{
    private StepBack() { }

    public PersonId Person { get; private set; }
    public Half Half { get; private set; }
    public StepBackReason Reason { get; private set; }
    public DateTimeOffset At { get; private set; }

    internal static StepBack Of(PersonId person, Half half, StepBackReason reason, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Half = half,
            Reason = reason,
            At = now,
        };
}

/// <summary>What came of the try to make a half free for another custodian.</summary>
public abstract record HandingBack
{
    private HandingBack() { } // closed: these three and no other

    /// <summary>The half is free; another of its group may approve it afresh.</summary>
    public sealed record Freed(Half Half, PersonId Person) : HandingBack;

    /// <summary>It is ended: the person was frozen while they held a half of a window that is no emergency's, or they are the contact to whom a half was to go.</summary>
    public sealed record Ended(Half Half) : HandingBack;

    public sealed record Refused(Refusal Why) : HandingBack;
}

public sealed partial class Request
{
    private readonly List<StepBack> stepBacks = [];

    public IReadOnlyList<StepBack> StepBacks => stepBacks;

    /// <summary>A holder, or who approved, gives their half back.</summary>
    public HandingBack HandBack(Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return new HandingBack.Refused(Refusal.Suspended);
        if (by.Frozen)
            return new HandingBack.Refused(Refusal.Frozen); // law 15
        if (HeldBy(by.Person) is not { } half)
            return new HandingBack.Refused(Refusal.NotTheHolder);
        return IsRunningAt(now)
            ? Free(half, StepBackReason.HandedBack, now)
            : new HandingBack.Refused(Refusal.AlreadyOver);
    }

    /// <summary>A duty manager takes a half from a holder who does not act, so that nobody blocks a request by waiting.</summary>
    public HandingBack Replace(Standing by, Half half, DateTimeOffset now)
    {
        if (by.Suspended)
            return new HandingBack.Refused(Refusal.Suspended);
        if (by.Frozen)
            return new HandingBack.Refused(Refusal.Frozen);
        if (Names(by.Person))
            return new HandingBack.Refused(Refusal.NamedAsDanger);
        if (!by.IsDutyManager)
            return new HandingBack.Refused(Refusal.NotADutyManager);
        if (!IsRunningAt(now))
            return new HandingBack.Refused(Refusal.AlreadyOver);
        return ApproverOf(half) is null
            ? new HandingBack.Refused(Refusal.NobodyHoldsIt)
            : Free(half, StepBackReason.Replaced, now);
    }

    /// <summary>A person who is suspended, frozen or gone loses their half.</summary>
    /// <param name="frozen">By "not me": what they hold may be in the wrong hands, so that a window ends, but for an emergency's, which nobody blocks alone.</param>
    /// <returns>Null if they have no part in it.</returns>
    public HandingBack? Lose(PersonId person, bool frozen, DateTimeOffset now)
    {
        if (!IsRunningAt(now))
            return null;
        if (ReceivedBy(person) is { } theirs)
        {
            Stop(now); // nobody else was named for it
            return new HandingBack.Ended(theirs);
        }
        if (HeldBy(person) is not { } half)
            return null;
        if (frozen && State == RequestState.Open && Kind != RequestKind.Emergency)
        {
            EndWindow(RequestState.Revoked, now);
            return new HandingBack.Ended(half);
        }
        return Free(half, StepBackReason.Lost, now);
    }

    private HandingBack.Freed Free(Half half, StepBackReason reason, DateTimeOffset now)
    {
        var person = ApproverOf(half)!.Value;
        stepBacks.Add(StepBack.Of(person, half, reason, now));
        Vacate(half, now);
        return new HandingBack.Freed(half, person);
    }

    /// <summary>Takes an approval back. What was said for that half is no longer said, and what its holder had in hand the next one has not.</summary>
    private void Vacate(Half half, DateTimeOffset now)
    {
        // the next holder may fail to act as well; a call that is still to come stays where it is, or handing back would put it off
        if (State == RequestState.Open && IsUrgent && (BothInHand || DutyAt is null))
            DutyAt = now + DutyAfter;
        SetApprover(half, null);
        if (half == Half.Password)
            (PasswordFound, PasswordInHandAt) = (null, null);
        else
            (MfaFound, MfaInHandAt) = (null, null);
        if (State == RequestState.Approved)
            State = RequestState.Asked;
        // whoever steps back at the last moment must not end an emergency by it
        if (State == RequestState.Asked && Kind == RequestKind.Emergency)
            AnswerBy = Later(AnswerBy, now + AnswerTime);
        RemindedAt = now;
    }

    private bool IsRunningAt(DateTimeOffset now) => !IsOver && (Window is null || Window.IsOpenAt(now));
}
