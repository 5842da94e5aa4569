using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RootCustody.Desk.OnCall;

/// <summary>The feed could not be read. The reason is a sentence for the operator, without anything of the feed or its address.</summary>
internal sealed class FeedException(string why) : Exception(why);

/// <summary>The text of a calendar, from a file or over HTTPS.</summary>
internal sealed class FeedSource(FeedSettings settings, HttpClient http)
{
    private const int LongestChain = 3;

    /// <exception cref="FeedException">It is too large, the server refuses, or it sends us elsewhere.</exception>
    /// <exception cref="IOException">The file or the connection broke.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (settings.Address is { } address)
            return await FetchAsync(address, cancellationToken);
        await using var file = new FileStream(
            settings.Source,
            new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.ReadWrite | FileShare.Delete }
        );
        return await TextAsync(file, cancellationToken);
    }

    /// <summary>For the one client of all feeds: every redirect is looked at, and no address goes into a trace.</summary>
    public static HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None, // the limit of the size counts what arrives
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ActivityHeadersPropagator = null,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // each reading brings its own
        };

    private async Task<string> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= LongestChain; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("RootCustody", null));
            using var answer = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
                return await TextAsync(body, cancellationToken);
            }
            address = Next(address, answer);
        }
        throw new FeedException("the server redirects without end");
    }

    private static Uri Next(Uri address, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } to)
            throw new FeedException($"the server answered {(int)answer.StatusCode}");
        var next = new Uri(address, to);
        // the path often holds a token, and another host might be one inside the network
        return next.Scheme == address.Scheme && next.Authority == address.Authority && next.UserInfo.Length == 0
            ? next
            : throw new FeedException("the server redirects to another host");
    }

    private async Task<string> TextAsync(Stream stream, CancellationToken cancellationToken)
    {
        var limit = settings.LargestKilobytes * 1024;
        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await stream.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            if (whole.Length + read > limit)
                throw new FeedException($"it is larger than {settings.LargestKilobytes} KB");
            whole.Write(part, 0, read);
        }
        whole.Position = 0;
        using var reader = new StreamReader(whole, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
