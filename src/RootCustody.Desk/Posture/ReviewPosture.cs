using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Desk.Requests;

namespace RootCustody.Desk.Posture;

/// <summary>Judges one account anew: evidence grows old, passwords too, and people come and go.</summary>
public sealed class ReviewPosture(CustodyDb db, Policies policies, CheckReadiness readiness)
{
    public async Task HandleAsync(AccountId id, CancellationToken cancellationToken)
    {
        var gaps = await readiness.TooFewAsync(id, cancellationToken);
        await db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                return await db.ReviewAsync(account, policies, gaps, cancellationToken);
            },
            cancellationToken
        );
    }
}
