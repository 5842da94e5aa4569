using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.Transfers;

/// <summary>Finds the transfers that nobody has moved on for a while, and tells those who could.</summary>
public sealed class RemindOfTransfers(CustodyDb db, TellOfTransfer tell)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(3);

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = db.Now - Every;
        var waiting = await db
            .Transfers.UnderWay()
            .Where(t => t.ToldAt <= before)
            .OrderBy(t => t.ToldAt)
            .Select(t => t.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in waiting)
            await db.DecideAsync(() => RemindAsync(id, before, cancellationToken), cancellationToken);
    }

    private async Task<bool> RemindAsync(TransferId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var transfer = await db.Transfers.SingleAsync(t => t.Id == id, cancellationToken);
        if (transfer.IsOver || transfer.ToldAt > before)
            return false; // another was faster
        var account = await db.Accounts.SingleAsync(a => a.Id == transfer.Account, cancellationToken);
        await tell.RemindAsync(transfer, account, cancellationToken);
        return true;
    }
}
