using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Data;

namespace RootCustody.Couriers.Transfers;

/// <summary>Finds the accounts that were handed over and whose half is still kept.</summary>
public sealed partial class DestroyTransferredJob(
    CustodyDb db,
    IServiceScopeFactory scopes,
    ILogger<DestroyTransferredJob> logger
)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(Half half, CancellationToken cancellationToken)
    {
        var received = await db
            .Transfers.Where(t => t.CertifiedAt == null && t.WithdrawnAt == null && t.ReceivedAt != null)
            .OrderBy(t => t.ReceivedAt)
            .Select(t => t.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in received)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<DestroyTransferred>()
                    .HandleAsync(id, half, CancellationToken.None);
            }
#pragma warning disable CA1031 // the edge of a job: the other accounts must not wait for this one
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Log.Broken(logger, broken, id, half);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "What is kept for {Transfer} ({Half}) could not be destroyed; it is tried again."
        )]
        public static partial void Broken(ILogger logger, Exception exception, TransferId transfer, Half half);
    }
}
