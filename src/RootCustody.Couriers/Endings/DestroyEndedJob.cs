using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Couriers.Endings;

/// <summary>Finds the accounts that were ended and whose half is still kept.</summary>
public sealed class DestroyEndedJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(Half half, CancellationToken cancellationToken)
    {
        var decided = await db
            .Endings.Where(e =>
                e.DecidedAt != null
                && (half == Half.Password ? e.PasswordsDestroyedAt == null : e.SeedsDestroyedAt == null)
            )
            .OrderBy(e => e.DecidedAt)
            .Select(e => e.Account)
            .ToListAsync(cancellationToken);
        await sweep.EachAsync<DestroyEnded, AccountId>(
            decided,
            (destroy, account) => destroy.HandleAsync(account, half, CancellationToken.None),
            cancellationToken
        );
    }
}
