using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RootCustody.EndToEnd;

/// <summary>A stand-in for a collector of OpenTelemetry: takes OTLP over HTTP and keeps the bytes, in which every text stands as it is.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> traces = new();
    private readonly ConcurrentQueue<byte[]> metrics = new();
    private WebApplication server = null!;

    public string Traces => Text(traces);
    public string Metrics => Text(metrics);

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        collector.server = builder.Build();
        collector.server.MapPost("/v1/traces", context => KeepAsync(context, collector.traces));
        collector.server.MapPost("/v1/metrics", context => KeepAsync(context, collector.metrics));
        await collector.server.StartAsync();
        return collector;
    }

    /// <summary>The settings with which a host finds it, and sends soon.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        var addresses = server
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses;
        yield return new("OTEL_EXPORTER_OTLP_ENDPOINT", addresses.First());
        yield return new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        yield return new("OTEL_BSP_SCHEDULE_DELAY", "200");
        yield return new("OTEL_METRIC_EXPORT_INTERVAL", "200");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> into)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        into.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }

    private static string Text(ConcurrentQueue<byte[]> kept) => Encoding.Latin1.GetString([.. kept.SelectMany(b => b)]);
}
