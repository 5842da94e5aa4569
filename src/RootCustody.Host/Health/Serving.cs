namespace RootCustody.Host.Health;

/// <summary>Whether this process takes clicks: prepared, started and not on its way to a stop. Told to stop, it says so first and goes on answering for a while, so that nothing more is sent to it when its socket closes.</summary>
internal sealed class Serving(CustodySettings settings, IHostEnvironment environment, TimeProvider clock)
    : IHostedLifecycleService
{
    private bool ending;

    /// <summary>When it began; null before.</summary>
    public DateTimeOffset? Since { get; private set; }

    public bool IsEnding => Volatile.Read(ref ending);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Since = clock.GetUtcNow();
        return Task.CompletedTask;
    }

    // before anything else is stopped
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var drain = settings.DrainIn(environment.IsDevelopment());
        if (!Interlocked.Exchange(ref ending, true) && drain > TimeSpan.Zero)
            await Task.Delay(drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
