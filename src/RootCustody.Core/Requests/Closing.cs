using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What a holder answers at the end (design 3).</summary>
/// <param name="SignedOut">They signed out of the session at AWS.</param>
/// <param name="LeftBehind">A new MFA device, access key or session was left, in their words; empty if none.</param>
/// <param name="WorkLog">What was done.</param>
public sealed record ClosingAnswer(bool SignedOut, string LeftBehind, string WorkLog)
{
    public const int LongestText = 2000;

    /// <summary>Nothing was left open that someone has to look after.</summary>
    public bool IsClean => SignedOut && LeftBehind.Length == 0;
}

/// <summary>What came of a step towards the end of a request.</summary>
public abstract record Closing
{
    private Closing() { } // closed: these and no other

    public sealed record Closed(bool Cleanly) : Closing;

    /// <summary>It was taken back before its window opened.</summary>
    public sealed record Withdrawn : Closing;

    /// <summary>Its window was ended.</summary>
    public sealed record Revoked : Closing;

    /// <summary>In an emergency a holder ends their own part only: nobody blocks it alone.</summary>
    public sealed record SteppedBack(Half Half) : Closing;

    /// <param name="Approved">Both had approved: it was its window that could not open in time.</param>
    public sealed record TimedOut(bool Approved) : Closing;

    public sealed record Refused(Refusal Why) : Closing;
}

public sealed partial class Request
{
    /// <summary>When a holder answered what <see cref="ClosingAnswer"/> asks; null if nobody has.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public bool? SignedOut { get; private set; }
    public string? LeftBehind { get; private set; }
    public string? WorkLog { get; private set; }

    /// <summary>A window that ended without the answer, or with something left behind, is for the duty manager to look at; so is a rotation that nobody knows the outcome of.</summary>
    public bool IsCleanlyClosed =>
        Kind == RequestKind.Rotation
            ? IsSettled
            : AnsweredAt is not null && SignedOut == true && LeftBehind is null or "";

    /// <summary>A holder is done: closes the window, or answers late what was left unanswered.</summary>
    public Closing Done(Standing by, ClosingAnswer answer, DateTimeOffset now)
    {
        if (by.Suspended)
            return new Closing.Refused(Refusal.Suspended);
        if (by.Frozen)
            return new Closing.Refused(Refusal.Frozen); // law 15
        if ((GoesToContacts ? ReceivedBy(by.Person) : HeldBy(by.Person)) is null)
            return new Closing.Refused(Refusal.NotTheHolder);
        if (GoesToContacts && by.CoolsOff)
            return new Closing.Refused(Refusal.CoolsOff); // law 15: it lets the debt rest
        if (Kind == RequestKind.Rotation)
            return new Closing.Refused(Refusal.EndsByRotating);
        if (Window is null)
            return new Closing.Refused(Refusal.NotOpenYet);
        if (AnsweredAt is not null)
            return new Closing.Refused(Refusal.AlreadyOver);
        if (Kind == RequestKind.Emergency && State == RequestState.Open && Window.IsOpenAt(now) && !BothInHand)
            return new Closing.Refused(Refusal.NotBothInHand);

        AnsweredAt = now;
        SignedOut = answer.SignedOut;
        LeftBehind = answer.LeftBehind;
        WorkLog = answer.WorkLog;
        if (State == RequestState.Open)
            EndWindow(RequestState.Closed, now);
        return new Closing.Closed(answer.IsClean);
    }

    /// <summary>Ends it before its time: by either holder (but an emergency), the requester, a registered contact of the customer, or a duty manager; never by whom it names as the danger.</summary>
    public Closing Revoke(Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return new Closing.Refused(Refusal.Suspended);
        if (by.Frozen)
            return new Closing.Refused(Refusal.Frozen);
        if (!IsRunningAt(now))
            return new Closing.Refused(Refusal.AlreadyOver);
        if (Names(by.Person))
            return new Closing.Refused(Refusal.NamedAsDanger);
        var isTheirs = by.IsDutyManager || (!IsScheduled && (Requester == by.Person || by.OfCustomer));
        if (!isTheirs && HeldBy(by.Person) is not { })
            return new Closing.Refused(Refusal.NotYoursToEnd);
        if (!isTheirs && Kind == RequestKind.Emergency)
            return new Closing.SteppedBack(Free(HeldBy(by.Person)!.Value, StepBackReason.HandedBack, now).Half);
        return Stop(now);
    }

    /// <summary>Ends it, whoever holds it: by <see cref="Revoke"/>, or because what it is about is over. Only while it runs.</summary>
    public Closing Stop(DateTimeOffset now)
    {
        if (State == RequestState.Open)
        {
            EndWindow(RequestState.Revoked, now);
            return new Closing.Revoked();
        }
        State = RequestState.Withdrawn;
        return new Closing.Withdrawn();
    }

    /// <summary>Tidies up what the clock has ended already.</summary>
    /// <returns>Null if nothing has ended.</returns>
    public Closing? Expire(DateTimeOffset now)
    {
        if (State == RequestState.Open && now >= Closes)
        {
            State = RequestState.Closed;
            return new Closing.Closed(IsCleanlyClosed);
        }
        if (State is RequestState.Asked or RequestState.Approved && now >= AnswerBy)
        {
            var approved = State == RequestState.Approved;
            State = RequestState.TimedOut;
            return new Closing.TimedOut(approved);
        }
        return null;
    }

    private void EndWindow(RequestState state, DateTimeOffset now)
    {
        State = state;
        if (now < Closes)
            Closes = now;
    }
}
