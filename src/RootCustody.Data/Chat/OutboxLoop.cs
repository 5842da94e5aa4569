using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Sends the outbox: a commit wakes it, a sweep backs it up. Each platform has a loop of its own, so that one that is slow delays no other.</summary>
public sealed partial class OutboxLoop(
    IServiceScopeFactory scopes,
    CommitBell bell,
    IReadOnlySet<Bot> bots,
    OutboxPulse pulse,
    TimeProvider clock,
    ILogger<OutboxLoop> logger
) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enum.GetValues<ChatPlatform>().Select(platform => LoopAsync(platform, stoppingToken)));

    private async Task LoopAsync(ChatPlatform platform, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rung = bell.NextAsync();
            if (await SendAsync(platform, stoppingToken) > 0)
                continue;
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(rung, Task.Delay(Sweep, clock, cut.Token));
            await cut.CancelAsync();
        }
    }

    private async Task<int> SendAsync(ChatPlatform platform, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var sent = await scope
                .ServiceProvider.GetRequiredService<SendOutbox>()
                .RunAsync(bots, platform, cancellationToken);
            pulse.Beat(platform, clock.GetUtcNow());
            return sent;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
#pragma warning disable CA1031 // the edge of a loop: a broken world now must not end the sending for ever
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken);
            return 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The outbox could not be sent; the next sweep tries again.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
