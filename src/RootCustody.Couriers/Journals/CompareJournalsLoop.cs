using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RootCustody.Couriers.Journals;

/// <summary>Compares at start and then every minute, so that the couriers of other nodes learn of a restore before anyone presses Reveal at this one. The reveal itself asks again.</summary>
public sealed partial class CompareJournalsLoop(
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<CompareJournalsLoop> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await CompareAsync(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var why = await scope
                .ServiceProvider.GetRequiredService<CompareJournals>()
                .WhyClosedAsync(cancellationToken);
            if (why is not null)
                Log.Closed(logger, why.Message);
        }
#pragma warning disable CA1031 // an edge: the next round is the retry, and each reveal asks for itself
        catch (Exception broken)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
                Log.Broken(logger, broken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Reveals are off. {Why}")]
        public static partial void Closed(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Error, "The journals of the couriers could not be compared with the database.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
