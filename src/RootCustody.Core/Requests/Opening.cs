using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of the try to open a window that has its approvals.</summary>
public abstract record Opening
{
    private Opening() { } // closed: these five and no other

    public sealed record Opened(Window Window) : Opening;

    /// <summary>Its start, or the end of another window, is still to come.</summary>
    public sealed record Waits : Opening;

    /// <summary>An approver may no longer hold their half: it waits for another approval.</summary>
    public sealed record Voided(Half Half, PersonId Person, Refusal Why) : Opening;

    /// <summary>A contact to whom a half was to go may not receive it: the request is withdrawn, for nobody else was named.</summary>
    public sealed record Stopped(Half Half, PersonId Person, ReceiverFault Why) : Opening;

    /// <summary>It lacks an approval, its time is over, or how an approver stands now is not known.</summary>
    public sealed record NotNow : Opening;
}

public sealed partial class Request
{
    /// <summary>After another window has closed, the emergency that waited for it has so much time to open.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(15);

    /// <summary>Opens the window if its time has come; who may hold is asked again (design 3).</summary>
    /// <param name="holders">How its approvers stand now.</param>
    /// <param name="receivers">How the contacts stand now to whom its halves go; of a handover in two halves only.</param>
    /// <param name="open">The request whose window is open on the same account, if any. An emergency ends it, unless it is one too.</param>
    public Opening Open(
        IReadOnlyDictionary<Half, Standing> holders,
        Request? open,
        DateTimeOffset now,
        IReadOnlyDictionary<Half, Standing>? receivers = null
    )
    {
        if (State != RequestState.Approved || now >= AnswerBy)
            return new Opening.NotNow();
        if (now < Start)
            return new Opening.Waits();

        foreach (var half in Groups)
        {
            if (!holders.TryGetValue(half, out var holder) || holder.Person != ApproverOf(half))
                return new Opening.NotNow(); // law 16: a standing that is missing, or another's, is no yes
            if (Eligibility.WhyNot(this, half, holder) is { } why)
            {
                Vacate(half, now);
                return new Opening.Voided(half, holder.Person, why);
            }
        }

        if (GoesToContacts && WhyNotReceived(receivers, now) is { } stopped)
            return stopped;

        if (open is not null && open.Window!.IsOpenAt(now) && !open.GiveWay(this, now))
        {
            if (Kind == RequestKind.Emergency)
                AnswerBy = Later(AnswerBy, open.Closes!.Value + Turn); // both have answered: it does not time out in the queue
            return new Opening.Waits();
        }

        Opens = now;
        Closes = now + Length;
        State = RequestState.Open;
        RemindedAt = now;
        DutyAt = IsUrgent ? now + DutyAfter : null;
        return new Opening.Opened(Window!);
    }

    /// <summary>Asks once more whether both contacts may receive their halves.</summary>
    private Opening? WhyNotReceived(IReadOnlyDictionary<Half, Standing>? receivers, DateTimeOffset now)
    {
        foreach (var half in Groups)
        {
            if (receivers?.GetValueOrDefault(half) is not { } receiver || receiver.Person != ReceiverOf(half))
                return new Opening.NotNow(); // law 16
            if (Receiving.WhyNot(half, receiver) is { } why)
            {
                Stop(now);
                return new Opening.Stopped(half, receiver.Person, why);
            }
        }
        return null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Ends a planned or rotation window for an emergency, and a drill for anything; an emergency does not give way.</summary>
    private bool GiveWay(Request other, DateTimeOffset now)
    {
        if (
            !(other.Kind == RequestKind.Emergency && Kind != RequestKind.Emergency)
            && !(Kind == RequestKind.Drill && other.Kind != RequestKind.Drill)
        )
            return false;
        State = RequestState.Revoked;
        Closes = now;
        return true;
    }
}
