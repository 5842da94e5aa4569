namespace RootCustody.Requests;

/// <summary>Who has to be told now that a request is still not where it should be; each step comes once.</summary>
/// <param name="Remind">Those who were asked and have not answered.</param>
/// <param name="Widen">The rest of the groups is asked, after those on call.</param>
/// <param name="CallDuty">The duty manager is called.</param>
public sealed record Escalation(bool Remind, bool Widen, bool CallDuty);

public sealed partial class Request
{
    /// <summary>How long an emergency waits for approvals, also after a half became free again.</summary>
    public TimeSpan AnswerTime { get; private set; }

    /// <summary>The steps of the escalation as policy had them when it was asked.</summary>
    public TimeSpan ReminderEvery { get; private set; }

    public TimeSpan DutyAfter { get; private set; }

    /// <summary>When the rest of the groups is asked; null if everyone was at once, or has been since.</summary>
    public DateTimeOffset? WidenAt { get; private set; }

    /// <summary>When the duty manager is called if nothing has come of it by then; null if they have been.</summary>
    public DateTimeOffset? DutyAt { get; private set; }

    /// <summary>When people were asked or reminded last.</summary>
    public DateTimeOffset RemindedAt { get; private set; }

    /// <summary>When the next step of the escalation is due; null if there is none. The database keeps it in a column, so that the sweep reads what is due.</summary>
    public DateTimeOffset? NextStepAt
    {
        get
        {
            var end = State switch
            {
                RequestState.Asked => AnswerBy,
                RequestState.Open => Closes!.Value,
                _ => DateTimeOffset.MinValue, // nobody is waited for
            };
            DateTimeOffset?[] steps =
            [
                State == RequestState.Asked ? WidenAt : null,
                State == RequestState.Asked || (IsUrgent && !BothInHand) ? DutyAt : null,
                NextReminder,
            ];
            return steps.Min() is { } next && next < end ? next : null;
        }
    }

    /// <summary>Whether all of its holders were shown, or maybe shown, their halves in its window.</summary>
    public bool BothInHand => PasswordInHandAt is not null && (MfaInHandAt is not null || !Shows(Half.Mfa));

    /// <summary>When the holders of now were first shown their halves; null until then.</summary>
    public DateTimeOffset? PasswordInHandAt { get; private set; }

    public DateTimeOffset? MfaInHandAt { get; private set; }

    /// <summary>A half was shown, or maybe shown.</summary>
    public void InHand(Half half, DateTimeOffset now)
    {
        if (half == Half.Password)
            PasswordInHandAt ??= now;
        else
            MfaInHandAt ??= now;
    }

    /// <summary>Whether a custodian who was asked for this half has not answered yet.</summary>
    public bool WaitsFor(Half half) =>
        !IsOver && !AwaitsContact && Groups.Contains(half) && (ApproverOf(half) is null || Extends(half));

    /// <summary>Takes the steps that are due, all of them at once if several were missed.</summary>
    /// <returns>Null if none is due.</returns>
    public Escalation? Escalate(DateTimeOffset now)
    {
        if (NextStepAt is not { } due || now < due)
            return null;
        var widens = now >= WidenAt && State == RequestState.Asked;
        var callsDuty = now >= DutyAt;
        var reminds = now >= NextReminder;
        if (widens)
            WidenAt = null;
        if (callsDuty)
            DutyAt = null;
        if (reminds || widens)
            RemindedAt = now;
        return new Escalation(reminds, widens, callsDuty);
    }

    private DateTimeOffset? NextReminder =>
        WaitsFor(Half.Password) || WaitsFor(Half.Mfa) || AwaitsContact ? RemindedAt + ReminderEvery : null;

    private bool IsUrgent => Kind is RequestKind.Emergency or RequestKind.Drill;
}
