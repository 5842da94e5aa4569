using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Data;

namespace RootCustody.Couriers.Endings;

/// <summary>Finds the accounts that were ended and whose half is still kept.</summary>
public sealed partial class DestroyEndedJob(CustodyDb db, IServiceScopeFactory scopes, ILogger<DestroyEndedJob> logger)
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
        foreach (var account in decided)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<DestroyEnded>()
                    .HandleAsync(account, half, CancellationToken.None);
            }
#pragma warning disable CA1031 // the edge of a job: the other accounts must not wait for this one
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Log.Broken(logger, broken, account, half);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "What is kept for the ended account {Account} ({Half}) could not be destroyed; it is tried again."
        )]
        public static partial void Broken(ILogger logger, Exception exception, AccountId account, Half half);
    }
}
