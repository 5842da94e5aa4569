using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of one click on Approve. In a rotation the button says Rotate and means the same.</summary>
public abstract record Approval
{
    private Approval() { } // closed: these and no other

    public sealed record Taken(Half Half) : Approval;

    /// <summary>It was the last one. Whether the window opens now, <see cref="Request.Open"/> says.</summary>
    public sealed record Completed(Half Half) : Approval;

    /// <summary>The window is open, and its half was without a holder.</summary>
    public sealed record Replaced(Half Half) : Approval;

    public sealed record Refused(Refusal Why) : Approval;

    /// <summary>Says why <paramref name="by"/> may not approve, or null if nothing stands in the way.</summary>
    /// <param name="read">How often the request had been edited when the card was drawn on which they pressed.</param>
    public static Refusal? WhyNot(Request request, Standing by, DateTimeOffset now, int read = 0)
    {
        if (by.Keeps is { } group && !request.Groups.Contains(group))
            return Refusal.GroupNotAsked;
        if (!request.AsksAt(now, by.Keeps))
            return request.State == RequestState.Asked ? Refusal.TooLate : Refusal.AlreadyDecided; // law 16
        if (now < request.AskedAt)
            return Refusal.ClockBehind; // law 11
        if (request.AwaitsContact)
            return Refusal.WaitsForContact;
        if (request.Denials.Any(d => d.Person == by.Person))
            return Refusal.YouDenied;
        if (request.StepBacks.Any(s => s.Person == by.Person))
            return Refusal.YouSteppedBack;
        if (by.Keeps is { } half && request.ApproverOf(half) == by.Person)
            return Refusal.YouApproved;
        if (read != request.Edits)
            return Refusal.Edited; // nobody approves what they have not read
        if (Eligibility.WhyNot(request, by.Keeps, by) is { } why)
            return why;
        return request.ApproverOf(by.Keeps!.Value) is null ? null : Refusal.AlreadyTaken;
    }
}

public sealed partial class Request
{
    /// <summary>When the first of the approvals came, and when the last; null until then.</summary>
    public DateTimeOffset? FirstApprovalAt { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <inheritdoc cref="Approval.WhyNot"/>
    public Approval Approve(Standing by, DateTimeOffset now, int read = 0)
    {
        if (Approval.WhyNot(this, by, now, read) is { } why)
            return new Approval.Refused(why);

        var half = by.Keeps!.Value;
        SetApprover(half, by.Person);
        FirstApprovalAt ??= now;
        if (State == RequestState.Open)
            return new Approval.Replaced(half);
        return IsComplete(now) ? new Approval.Completed(half) : new Approval.Taken(half);
    }

    /// <summary>Whether a custodian of this half is asked for it: before the window, or in it if its holder is gone.</summary>
    public bool AsksAt(DateTimeOffset now, Half? half) =>
        State switch
        {
            RequestState.Asked => now < AnswerBy,
            RequestState.Open => Window!.IsOpenAt(now)
                && half is { } mine
                && Groups.Contains(mine)
                && ApproverOf(mine) is null,
            _ => false,
        };

    /// <summary>Notes that nothing is missing any more.</summary>
    private bool IsComplete(DateTimeOffset now)
    {
        if (Groups.Any(half => ApproverOf(half) is null) || (NeedsDuty && DutyApprover is null))
            return false;
        State = RequestState.Approved;
        ApprovedAt = now;
        return true;
    }
}
