using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Brings questions of one identity to the vault and answers back: over connections that no other identity shares, to configured addresses only, again where that is safe.</summary>
/// <remarks>No client of the factory: its loggers and handlers see headers and addresses, and nothing of ours may add to a request that carries a token. Redirects are never followed by the framework, which would send token and body to whatever the answer names.</remarks>
public sealed class VaultTransport : IDisposable
{
    private const int Attempts = 3;

    /// <summary>A node that has not caught up yet does so within 2 s.</summary>
    private const int AttemptsAtALaggingNode = 8;

    private const int LongestAnswer = 8 * 1024 * 1024;
    private const int UsualAnswer = 4 * 1024;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPauseWhenThrottled = TimeSpan.FromSeconds(1);

    /// <summary>A person waits: told to come back later than that, it is said instead.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly VaultSettings settings;
    private readonly TimeProvider clock;
    private readonly RandomNumberGenerator random;
    private readonly IReadOnlyList<Uri> addresses;
    private readonly X509Certificate2Collection? trusted;
    private readonly HttpClient http;
    private int preferred;

    public VaultTransport(VaultSettings settings, TimeProvider clock, RandomNumberGenerator random)
    {
        (this.settings, this.clock, this.random) = (settings, clock, random);
        addresses = settings.Addresses();
        if (settings.CaFile.Length > 0)
            (trusted = []).ImportFromPemFile(settings.CaFile);
        http = Open();
    }

    /// <param name="sign">Puts the token on each attempt, if it needs one.</param>
    /// <returns>What came back, whatever its status; or that nothing did. The caller disposes of it.</returns>
    public async Task<VaultAnswer> SendAsync(
        VaultCall call,
        Action<HttpRequestMessage>? sign,
        CancellationToken cancellationToken
    )
    {
        var given = false;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await AskAllAsync(call, sign, cancellationToken);
            given |= call.GivesSecret && answer.Arrival == VaultArrival.Lost;
            answer.MayHaveGiven = given;
            if (PauseAfter(answer, call, attempt) is not { } pause)
                return answer;
            answer.Dispose();
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        foreach (var certificate in trusted ?? [])
            certificate.Dispose();
    }

    /// <summary>How long to wait before it is sent again; null if it is not.</summary>
    private TimeSpan? PauseAfter(VaultAnswer answer, VaultCall call, int attempt)
    {
        var wait = answer.Arrival switch
        {
            VaultArrival.NotSent => Doubled(FirstPause, attempt),
            VaultArrival.NotTrusted => null,
            VaultArrival.Lost => call.MayRepeat ? Doubled(FirstPause, attempt) : null,
            VaultArrival.Answered when call.TakesAnyStatus => null,
            VaultArrival.Answered => answer.Status switch
            {
                // before the work is begun, so any call may come again
                HttpStatusCode.TooManyRequests => answer.RetryAfter ?? Doubled(FirstPauseWhenThrottled, attempt),
                HttpStatusCode.PreconditionFailed => FirstPause,
                HttpStatusCode.TemporaryRedirect => Doubled(FirstPause, attempt),
                HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout => call.MayRepeat ? Doubled(FirstPause, attempt) : null,
                _ => (TimeSpan?)null,
            },
        };
        var most = answer.Is(HttpStatusCode.PreconditionFailed) ? AttemptsAtALaggingNode : Attempts;
        return wait <= LongestPause && attempt < most ? wait : null;
    }

    /// <summary>Doubled with each attempt, and up to a quarter longer, so that many nodes do not come back at once.</summary>
    private TimeSpan Doubled(TimeSpan first, int attempt) => first * (1 << (attempt - 1)) * (1 + Jitter.Of(random) / 4);

