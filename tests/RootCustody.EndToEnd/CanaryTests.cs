using System.Text;
using System.Text.Json;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.EndToEnd;

[Trait("Law", "8")]
public sealed class CanaryTests
{
    /// <summary>The settings with which everything is logged.</summary>
    internal static readonly KeyValuePair<string, string?>[] Trace =
    [
        new("Logging:LogLevel:Default", "Trace"),
        new("Logging:LogLevel:Microsoft", "Trace"),
        new("Logging:LogLevel:Hangfire", "Trace"),
        new("Logging:LogLevel:System", "Trace"),
    ];

    [Fact]
    public async Task After_a_whole_flow_no_secret_is_in_anything_that_lasts()
    {
        var logs = new HeardLogs();
        var metrics = HostProcess.FreeAddress();
        await using var collector = await Collector.StartAsync();
        await using var play = await DeviceFlowTests.OpenAsync(
            [.. Trace, .. collector.Settings(), new("RootCustody:Metrics:Urls", metrics.ToString())],
            builder => builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace)
        );
        var answers = new List<string>();
        var marks = await PlayAsync(play, answers);

        var places = await PlacesAsync(play, logs);
        places.Add(("the metrics", await ScrapeAsync(metrics)));
        Assert.True(play.Theatre.Host.Services.GetRequiredService<TracerProvider>().ForceFlush(10_000));
        play.Theatre.Host.Services.GetRequiredService<MeterProvider>().ForceFlush(10_000);
        places.Add(("the exported traces", collector.Traces));
        places.Add(("the exported metrics", collector.Metrics));

