using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of one click on Approve. In a rotation the button says Rotate and means the same.</summary>
public abstract record Approval
{
    private Approval() { } // closed: these three and no other

    public sealed record Taken(Half Half) : Approval;

    /// <summary>It was the second one. Whether the window opens now, <see cref="Request.Open"/> says.</summary>
    public sealed record Completed(Half Half) : Approval;

    public sealed record Refused(Refusal Why) : Approval;

    /// <summary>Says why <paramref name="by"/> may not approve, or null if nothing stands in the way.</summary>
    public static Refusal? WhyNot(Request request, Standing by, DateTimeOffset now)
    {
        if (request.State != RequestState.Asked)
            return Refusal.AlreadyDecided;
        if (now < request.AskedAt)
            return Refusal.ClockBehind; // law 11
        if (now >= request.AnswerBy)
            return Refusal.TooLate; // law 16
        if (request.Denials.Any(d => d.Person == by.Person))
            return Refusal.YouDenied;
        if (by.Keeps is { } half && request.ApproverOf(half) == by.Person)
            return Refusal.YouApproved;
        if (Holding.WhyNot(request, by.Keeps, by) is { } why)
            return why;
        return request.ApproverOf(by.Keeps!.Value) is null ? null : Refusal.AlreadyTaken;
    }
}

/// <summary>May this person hold this half of this request? Asked at the approval, at the opening of the window and at each reveal.</summary>
public static class Holding
{
    public static Refusal? WhyNot(Request request, Half? half, Standing by)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (request.Requester == by.Person)
            return Refusal.OwnRequest; // law 2; a rotation has no requester
        if (half is not { } mine)
            return Refusal.NotACustodian;
        if (request.ApproverOf(mine.Other()) == by.Person)
            return Refusal.ApprovedTheOtherHalf; // law 2
        if (by.Keeps != mine)
            return Refusal.NotACustodian; // law 3
        return by.HasSeen(mine.Other()) ? Refusal.HasSeenTheOtherHalf : null; // law 1
    }
}

public sealed partial class Request
{
    public Approval Approve(Standing by, DateTimeOffset now)
    {
        if (Approval.WhyNot(this, by, now) is { } why)
            return new Approval.Refused(why);

        var half = by.Keeps!.Value;
        SetApprover(half, by.Person);
        if (ApproverOf(half.Other()) is null)
            return new Approval.Taken(half);
        State = RequestState.Approved;
        return new Approval.Completed(half);
    }
}
