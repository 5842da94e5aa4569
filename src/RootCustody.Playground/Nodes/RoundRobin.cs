using System.Net.Sockets;

namespace RootCustody.Playground.Nodes;

/// <summary>What stands before the nodes: gives each request to the next node, and to the one after it only if that one refuses the connection. What breaks later is the sender's to repeat.</summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private static readonly string[] NotCopied = ["Host", "Connection", "Content-Length", "Transfer-Encoding"];

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly Func<IReadOnlyList<Uri>> nodes;
    private WebApplication server = null!;
    private int turn;

    private RoundRobin(Func<IReadOnlyList<Uri>> nodes)
    {
        this.nodes = nodes;
    }

    public Uri Address { get; private set; } = null!;

    /// <param name="nodes">Those that are in rotation now; some of them may be dead already.</param>
    public static async Task<RoundRobin> StartAsync(Func<IReadOnlyList<Uri>> nodes)
    {
        var balancer = new RoundRobin(nodes);
        (balancer.server, balancer.Address) = await Loopback.StartAsync(app => app.Run(balancer.ForwardAsync));
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var all = nodes();
        var first = Interlocked.Increment(ref turn);
        for (var tried = 0; tried < all.Count; tried++)
        {
            try
            {
                using var request = Copy(context.Request, body.ToArray(), all[(first + tried) % all.Count]);
                using var answer = await http.SendAsync(request, context.RequestAborted);
                await ReturnAsync(context.Response, answer);
                return;
            }
            catch (HttpRequestException refused)
                when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // the next one
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway; // it may have been done
                return;
            }
        }
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    private static HttpRequestMessage Copy(HttpRequest from, byte[] body, Uri node)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, from.Path.Value))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (
            var (name, value) in from.Headers.Where(h => !NotCopied.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
        )
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string?)value))
                request.Content.Headers.TryAddWithoutValidation(name, (string?)value);
        }
        return request;
    }

    private static async Task ReturnAsync(HttpResponse to, HttpResponseMessage answer)
    {
        to.StatusCode = (int)answer.StatusCode;
        to.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(to.Body);
    }
}
