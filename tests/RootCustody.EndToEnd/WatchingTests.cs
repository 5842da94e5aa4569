using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RootCustody.Chat;
using RootCustody.Couriers.Vault;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Playground;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

/// <summary>What can be seen from outside of what the host does.</summary>
public sealed partial class WatchingTests
{
    private const int LooksASecond = 10;
    private const string One = "kind=\"Emergency\",state=\"Asked\"} 1";
    private const string Unknown = "kind=\"Emergency\",state=\"Asked\"} NaN";

    private static readonly string[] Halves = [nameof(Half.Password), nameof(Half.Mfa), "none"];
    private static readonly string[] Replies = ["Said", "Drawn", "Asked", "Corrected", "Shown", "Nothing", "Broken"];

    /// <summary>Every tag that a metric of ours may have, and every value that it may take.</summary>
    private static readonly Dictionary<string, HashSet<string>> Closed = new(StringComparer.Ordinal)
    {
        ["platform"] = Names<ChatPlatform>(),
        ["bot"] = Names<Bot>(),
        ["half"] = [.. Halves],
        ["state"] = Names<RequestState>(),
        ["kind"] = Names<RequestKind>(),
        ["operation"] = ["Latest", "Read", "Code", "Write", "Destroy", "Fingerprint"],
        ["action"] =
        [
            .. typeof(Actions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!),
            "other",
        ],
        // also those that run every few minutes or hours: their time may come while a test runs
        ["job"] =
        [
            "CloseRequests",
            "OpenWindows",
            "EscalateRequests",
            "AskForRotations",
            "PlanRotations",
            "SendDigests",
            "ReviewPosture",
            "CertifyTransfer",
            "ExpireProposals",
            "RefreshOnCall",
            "RemindOfTransfers",
            "RemindOfMoves",
            "RemindOfClosed",
            "CheckReadiness",
            "TidyFrozen",
            "ForgetTraces",
            "ForgetClicks",
            "ForgetSent",
            "AlertParked",
            "DestroyOldPasswords",
            "StrandDevices",
            "TidyExposures-Password",
            "TidyExposures-Mfa",
            "DestroyTransferred-Password",
            "DestroyTransferred-Mfa",
            "DestroyEnded-Password",
            "DestroyEnded-Mfa",
        ],
        ["outcome"] =
        [
            .. Replies,
            .. Names<RevealOutcome>(),
            .. Names<VaultFailure>(),
            .. Names<ChatFailure>(),
            "Taken",
            "Completed",
            "Replaced",
            "Refused",
            "Done",
            "Sent",
            "NotYet",
            "HandedBack",
        ],
    };

    /// <summary>What metrics have to tell of a request up to the reveal, and of the sweeps after it.</summary>
    private static readonly (string Name, (string Key, string Value)[] Tags)[] TheFlow =
    [
        ("rootcustody_click_duration_seconds_count", [("action", "approve"), ("bot", "Desk"), ("platform", "Teams")]),
        ("rootcustody_click_duration_seconds_count", [("action", "other"), ("platform", "Slack"), ("outcome", "Said")]),
        ("rootcustody_approvals_total", [("half", "Mfa"), ("outcome", "Completed")]),
        ("rootcustody_reveals_total", [("half", "Password"), ("outcome", "Shown")]),
        (
            "rootcustody_vault_duration_seconds_count",
            [("half", "Password"), ("operation", "Read"), ("outcome", "Done")]
        ),
        ("rootcustody_outbox_send_duration_seconds_count", [("bot", "Password"), ("outcome", "Sent")]),
        ("rootcustody_decision_duration_seconds_count", [("outcome", "Done")]),
        ("rootcustody_requests_running", [("state", "Asked"), ("kind", "Rotation")]),
        ("rootcustody_job_duration_seconds_count", [("job", "RefreshOnCall"), ("outcome", "Done")]),
        ("rootcustody_job_lag_seconds_count", [("job", "RefreshOnCall")]),
        ("rootcustody_job_age_seconds", [("job", "RefreshOnCall")]),
    ];