        // the search itself works: the halves are in the answers that showed them, and in nothing else
        Assert.All(
            marks.Halves,
            half => Assert.True(Canary.Finds(string.Join('\n', answers), half), "The search is blind.")
        );
        Assert.True(logs.All.Sum(line => line.Length) > 100_000, "The logs were not at Trace.");
        foreach (var (place, content) in places)
        {
            Assert.True(content.Length > 0, $"Nothing was searched in {place}.");
            foreach (var (name, mark) in marks.All)
                Assert.False(Canary.Finds(content, mark), $"{name} is in {place}.");
        }
    }

    private static async Task<string> ScrapeAsync(Uri metrics)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(metrics, "/metrics"));
    }

    /// <summary>A seed through the forms of both platforms, refused in one; an emergency with both halves shown, and a rotation.</summary>
    private static async Task<Marks> PlayAsync(Play play, List<string> answers)
    {
        await BringInAsync(play);
        var request = await play.OpenWindowAsync();
        var shown = await play.RevealPasswordAsync(request);
        answers.Add(shown.Body);
        var password = Play.HalfIn(shown, "Password");
        await RevealCodeInSlackAsync(play);

        play.Clock.Advance(TimeSpan.FromHours(1));
        await play.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await play.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = (await play.InDbAsync(db => db.Requests.SingleAsync(r => r.Requester == null))).Id.ToString();
        await play.ApproveAsync(Cast.Paul, rotation);
        await play.ApproveAsync(Cast.Mona, rotation);
        var rotated = await play.RevealPasswordAsync(rotation);
        answers.Add(rotated.Body);
        return new Marks(play, [password, Play.HalfIn(rotated, "New password")]);
    }

    private static async Task BringInAsync(Play play)
    {
        // with Paul's code Mike is not Mike, and gets the form again
        var refused = await DeviceFlowTests.BringInThroughTeamsAsync(play, Cast.Mike, "paul");
        Assert.NotNull(refused.Dialog);
        Assert.False(Canary.Finds(refused.Body, DeviceFlowTests.Seed), "The form comes back with the seed.");
        await DeviceFlowTests.LaterAsync(play);
        await DeviceFlowTests.BringInThroughSlackAsync(play);
        await DeviceFlowTests.LaterAsync(play);
    }

    private static async Task RevealCodeInSlackAsync(Play play)
    {
        var pointer = await play.Slack.Api.WaitForMessageAsync(
            Cast.MonaInSlack.DirectWith(Bot.Mfa),
            "your half is ready"
        );
        await play.Slack.PressAsync(Cast.MonaInSlack, pointer, "Reveal code");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Prove that it is you");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, modal, (Play.CodeLabel, play.Theatre.CodeOf("mona")));
        var offer = await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "Your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, offer, "Show code");
        await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "For you alone");
    }

    private static async Task<List<(string Place, string Content)>> PlacesAsync(Play play, HeardLogs logs)
    {
        using var export = new MemoryStream();
        await play.RunAsync<ExportAudit>(audit => audit.HandleAsync(export, CancellationToken.None));
        var database = Directory
            .EnumerateFiles(play.Theatre.Directory, "rootcustody.db*")
            .Select(file => Encoding.Latin1.GetString(ReadShared(file)));
        var vault = Directory
            .EnumerateFiles(Path.Combine(play.Theatre.Directory, "vault"), "*.sealed", SearchOption.AllDirectories)
            .Select(file => Encoding.Latin1.GetString(ReadShared(file)));
        var journals = Directory
            .EnumerateFiles(Path.Combine(play.Theatre.Directory, "vault"), "*.jsonl")
            .Select(file => Encoding.UTF8.GetString(ReadShared(file)));
        var backup = Path.Combine(play.Theatre.Directory, "a-backup.db");
        await play.RunAsync<BackUp>(backUp => backUp.HandleAsync(backup, false, CancellationToken.None));
        return
        [
            ("the database files", string.Concat(database)),
            ("the journals of the couriers", string.Concat(journals)),
            ("a backup", Encoding.Latin1.GetString(ReadShared(backup))),
            ("the sealed files", string.Concat(vault)),
            ("the audit export", Encoding.UTF8.GetString(export.ToArray())),
            ("the logs", string.Join('\n', logs.All)),
            ("the messages in Slack", string.Join('\n', play.Slack.Api.Stored)),
            ("the forms in Slack", string.Join('\n', play.Slack.Api.Modals.Select(m => m.View.ToJsonString()))),
            ("the messages in Teams", string.Join('\n', play.Teams.Connector.Stored)),
            ("Hangfire's storage", JobsOf(play)),
        ];
    }

    /// <summary>Everything that Hangfire keeps of its jobs.</summary>
    private static string JobsOf(Play play)
    {
        var jobs = play.Theatre.Host.Services.GetRequiredService<JobStorage>().GetMonitoringApi();
        return JsonSerializer.Serialize(
            new
            {
                Scheduled = jobs.ScheduledJobs(0, 1000).Select(j => $"{j.Key} {j.Value.Job}"),
                Succeeded = jobs.SucceededJobs(0, 1000).Select(j => $"{j.Key} {j.Value.Job} {j.Value.Result}"),
                Failed = jobs.FailedJobs(0, 1000).Select(j => $"{j.Key} {j.Value.Job} {j.Value.ExceptionDetails}"),
                Details = jobs.SucceededJobs(0, 1000)
                    .Select(j => jobs.JobDetails(j.Key))
                    .Select(d => string.Join(' ', d.Properties.Select(p => $"{p.Key}={p.Value}"))),
                Servers = jobs.Servers().Select(s => string.Join(',', s.Queues)),
            }
        );
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>What may be found nowhere. Codes of six digits are left out: any long file holds some by chance.</summary>
    private sealed class Marks(Play play, IReadOnlyList<string> halves)
    {
        public IReadOnlyList<string> Halves => halves;

        public IEnumerable<(string Name, string Mark)> All =>
            halves
                .Select(h => ("A password", h))
                .Concat(play.Theatre.Keys.Select(k => ("A step-up key", k)))
                .Append(("The MFA seed", play.Theatre.Seed))
                .Append(("The seed typed into a form", DeviceFlowTests.Seed))
                .Concat(
                    from bot in Enum.GetValues<Bot>()
                    from mark in (string[])
                        [
                            FakeSlackPlatform.SigningSecretOf(bot),
                            FakeSlackPlatform.TokenOf(bot, FakeSlackPlatform.Provider),
                            FakeSlackPlatform.TokenOf(bot, FakeSlackPlatform.Customer),
                            FakeTeamsTenant.SecretOf(bot),
                            $"teams-bearer-of-{bot}",
                        ]
                    select ("A key or token", mark)
                )
                .Append(("A trigger", "c0ffee"))
                .Append(("A response_url", "response-url-secret-e77a"));
    }
}
