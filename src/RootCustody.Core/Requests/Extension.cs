using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of asking for a longer window. It is longer only when someone of each group approves it afresh (design 3).</summary>
public abstract record Extension
{
    private Extension() { } // closed: these two and no other

    public sealed record Asked : Extension;

    public sealed record Refused(Refusal Why) : Extension;

    internal static Refusal? WhyNotAsk(Request request, Standing by, Policy policy, DateTimeOffset now)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen;
        if (request.Names(by.Person))
            return Refusal.NamedAsDanger;
        if (request.State != RequestState.Open || !request.Window!.IsOpenAt(now))
            return request.IsOver || request.Window is not null ? Refusal.WindowOver : Refusal.NotOpenYet;
        if (request.HeldBy(by.Person) is null && request.Requester != by.Person && !by.IsDutyManager)
            return Refusal.NotYoursToExtend;
        return request.Closes >= request.Opens + policy.LongestWindow ? Refusal.LongEnough : null;
    }

    internal static Refusal? WhyNotAgree(Request request, Standing by)
    {
        var half = by.Keeps!.Value;
        if (request.ExtenderOf(half.Other()) == by.Person)
            return Refusal.ApprovedTheOtherHalf; // law 2
        return Eligibility.WhyNot(request, half, by);
    }
}

public sealed partial class Request
{
    /// <summary>By how much the window becomes longer when both groups agree; null if nobody asks for it.</summary>
    public TimeSpan? ExtendBy { get; private set; }

    public PersonId? PasswordExtender { get; private set; }
    public PersonId? MfaExtender { get; private set; }

    public PersonId? ExtenderOf(Half half) =>
        half switch
        {
            Half.Password => PasswordExtender,
            Half.Mfa => MfaExtender,
        };

    /// <summary>Whether a custodian of this half is asked for a longer window. A half without a holder comes first.</summary>
    public bool Extends(Half? half) =>
        State == RequestState.Open
        && ExtendBy is not null
        && half is { } mine
        && ApproverOf(mine) is not null
        && ExtenderOf(mine) is null;

    public Extension AskToExtend(Standing by, Policy policy, DateTimeOffset now)
    {
        if (Extension.WhyNotAsk(this, by, policy, now) is { } why)
            return new Extension.Refused(why);
        var most = Opens!.Value + policy.LongestWindow - Closes!.Value;
        ExtendBy = policy.Extension < most ? policy.Extension : most;
        PasswordExtender = null;
        MfaExtender = null;
        return new Extension.Asked();
    }

    private Approval AgreeToExtend(Half half, PersonId person)
    {
        if (half == Half.Password)
            PasswordExtender = person;
        else
            MfaExtender = person;
        if (PasswordExtender is null || MfaExtender is null)
            return new Approval.AgreedToExtend(half);
        Closes += ExtendBy!.Value;
        ExtendBy = null;
        return new Approval.Extended(half, Window!);
    }
}
