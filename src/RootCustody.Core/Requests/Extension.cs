using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of asking for a longer window. It is longer only when someone of each group that it takes approves it afresh (design 3).</summary>
public abstract record Extension
{
    private Extension() { } // closed: these four and no other

    public sealed record Asked : Extension;

    /// <summary>One of the two groups agrees.</summary>
    public sealed record Agreed(Half Half) : Extension;

    /// <summary>Both groups agree: the window is longer.</summary>
    public sealed record Granted(Half Half, Window Window) : Extension;

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
        var takesPart = (request.HeldBy(by.Person) ?? request.ReceivedBy(by.Person)) is not null;
        if (!takesPart && request.Requester != by.Person && !by.IsDutyManager)
            return Refusal.NotYoursToExtend;
        return request.Closes >= request.Opens + policy.LongestWindow ? Refusal.LongEnough : null;
    }

    /// <summary>Says why <paramref name="by"/> may not agree to it, or null.</summary>
    /// <remarks>A button of its own, apart from Approve: who takes a free half by two quick presses must not lengthen the window by the second.</remarks>
    public static Refusal? WhyNotAgree(Request request, Standing by, DateTimeOffset now)
    {
        if (request.State != RequestState.Open || !request.Window!.IsOpenAt(now))
            return request.State == RequestState.Asked ? Refusal.NotOpenYet : Refusal.WindowOver;
        if (request.Denials.Any(d => d.Person == by.Person))
            return Refusal.YouDenied;
        if (request.StepBacks.Any(s => s.Person == by.Person))
            return Refusal.YouSteppedBack;
        if (by.Keeps is { } half && request.ExtenderOf(half.Other()) == by.Person)
            return Refusal.ApprovedTheOtherHalf; // law 2
        if (Eligibility.WhyNot(request, by.Keeps, by) is { } why)
            return why;
        return request.Extends(by.Keeps!.Value) ? null : Refusal.AlreadyDecided;
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
    public bool Extends(Half half) =>
        State == RequestState.Open && ExtendBy is not null && ApproverOf(half) is not null && ExtenderOf(half) is null;

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

    public Extension AgreeToExtend(Standing by, DateTimeOffset now)
    {
        if (Extension.WhyNotAgree(this, by, now) is { } why)
            return new Extension.Refused(why);
        var half = by.Keeps!.Value;
        if (half == Half.Password)
            PasswordExtender = by.Person;
        else
            MfaExtender = by.Person;
        if (Groups.Any(asked => ExtenderOf(asked) is null))
            return new Extension.Agreed(half);
        Closes += ExtendBy!.Value;
        ExtendBy = null;
        return new Extension.Granted(half, Window!);
    }
}
