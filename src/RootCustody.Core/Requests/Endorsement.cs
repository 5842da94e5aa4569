using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of an approval by someone who holds no half: a second contact of the customer, or a duty manager, where policy asks for them.</summary>
public abstract record Endorsement
{
    private Endorsement() { } // closed: these three and no other

    /// <summary>The custodians may be asked now.</summary>
    public sealed record ByContact : Endorsement;

    /// <param name="Completed">It was the last one that was missing.</param>
    public sealed record ByDutyManager(bool Completed) : Endorsement;

    public sealed record Refused(Refusal Why) : Endorsement;

    public static Refusal? WhyNot(Request request, Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen;
        if (request.State != RequestState.Asked)
            return Refusal.AlreadyDecided;
        if (now >= request.AnswerBy)
            return Refusal.TooLate; // law 16
        if (request.Names(by.Person))
            return Refusal.NamedAsDanger;
        if (request.Requester == by.Person)
            return Refusal.OwnRequest; // law 2
        if (!(request.AwaitsContact ? by.OfCustomer : request.AwaitsDuty && by.IsDutyManager))
            return Refusal.NotYoursToEndorse;
        if (request.HeldBy(by.Person) is not null || request.ContactApprover == by.Person)
            return Refusal.YouApproved; // law 2
        return by.CoolsOff ? Refusal.CoolsOff : null; // law 15
    }
}

public sealed partial class Request
{
    /// <summary>A second contact of the customer has to approve before the custodians are asked.</summary>
    public bool NeedsContact { get; private set; }

    public PersonId? ContactApprover { get; private set; }

    /// <summary>A duty manager has to approve besides the custodians.</summary>
    public bool NeedsDuty { get; private set; }

    public PersonId? DutyApprover { get; private set; }

    public bool AwaitsContact => State == RequestState.Asked && NeedsContact && ContactApprover is null;

    public bool AwaitsDuty => State == RequestState.Asked && NeedsDuty && DutyApprover is null;

    public Endorsement Endorse(Standing by, DateTimeOffset now)
    {
        if (Endorsement.WhyNot(this, by, now) is { } why)
            return new Endorsement.Refused(why);
        if (AwaitsContact)
        {
            ContactApprover = by.Person;
            return new Endorsement.ByContact();
        }
        DutyApprover = by.Person;
        return new Endorsement.ByDutyManager(IsComplete(now));
    }
}
