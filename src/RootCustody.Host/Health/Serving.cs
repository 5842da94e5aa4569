namespace RootCustody.Host.Health;

/// <summary>Whether this process takes clicks: prepared, started and not on its way to a stop.</summary>
public sealed class Serving
{
    private readonly IHostApplicationLifetime lifetime;

    public Serving(IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        this.lifetime = lifetime;
        lifetime.ApplicationStarted.Register(() => Since = clock.GetUtcNow());
    }

    /// <summary>When it began; null before.</summary>
    public DateTimeOffset? Since { get; private set; }

    public bool IsEnding => lifetime.ApplicationStopping.IsCancellationRequested;
}
