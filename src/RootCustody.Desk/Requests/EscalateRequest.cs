using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Takes the step of the escalation that is due for one request: reminds, asks the rest of the groups, calls the duty manager.</summary>
public sealed class EscalateRequest(CustodyDb db)
{
    private static readonly Half[] Both = [Half.Password, Half.Mfa];

    public Task HandleAsync(RequestId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var request = await db.Requests.SingleAsync(r => r.Id == id, cancellationToken);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);

                if (request.Escalate(db.Now) is not { } step)
                    return false;

                db.Record(
                    "request.escalated",
                    Recording.System,
                    ("request", id),
                    ("reminded", step.Remind),
                    ("widened", step.Widen),
                    ("dutyCalled", step.CallDuty)
                );
                if (step.Remind)
                    await db.RemindAsync(request, account, cancellationToken);
                var waiting = request.State == RequestState.Asked ? Both.Where(request.WaitsFor).ToList() : [];
                var without =
                    step.Widen || step.CallDuty
                        ? await db.AskCustodiansAsync(request, account, waiting, cancellationToken)
                        : [];
                await db.WarnAsync(request, account, without, cancellationToken);
                if (step.CallDuty && without.Count == 0)
                    await db.CallDutyAsync(request, account, WhyOf(request), cancellationToken);
                return true;
            },
            cancellationToken
        );

    private static string WhyOf(Request request) =>
        request.State == RequestState.Open
            ? $"The window of {request.Name} is open, but its holders do not both have their halves. Replace a holder who does not act."
        : request.AwaitsContact ? $"{request.Name} still waits for a second contact of the customer."
        : $"{request.Name} still waits: {string.Join(" and ", Both.Where(request.WaitsFor).Select(h => $"nobody has taken the {RequestCards.PartName(request, h)}"))}.";
}