    [Fact]
    [Trait("Law", "8")]
    public async Task Metrics_have_closed_tags_only_and_tell_of_a_whole_flow()
    {
        var metrics = HostProcess.FreeAddress();
        await using var play = await Play.OpenAsync([new("RootCustody:Metrics:Urls", metrics.ToString())]);
        var request = await play.OpenWindowAsync();
        await play.RevealPasswordAsync(request);
        await play.Slack.CommandAsync(Cast.Rita, "xoxb-made-up-by-a-client");
        await SweepAsync(play);

        // cards are sent and jobs run in the background
        var lines = new List<(string Name, Dictionary<string, string> Tags)>();
        await play.UntilAsync(async () =>
        {
            lines.AddRange(Ours(await ScrapeAsync(metrics)));
            return TheFlow.All(line => IsTold(lines, line));
        });

        AssertClosed(lines);
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task No_id_of_anything_is_in_metrics_or_traces()
    {
        var metrics = HostProcess.FreeAddress();
        await using var collector = await Collector.StartAsync();
        await using var play = await Play.OpenAsync([
            .. collector.Settings(),
            new("RootCustody:Metrics:Urls", metrics.ToString()),
        ]);
        var request = await play.OpenWindowAsync();
        await play.RevealPasswordAsync(request);
        await SweepAsync(play);
        var ids = await IdsAsync(play, request);

        var scraped = await ScrapeAsync(metrics);
        Flush(play);

        foreach (
            var name in (string[])
                ["click", "decide", "vault", "outbox send", "job", "/slack/desk/interactions", "http.route"]
        )
            Assert.Contains(name, collector.Traces, StringComparison.Ordinal);
        Assert.Contains("rootcustody.reveals", collector.Metrics, StringComparison.Ordinal);
        foreach (var id in ids)
        {
            Assert.DoesNotContain(id, scraped, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(id, collector.Traces, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(id, collector.Metrics, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task What_a_stranger_puts_into_address_and_headers_is_in_no_trace()
    {
        await using var collector = await Collector.StartAsync();
        await using var play = await Play.OpenAsync(collector.Settings());
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(play.Theatre.Address, "/slack/desk/commands?token=mark-in-the-query")
        );
        request.Content = new StringContent("text=mark-in-the-body");
        request.Headers.TryAddWithoutValidation(
            "traceparent",
            "00-aaaabbbbccccddddeeeeffff00001111-aaaabbbbccccdddd-01"
        );
        request.Headers.TryAddWithoutValidation("tracestate", "mark-in-the=state");
        request.Headers.TryAddWithoutValidation("baggage", "mark=in-the-baggage");
        request.Headers.TryAddWithoutValidation("User-Agent", "mark-in-the-agent");
        using var elsewhere = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(play.Theatre.Address, "/mark-in-the-path")
        );

        using var answer = await http.SendAsync(request);
        using var nowhere = await http.SendAsync(elsewhere);
        Flush(play);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.NotFound), (answer.StatusCode, nowhere.StatusCode));
        Assert.Contains("/slack/desk/commands", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("mark", collector.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("\xaa\xaa\xbb\xbb\xcc\xcc\xdd\xdd", collector.Traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_told_on_their_own_address_only_and_the_bots_on_theirs()
    {
        var metrics = HostProcess.FreeAddress();
        await using var play = await Play.OpenAsync([new("RootCustody:Metrics:Urls", metrics.ToString())]);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(metrics, "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(play.Theatre.Address, "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(metrics, "/slack/desk/commands"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(metrics, "/healthz/ready"));
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task A_scrape_is_answered_while_the_database_is_away_and_tells_no_old_ages()
    {
        var metrics = HostProcess.FreeAddress();
        await using var play = await Play.OpenAsync([new("RootCustody:Metrics:Urls", metrics.ToString())]);
        await play.AskAsync();
        await UntilAsync(play, metrics, One);
        await play.InDbAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE Requests RENAME TO Elsewhere"));

        play.Clock.Advance(TimeSpan.FromMinutes(3));
        var scraped = await UntilAsync(play, metrics, Unknown);
        await play.InDbAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE Elsewhere RENAME TO Requests"));

        Assert.Contains("rootcustody_click_duration_seconds_count", scraped, StringComparison.Ordinal);
        await UntilAsync(play, metrics, One); // it goes on by itself
    }

    /// <summary>What waits to be exported is, as at the end of a process.</summary>
    private static void Flush(Play play)
    {
        var services = play.Theatre.Host.Services;
        Assert.True(services.GetRequiredService<TracerProvider>().ForceFlush(10_000));
        services.GetRequiredService<MeterProvider>().ForceFlush(10_000); // false, for Prometheus is not pushed to
    }

    private static async Task SweepAsync(Play play)
    {
        play.Clock.Advance(TimeSpan.FromHours(1));
        await play.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await play.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(Play play, string request)
    {
        var people = await play.InDbAsync(db => db.People.ToListAsync());
        return
        [
            request,
            Cast.Account,
            Cast.Rita.User,
            Cast.Rita.Workspace,
            play.Teams.TenantId,
            .. people.SelectMany(p => (string[])[p.Id.ToString(), p.Name]),
        ];
    }

    /// <summary>Lets the clock run until the metrics tell of it, as the ages are read every few seconds and the sweeps run when Hangfire runs them.</summary>
    private static async Task<string> UntilAsync(Play play, Uri metrics, string told)
    {
        var scraped = "";
        await play.UntilAsync(async () =>
        {
            // several for each second of the clock: else what the host reads in its own time is stale before it is told, or has ended
            for (var look = 0; look < LooksASecond; look++)
            {
                scraped = await ScrapeAsync(metrics);
                if (scraped.Contains(told, StringComparison.Ordinal))
                    return true;
            }
            return false;
        });
        return scraped;
    }

    private static async Task<string> ScrapeAsync(Uri metrics)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        return await http.GetStringAsync(new Uri(metrics, "/metrics"));
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri address, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(address, path));
        return answer.StatusCode;
    }

    private static List<(string Name, Dictionary<string, string> Tags)> Ours(string scraped) =>
        [
            .. Line()
                .Matches(scraped)
                .Select(line =>
                    (
                        line.Groups["name"].Value,
                        Tag()
                            .Matches(line.Groups["tags"].Value)
                            .Select(t => (Key: t.Groups["key"].Value, Value: t.Groups["value"].Value))
                            .Where(t => t.Key is not ("le" or "otel_scope_name")) // of the format itself
                            .ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal)
                    )
                ),
        ];

    private static void AssertClosed(List<(string Name, Dictionary<string, string> Tags)> lines)
    {
        Assert.NotEmpty(lines);
        foreach (var (key, value) in lines.SelectMany(line => line.Tags))
        {
            Assert.True(Closed.TryGetValue(key, out var values), $"The tag {key} is unknown.");
            Assert.Contains(value, values);
        }
    }

    private static bool IsTold(
        List<(string Name, Dictionary<string, string> Tags)> lines,
        (string Name, (string Key, string Value)[] Tags) wanted
    ) =>
        lines.Exists(line =>
            line.Name == wanted.Name && wanted.Tags.All(tag => line.Tags.GetValueOrDefault(tag.Key) == tag.Value)
        );

    private static HashSet<string> Names<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>()];

    [GeneratedRegex(
        @"^(?<name>rootcustody_\w+)(\{(?<tags>.*)\})? ",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Line();

    [GeneratedRegex("(?<key>\\w+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
