using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Data;

namespace RootCustody.Couriers.Passwords;

/// <summary>Finds the old passwords whose time in the vault is over.</summary>
public sealed partial class DestroyOldPasswordsJob(
    CustodyDb db,
    IServiceScopeFactory scopes,
    ILogger<DestroyOldPasswordsJob> logger
)
{
    private const int Batch = 200;

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var due = await db
            .OldPasswords.Where(o => o.DestroyAt <= now)
            .OrderBy(o => o.DestroyAt)
            .Select(o => new { o.Account, o.Through })
            .Take(Batch)
            .ToListAsync(cancellationToken);
        foreach (var old in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope
                    .ServiceProvider.GetRequiredService<DestroyOldPasswords>()
                    .HandleAsync(old.Account, old.Through, CancellationToken.None);
            }
#pragma warning disable CA1031 // the edge of a job: the other accounts must not wait for this one
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Log.Broken(logger, broken, old.Account);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "Old passwords of {Account} could not be destroyed; it is tried again later."
        )]
        public static partial void Broken(ILogger logger, Exception exception, AccountId account);
    }
}
