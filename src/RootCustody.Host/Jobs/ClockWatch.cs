using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Host.Jobs;

/// <summary>Looks at the database's clock again and again, so that all nodes go by the same time.</summary>
public sealed partial class ClockWatch(
    IServiceScopeFactory scopes,
    DatabaseTime time,
    TimeProvider clock,
    ILogger<ClockWatch> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(DatabaseTime.Pause, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = time.Doubt;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await time.LookAsync(scope.ServiceProvider.GetRequiredService<CustodyDb>(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { }
#pragma warning disable CA1031 // the edge of a loop: a database that is away now must not end the watch for ever
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken);
        }
        if (time.Doubt is { } doubt && before is null)
            Log.Doubted(logger, doubt);
        else if (time.Doubt is null && before is not null)
            Log.Trusted(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The clock of the database could not be asked; it is asked again soon.")]
        public static partial void Broken(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Critical, "No half is shown any more: {Doubt}")]
        public static partial void Doubted(ILogger logger, string doubt);

        [LoggerMessage(3, LogLevel.Warning, "The clocks can be trusted again; halves are shown.")]
        public static partial void Trusted(ILogger logger);
    }
}
