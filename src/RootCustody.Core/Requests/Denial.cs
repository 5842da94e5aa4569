using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>One person's no, with the reason.</summary>
public sealed class Denial
{
    public const int LongestReason = 500;

    private Denial() { }

    public PersonId Person { get; private set; }

    /// <summary>The half whose group they speak for; null for a duty manager.</summary>
    public Half? Half { get; private set; }

    public string Reason { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    internal static Denial Of(PersonId person, Half? half, string reason, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Half = half,
            Reason = reason,
            At = now,
        };
}

/// <summary>What came of one denial.</summary>
public abstract record Denying
{
    private Denying() { } // closed: these three and no other

    /// <summary>The request is over.</summary>
    public sealed record Ended : Denying;

    /// <summary>In an emergency one denial only takes that custodian out; the duty manager is called.</summary>
    public sealed record SteppedBack(Half Half) : Denying;

    public sealed record Refused(Refusal Why) : Denying;

    public static Refusal? WhyNot(Request request, Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen;
        if (request.Names(by.Person))
            return Refusal.NamedAsDanger;
        if (request.State is not (RequestState.Asked or RequestState.Approved))
            return Refusal.AlreadyDecided;
        if (now >= request.AnswerBy)
            return Refusal.TooLate;
        if (request.IsScheduled || ((by.Keeps is null || by.IsOutsider) && !by.IsDutyManager))
            return Refusal.NotYoursToDeny; // a debt is not denied away (law 14), nor by a contact (law 12)
        if (!by.IsDutyManager && !request.Groups.Contains(by.Keeps!.Value))
            return Refusal.GroupNotAsked;
        if (request.AwaitsContact && !by.IsDutyManager)
            return Refusal.WaitsForContact;
        return request.Denials.Any(d => d.Person == by.Person) ? Refusal.YouDenied : null;
    }
}

public sealed partial class Request
{
    /// <param name="reason">1 to <see cref="Denial.LongestReason"/> characters; the form asks for it.</param>
    public Denying Deny(Standing by, string reason, DateTimeOffset now)
    {
        if (Denying.WhyNot(this, by, now) is { } why)
            return new Denying.Refused(why);

        denials.Add(Denial.Of(by.Person, by.IsDutyManager ? null : by.Keeps, reason, now));
        if (Kind != RequestKind.Emergency || by.IsDutyManager || denials.Count(d => d.Half == by.Keeps) >= 2)
        {
            State = RequestState.Denied;
            return new Denying.Ended();
        }

        if (HeldBy(by.Person) is { } held)
            Vacate(held, now);
        return new Denying.SteppedBack(by.Keeps!.Value);
    }
}
