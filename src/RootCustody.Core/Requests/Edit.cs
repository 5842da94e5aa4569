using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of the try to change what is asked for.</summary>
public abstract record Editing
{
    private Editing() { } // closed: these two and no other

    /// <param name="Voided">The halves whose approvals were given for something else, and do not count any more.</param>
    public sealed record Edited(IReadOnlyList<Half> Voided) : Editing;

    public sealed record Refused(Refusal Why) : Editing;

    public static Refusal? WhyNot(Request request, Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen;
        if (RootTask.HandsOver(request.Task))
            return Refusal.NotEdited;
        if (request.Requester != by.Person || request.IsScheduled || request.Kind == RequestKind.Drill)
            return Refusal.NotYoursToEdit;
        if (request.State != RequestState.Asked)
            return Refusal.AlreadyDecided;
        return now >= request.AnswerBy ? Refusal.TooLate : null; // law 16
    }
}

public sealed partial class Request
{
    /// <summary>How often it was edited; shown on the cards, so that nobody approves what they have not read.</summary>
    public int Edits { get; private set; }

    /// <summary>Asks for something else, before the last approval. Approvals given are void; whoever denied or stepped back stays out.</summary>
    /// <param name="ask">Without a fault, for the same account and of the same kind.</param>
    public Editing Edit(Standing by, Ask ask, Policy policy, DateTimeOffset now)
    {
        if (Editing.WhyNot(this, by, now) is { } why)
            return new Editing.Refused(why);

        Half[] voided = [.. ((Half[])[Half.Password, Half.Mfa]).Where(half => ApproverOf(half) is not null)];
        PasswordApprover = null;
        MfaApprover = null;
        ContactApprover = null;
        DutyApprover = null;
        FirstApprovalAt = null;
        Edits++;
        Take(ask, policy, now);
        RemindedAt = now;
        return new Editing.Edited(voided);
    }
}
