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
                if (closing is Closing.TimedOut timedOut)
                    await endWindow.TimedOutAsync(request, account, timedOut.Approved, cancellationToken);
                else
                    await endWindow.ExpiredAsync(request, account, cancellationToken);
                return true;
            },
            cancellationToken
        );
        endWindow.Remind();
    }
}
