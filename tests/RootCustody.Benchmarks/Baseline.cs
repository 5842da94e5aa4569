using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;

namespace RootCustody.Benchmarks;

/// <summary>What an ack is compared with: an ASP.NET Core endpoint that reads the body, checks the same signature and does nothing else; in a process of its own.</summary>
internal sealed class Baseline : IDisposable
{
    public const string Verb = "baseline";

    private readonly Process process;

    private Baseline(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Baseline> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Baseline).Assembly.Location, Verb])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // as the node has it
        start.Environment["DOTNET_gcServer"] = "0";
        var started = Process.Start(start)!;
        return new Baseline(started, new Uri((await started.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>The process itself; it ends when nobody holds its standard input any more.</summary>
    public static async Task<int> RunAsync()
    {
        var secret = Encoding.UTF8.GetBytes(FakeSlackPlatform.SigningSecretOf(Bot.Desk));
        var (app, address) = await Loopback.StartAsync(map =>
            map.MapPost("/slack/desk/commands", context => AnswerAsync(context, secret))
        );
        await Console.Out.WriteLineAsync(address.ToString());
        await Console.In.ReadToEndAsync();
        await app.DisposeAsync();
        return 0;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, byte[] secret)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var signed = Encoding.UTF8.GetBytes($"v0:{context.Request.Headers["X-Slack-Request-Timestamp"]}:{body}");
        var expected = $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}";
        var given = context.Request.Headers["X-Slack-Signature"].ToString();
        var holds = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected),
            Encoding.ASCII.GetBytes(given)
        );
        context.Response.StatusCode = holds ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
    }
}
