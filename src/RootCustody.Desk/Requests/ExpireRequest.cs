using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Tidies up one request that the clock has ended, and tells people.</summary>
public sealed class ExpireRequest(CustodyDb db, EndWindow endWindow)
{
    public async Task HandleAsync(RequestId id, CancellationToken cancellationToken)
    {
        await db.DecideAsync(
            async () =>
            {
                var request = await db.Requests.SingleAsync(r => r.Id == id, cancellationToken);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);

                var closing = request.Expire(db.Now);

                if (closing is null)
                    return false;
                db.Record(
                    closing is Closing.TimedOut ? "request.timedout" : "window.closed",
                    Recording.System,
                    ("request", id)
                );
                await endWindow.AfterAsync(
                    request,
                    account,
                    closing is Closing.TimedOut
                        ? "The time to answer is over: the request has ended."
                        : "The window is closed. Nothing is shown any more.",
                    cancellationToken
                );
                if (closing is Closing.TimedOut && request.Kind == RequestKind.Emergency)
                    await db.CallDutyAsync(
                        request,
                        account,
                        $"Nobody answered {request.Name} in time.",
                        cancellationToken
                    );
                return true;
            },
            cancellationToken
        );
        endWindow.Remind();
    }
}
