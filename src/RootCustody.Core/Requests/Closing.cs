using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What a holder answers at the end (design 3).</summary>
/// <param name="SignedOut">They signed out of the root session.</param>
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

    /// <summary>One of the two holders says that the password is changed; the other has not said so yet.</summary>
    /// <param name="Before">They had said so before.</param>
    public sealed record HalfRotated(Half Half, bool Before) : Closing;

    /// <summary>Both holders say so: the new generation is the living one.</summary>
    public sealed record Rotated(Retirement Retirement) : Closing;

    /// <param name="Approved">Both had approved: it was its window that could not open in time.</param>
    public sealed record TimedOut(bool Approved) : Closing;

    public sealed record Refused(Refusal Why) : Closing;
}

public sealed partial class Request
{
    /// <summary>The generation that the password courier made for this rotation; null until then.</summary>
    public int? PendingGeneration { get; private set; }

    public bool PasswordRotated { get; private set; }
    public bool MfaRotated { get; private set; }

    /// <summary>When a holder answered what <see cref="ClosingAnswer"/> asks; null if nobody has.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public bool? SignedOut { get; private set; }
    public string? LeftBehind { get; private set; }
    public string? WorkLog { get; private set; }

    /// <summary>A window that ended without the answer, or with something left behind, is for the duty manager to look at; so is a rotation that nobody knows the outcome of.</summary>
    public bool IsCleanlyClosed =>
        Kind == RequestKind.Rotation
            ? PasswordRotated && MfaRotated
            : AnsweredAt is not null && SignedOut == true && LeftBehind is null or "";

    /// <summary>A holder is done: closes the window, or answers late what was left unanswered.</summary>
    public Closing Done(Standing by, ClosingAnswer answer, DateTimeOffset now)
    {
        if (by.Suspended)
            return new Closing.Refused(Refusal.Suspended);
        if (by.Frozen)
            return new Closing.Refused(Refusal.Frozen); // law 15
        if (HeldBy(by.Person) is null)
            return new Closing.Refused(Refusal.NotTheHolder);
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
        var isTheirs = by.IsDutyManager || (Kind != RequestKind.Rotation && (Requester == by.Person || by.OfCustomer));
        if (!isTheirs && HeldBy(by.Person) is not { })
            return new Closing.Refused(Refusal.NotYoursToEnd);
        if (!isTheirs && Kind == RequestKind.Emergency)
            return new Closing.SteppedBack(Free(HeldBy(by.Person)!.Value, StepBackReason.HandedBack, now).Half);

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

    /// <summary>The password courier has made the new password of this rotation.</summary>
    public void Prepare(int pendingGeneration) => PendingGeneration ??= pendingGeneration;

    /// <summary>A holder says that AWS has the new password and that the other generations are dead. Two of them make it so (law 14).</summary>
    /// <param name="newPasswordShown">The password holder was shown, or maybe shown, the pending generation in this window.</param>
    public Closing Rotated(Standing by, Account account, bool newPasswordShown, Policy policy, DateTimeOffset now)
    {
        if (Kind != RequestKind.Rotation)
            return new Closing.Refused(Refusal.NotARotation);
        if (HeldBy(by.Person) is not { } half)
            return new Closing.Refused(Refusal.NotTheHolder);
        if (State != RequestState.Open || !Window!.IsOpenAt(now))
            return new Closing.Refused(Window is null ? Refusal.NotOpenYet : Refusal.WindowOver);
        if (Eligibility.WhyNot(this, half, by) is { } why)
            return new Closing.Refused(why);
        if (PendingGeneration is not { } pending || !newPasswordShown)
            return new Closing.Refused(Refusal.NewPasswordNotShown);

        var before = half == Half.Password ? PasswordRotated : MfaRotated;
        PasswordRotated |= half == Half.Password;
        MfaRotated |= half == Half.Mfa;
        if (!PasswordRotated || !MfaRotated)
            return new Closing.HalfRotated(half, before);

        EndWindow(RequestState.Closed, now);
        return new Closing.Rotated(account.Promote(pending, PasswordApprover!.Value, MfaApprover!.Value, policy, now));
    }

    private void EndWindow(RequestState state, DateTimeOffset now)
    {
        State = state;
        if (now < Closes)
            Closes = now;
    }
}
