using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Data;

namespace RootCustody.EndToEnd;

/// <summary>The configuration is changed while the host runs.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string Next = "the-next-signing-secret";
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"rootcustody-{Guid.NewGuid():N}.json");
    private readonly HeardLogs lines = new();
    private readonly HttpClient http;
    private int connections;
    private Play play = null!;

    public ReloadTests() =>
        http = new HttpClient(
            new SocketsHttpHandler { MaxConnectionsPerServer = 1, ConnectCallback = ConnectAsync },
            disposeHandler: true
        );

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(file, "{}");
        play = await Play.OpenAsync(
            [new("Logging:LogLevel:RootCustody", "Information")],
            builder =>
            {
                builder.Configuration.AddJsonFile(file, optional: false, reloadOnChange: true);
                builder.Logging.AddProvider(lines);
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await play.DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task A_new_policy_and_a_new_signing_secret_count_and_the_connection_goes_on()
    {
        var unknown = await SignedAsync(Next);
        await File.WriteAllTextAsync(
            file,
            $$"""
            { "RootCustody": {
                "Policy": { "Window": "00:20:00" }, // a comment is allowed
                "Slack": { "Desk": { "SigningSecret": "{{Next}}", "PreviousSigningSecret": "slack-signing-secret-of-Desk-91b2c7" } }
            } }
            """
        );
        await ToldAsync("counts now");

        Assert.Equal(HttpStatusCode.Unauthorized, unknown);
        Assert.Equal(TimeSpan.FromMinutes(20), await WindowAsync());
        Assert.Equal(HttpStatusCode.OK, await SignedAsync(Next));
        Assert.Equal(HttpStatusCode.OK, await SignedAsync("slack-signing-secret-of-Desk-91b2c7"));
        Assert.Equal(1, connections);
        Assert.Contains(
            lines.All,
            l =>
                l.Contains(
                    "RootCustody:Policy:Window, RootCustody:Slack:Desk:PreviousSigningSecret, RootCustody:Slack:Desk:SigningSecret",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(lines.All, l => l.Contains(Next, StringComparison.Ordinal)); // law 8
    }

    [Theory]
    [InlineData("""{ "RootCustody": { "Policy": { "Window": "-01:00:00" } } }""", "Window")]
    [InlineData("""{ "RootCustody": { "Policy": { "Window": "soon" } } }""", "A value has not the form")]
    [InlineData("""{ "RootCustody": { "Policy": { "Window": """, "is not JSON")]
    [InlineData(
        """{ "RootCustody": { "Policy": { "Window": "00:20:00" }, "Slack": { "Desk": { "SigningSecret": "" } } } }""",
        "RootCustody:Slack:Desk:SigningSecret is gone"
    )]
    [Trait("Law", "11")]
    public async Task What_is_wrong_is_refused_as_a_whole_and_the_old_one_stays(string content, string why)
    {
        await File.WriteAllTextAsync(file, content);
        await ToldAsync(why);

        Assert.Equal(Before, await WindowAsync());
        Assert.Equal(HttpStatusCode.OK, await SignedAsync("slack-signing-secret-of-Desk-91b2c7"));
        Assert.Contains(lines.All, l => l.Contains("is refused, and the old one stays", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, l => l.Contains("counts now", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, """{ "RootCustody": { "Policy": { "Window": "00:20:00" } } }""");
        await ToldAsync("counts now");
        Assert.Equal(TimeSpan.FromMinutes(20), await WindowAsync()); // put right, it is taken
    }

    [Fact]
    public async Task What_needs_a_restart_is_named_and_changes_nothing_before()
    {
        await File.WriteAllTextAsync(
            file,
            """{ "RootCustody": { "Database": { "LargestSkew": "00:00:09" }, "Metrics": { "Urls": "http://127.0.0.1:1" } } }"""
        );
        await ToldAsync("counts after a restart only: RootCustody:Database:LargestSkew, RootCustody:Metrics:Urls");

        Assert.Equal(HttpStatusCode.OK, await SignedAsync("slack-signing-secret-of-Desk-91b2c7"));
        Assert.Equal(1, connections);
    }

    private async Task<TimeSpan> WindowAsync()
    {
        await using var scope = play.Theatre.Host.Services.CreateAsyncScope();
        return (
            await scope.ServiceProvider.GetRequiredService<Policies>().OfProviderAsync(CancellationToken.None)
        ).Window;
    }

    /// <summary>A signed command of somebody unknown, over the one connection.</summary>
    private async Task<HttpStatusCode> SignedAsync(string secret)
    {
        var body =
            $"team_id=T0ACME&channel_id=C0INCIDENTS&user_id=U0NOBODY&command=%2Froot&text=help&api_app_id=A0DESK&trigger_id={Guid.NewGuid():N}";
        var now = play.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{now}:{body}"));
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(play.Theatre.Address, "/slack/desk/commands")
        );
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", now);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(hash)}");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private Task ToldAsync(string words) =>
        play.UntilAsync(() => Task.FromResult(lines.All.Any(l => l.Contains(words, StringComparison.Ordinal))));

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
