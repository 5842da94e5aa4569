using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Couriers.Passwords;

/// <summary>Finds the old passwords whose time in the vault is over.</summary>
public sealed class DestroyOldPasswordsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var due = await db
            .OldPasswords.Where(o => o.DestroyAt <= now)
            .OrderBy(o => o.DestroyAt)
            .Select(o => new { o.Account, o.Through })
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);
        await sweep.EachAsync<DestroyOldPasswords, (AccountId Account, int Through)>(
            due.Select(o => (o.Account, o.Through)),
            (destroy, old) => destroy.HandleAsync(old.Account, old.Through, CancellationToken.None),
            cancellationToken
        );
    }
}
