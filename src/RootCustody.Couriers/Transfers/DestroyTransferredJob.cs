using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Couriers.Transfers;

/// <summary>Finds the accounts that were handed over and whose half is still kept.</summary>
public sealed class DestroyTransferredJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(Half half, CancellationToken cancellationToken)
    {
        var received = await db
            .Transfers.Where(t => t.CertifiedAt == null && t.WithdrawnAt == null && t.ReceivedAt != null)
            .OrderBy(t => t.ReceivedAt)
            .Select(t => t.Id)
            .ToListAsync(cancellationToken);
        await sweep.EachAsync<DestroyTransferred, TransferId>(
            received,
            (destroy, id) => destroy.HandleAsync(id, half, CancellationToken.None),
            cancellationToken
        );
    }
}
