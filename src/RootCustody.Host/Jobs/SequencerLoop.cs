using RootCustody.Audit;
using RootCustody.Data;
using RootCustody.Data.Audit;

namespace RootCustody.Host.Jobs;

/// <summary>Runs the sequencer of the audit log: a commit wakes it, its own pause backs it up.</summary>
public sealed partial class SequencerLoop(
    IServiceScopeFactory scopes,
    CommitBell bell,
    TimeProvider clock,
    ILogger<SequencerLoop> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<AuditStore>();
        var sequencer = new Sequencer(store, clock, broken => Log.Broken(logger, broken));
        await Task.WhenAll(sequencer.RunAsync(stoppingToken), WakeAsync(sequencer, stoppingToken));
    }

    private async Task WakeAsync(Sequencer sequencer, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await bell.NextAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            sequencer.Wake();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The audit log could not be numbered; the sequencer tries again.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
