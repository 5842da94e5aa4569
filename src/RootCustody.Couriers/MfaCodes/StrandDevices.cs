using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>Gives up devices that are on their way into the vault for too long: whoever took the seed there died. That one may be there of which nobody was told is said to the duty managers.</summary>
public sealed class StrandDevices(CustodyDb db, TellOfDevice tell)
{
    private const int Batch = 50;

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = db.Now - MfaDevice.ArrivesWithin;
        var late = await db
            .MfaDevices.Where(d => d.State == DeviceState.Arriving && d.ProposedAt <= before)
            .OrderBy(d => d.ProposedAt)
            .Select(d => d.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        foreach (var id in late)
            await HandleAsync(id, cancellationToken);
    }

    /// <summary>This one did not get in.</summary>
    public Task HandleAsync(DeviceId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var device = await db.MfaDevices.SingleAsync(d => d.Id == id, cancellationToken);
                if (!device.Strand())
                    return false; // it got in meanwhile
                var account = await db.Accounts.SingleAsync(a => a.Id == device.Account, cancellationToken);
                await tell.OfStrandedAsync(device, account, cancellationToken);
                return true;
            },
            cancellationToken
        );
}
