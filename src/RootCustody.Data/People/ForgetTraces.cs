using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.People;

/// <summary>Forgets what was kept to see probing and guessing, and offers that nobody took, once it is too old to say anything; the audit log keeps it.</summary>
public sealed class ForgetTraces(CustodyDb db)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(2);

    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (now, before) = (db.Now, db.Now - Keep);
                var refusals = await db.Refusals.Where(r => r.At < before).ExecuteDeleteAsync(cancellationToken);
                var attempts = await db
                    .LinkAttempts.Where(a => a.At < before)
                    .Where(a => a.Guesses.LockedUntil == null || a.Guesses.LockedUntil < now)
                    .ExecuteDeleteAsync(cancellationToken);
                var offers = await db.Offers.Where(o => o.Expires < now).ExecuteDeleteAsync(cancellationToken);
                return refusals + attempts + offers;
            },
            cancellationToken
        );
}
