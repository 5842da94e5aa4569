using OpenTelemetry.Metrics;

namespace RootCustody.Host.Watching;

/// <summary>Answers <c>GET /metrics</c> on addresses of its own: a second small web server, so that nothing of the bots is reached there and nothing of this where the bots listen.</summary>
internal sealed class MetricsListener(MeterProvider metrics, CustodySettings settings, ILoggerFactory logs)
    : IHostedService,
        IAsyncDisposable
{
    private WebApplication? server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(logs);
        server = builder.Build();
        foreach (
            var address in settings.Metrics.Urls.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
            server.Urls.Add(address);
        server.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return server.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server is { } started)
            await started.DisposeAsync();
    }
}
