using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RootCustody.Playground;

namespace RootCustody.EndToEnd.Apart;

/// <summary>Stands between parties that speak HTTP, as a proxy before or behind them, passes on what they say and writes it down.</summary>
internal sealed class HttpTap : IAsyncDisposable
{
    private static readonly string[] OfTheConnection =
    [
        "Host",
        "Connection",
        "Proxy-Connection",
        "Content-Length",
        "Transfer-Encoding",
    ];

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        }
    );
    private readonly ConcurrentQueue<string> heard = new();
    private readonly Func<string, Uri> whereTo;
    private WebApplication server = null!;

    private HttpTap(Func<string, Uri> whereTo)
    {
        this.whereTo = whereTo;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Each request with its answer: the target, then all headers and bodies, a character for a byte.</summary>
    public IReadOnlyCollection<string> Heard => heard;

    /// <summary>Told of each exchange when all of the answer but its last byte has been passed on.</summary>
    public Func<string, Task> BeforeItEnds { get; set; } = _ => Task.CompletedTask;

    /// <param name="whereTo">Where a request goes, by its target: a path, or an address for a client that asks its proxy.</param>
    public static async Task<HttpTap> StartAsync(Func<string, Uri> whereTo)
    {
        var tap = new HttpTap(whereTo);
        (tap.server, tap.Address) = await Loopback.StartAsync(app => app.Run(tap.PassOnAsync));
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        using var request = Copy(context.Request, whereTo(target), body.ToArray());
        using var answer = await http.SendAsync(request, context.RequestAborted);
        var bytes = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        var exchange =
            $"{context.Request.Method} {target}\n{request.Headers}\n{Encoding.Latin1.GetString(body.ToArray())}\n\n{answer.Headers}\n{Encoding.Latin1.GetString(bytes)}";
        heard.Enqueue(exchange);
        await AnswerAsync(context, answer, bytes, exchange);
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, byte[] bytes, string exchange)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(IsToBePassedOn))
            context.Response.Headers[name] = values.ToArray();
        if (bytes.Length == 0)
            return;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(..^1), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await BeforeItEnds(exchange);
        await context.Response.Body.WriteAsync(bytes.AsMemory(^1..), context.RequestAborted);
    }

    private static HttpRequestMessage Copy(HttpRequest from, Uri to, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), to);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in from.Headers)
        {
            if (
                !OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)
            )
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        return request;
    }

    private static bool IsToBePassedOn(KeyValuePair<string, IEnumerable<string>> header) =>
        !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase);
}
