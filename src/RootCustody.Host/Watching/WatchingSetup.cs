using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RootCustody.Data;

namespace RootCustody.Host.Watching;

/// <summary>Metrics for Prometheus where <c>RootCustody:Metrics:Urls</c> says, metrics and traces by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without either nothing is gathered.</summary>
internal static class WatchingSetup
{
    /// <summary>The setting that OpenTelemetry itself reads, with all others of that name (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, …).</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddWatching(this WebApplicationBuilder builder, CustodySettings settings)
    {
        builder.Services.AddSingleton<DistributedContextPropagator>(new NoPropagation());
        var isCollected = !string.IsNullOrEmpty(builder.Configuration[Collector]);
        var isScraped = settings.Metrics.Urls.Length > 0;
        if (!isCollected && !isScraped)
            return;

        builder.Services.AddSingleton<Ages>().AddHostedService(provider => provider.GetRequiredService<Ages>());
        var watching = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("RootCustody").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => AddMetrics(metrics, isCollected, isScraped));
        if (isScraped)
            builder.Services.AddHostedService<MetricsListener>();
        if (!isCollected)
            return;
        // the propagator of this kind leaves it to ASP.NET, whose own is NoPropagation
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        watching.WithTracing(AddTraces);
    }

    private static void AddMetrics(MeterProviderBuilder metrics, bool isCollected, bool isScraped)
    {
        metrics
            .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation();
        if (isCollected)
            metrics.AddOtlpExporter();
        if (isScraped)
            metrics.AddPrometheusExporter();
    }

    private static void AddTraces(TracerProviderBuilder traces) =>
        traces
            .AddSource(Telemetry.Name)
            .AddAspNetCoreInstrumentation(requests =>
                requests.Filter = context =>
                    !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
            )
            .AddProcessor(new KnownTags())
            .AddOtlpExporter();
}