    /// <summary>One attempt: the address that answered last, then the others in turn until one is of use.</summary>
    private async Task<VaultAnswer> AskAllAsync(
        VaultCall call,
        Action<HttpRequestMessage>? sign,
        CancellationToken cancellationToken
    )
    {
        var first = Volatile.Read(ref preferred);
        for (var tried = 0; ; tried++)
        {
            var at = (first + tried) % addresses.Count;
            var answer = await AskAsync(addresses[at], call, sign, cancellationToken);
            if (answer.Is(HttpStatusCode.TemporaryRedirect) && Configured(answer.Location, at) is { } active)
            {
                answer.Dispose();
                (at, answer) = (active, await AskAsync(addresses[active], call, sign, cancellationToken));
            }
            if (!IsForAnother(answer, call))
                Volatile.Write(ref preferred, at);
            else if (tried + 1 < addresses.Count)
            {
                answer.Dispose();
                continue;
            }
            return answer;
        }
    }

    private static bool IsForAnother(VaultAnswer answer, VaultCall call) =>
        answer.Arrival is VaultArrival.NotSent or VaultArrival.NotTrusted
        || answer.Is(HttpStatusCode.TemporaryRedirect)
        || call.MayRepeat && answer.Is(HttpStatusCode.ServiceUnavailable);

    /// <summary>Which of the other configured addresses this is; null if none, and then nothing is sent there.</summary>
    private int? Configured(Uri? location, int but)
    {
        for (var at = 0; at < addresses.Count; at++)
        {
            if (
                at != but
                && location is { IsAbsoluteUri: true }
                && Uri.Compare(
                    location,
                    addresses[at],
                    UriComponents.SchemeAndServer,
                    UriFormat.UriEscaped,
                    StringComparison.OrdinalIgnoreCase
                ) == 0
            )
                return at;
        }
        return null;
    }

    private async Task<VaultAnswer> AskAsync(
        Uri address,
        VaultCall call,
        Action<HttpRequestMessage>? sign,
        CancellationToken cancellationToken
    )
    {
        using var fresh = call.OnFreshConnection ? Open() : null;
        using var request = Write(address, call, sign);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Timeout); // of the machine's clock: it measures the wire
        try
        {
            using var response = await (fresh ?? http).SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead, // else the body would be kept in a buffer that nobody wipes
                limit.Token
            );
            return new VaultAnswer(response, await ReadAsync(response, limit.Token));
        }
        catch (HttpRequestException broken) when (ArrivalOf(broken) is { } arrival)
        {
            return new VaultAnswer(arrival);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new VaultAnswer(VaultArrival.Lost); // without the inner exception: it names the address
        }
    }

    private HttpRequestMessage Write(Uri address, VaultCall call, Action<HttpRequestMessage>? sign)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(address, $"/v1/{call.Path}"));
        if (call.Body is { } body)
            request.Content = new VaultBody(body);
        request.Headers.Add("X-Vault-Request", "true");
        if (settings.Namespace.Length > 0 && !call.OutsideNamespaces)
            request.Headers.Add("X-Vault-Namespace", settings.Namespace);
        sign?.Invoke(request);
        return request;
    }

    private static async Task<PinnedBuffer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new PinnedBuffer(UsualAnswer);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while ((read = await stream.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
            {
                body.Advance(read);
                if (body.Length > LongestAnswer)
                    throw new IOException("The answer is too long.");
            }
            return body;
        }
        catch
        {
            body.Dispose(); // a part of a half may be in it
            throw;
        }
    }

    /// <summary>Null if something may have been sent.</summary>
    private static VaultArrival? ArrivalOf(HttpRequestException broken) =>
        broken.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.ProxyTunnelError => VaultArrival.NotSent,
            HttpRequestError.SecureConnectionError => VaultArrival.NotTrusted,
            _ => null,
        };

    private HttpClient Open()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null, // our traces are nobody else's
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // names may come to mean other nodes
            ConnectCallback = ConnectAsync,
        };
        if (trusted is not null)
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck, // a CA of one's own seldom publishes what it revoked
                },
            };
        handler.SslOptions.CertificateChainPolicy?.CustomTrustStore.AddRange(trusted!);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>With a limit of its own, so that a connection that was never made is known as such.</summary>
    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ConnectLimit);
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException();
            }
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
