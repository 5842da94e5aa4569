using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Books as left open what no process took off the screen: the one that showed it died.</summary>
public sealed class TidyExposuresJob(CustodyDb db, RecordRemoval record)
{
    private const int Batch = 200;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(Half half, CancellationToken cancellationToken)
    {
        var before = db.Now - Grace;
        var left = await db
            .Exposures.Where(e => e.Removal == Removal.StillUp && e.Half == half && e.Until < before)
            .OrderBy(e => e.Until)
            .Select(e => e.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        if (left.Count > 0)
            await record.HandleAsync(left, Removal.LeftOpen, cancellationToken);
    }
}
