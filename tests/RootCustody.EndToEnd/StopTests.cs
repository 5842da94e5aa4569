using System.Net;
using System.Text.Json.Nodes;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;

namespace RootCustody.EndToEnd;

public sealed class StopTests
{
    [Fact]
    public async Task Told_to_stop_a_host_says_so_first_and_goes_on_answering_for_a_while()
    {
        await using var play = await Play.OpenAsync([new("RootCustody:Drain", "00:00:30")]);

        var stopping = play.Theatre.Host.StopAsync();
        var ready = await AskAsync(play.Theatre.Address, "/healthz/ready");
        var alive = await AskAsync(play.Theatre.Address, "/healthz/live");
        var click = await play.Slack.CommandAsync(Cast.Rita, "status");
        var stoppedEarly = stopping.IsCompleted;
        play.Clock.Advance(TimeSpan.FromSeconds(30));
        await stopping;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("This process is about to stop.", ready.Body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (alive.Status, click.Status));
        Assert.False(stoppedEarly);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(play.Theatre.Address, "/healthz/live"));
    }

    [Fact]
    [Trait("Law", "9")]
    public async Task A_click_in_flight_is_answered_and_after_the_stop_nothing_runs()
    {
        var heard = new HeardLogs();
        await using var play = await Play.OpenAsync(
            [new("Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Information")],
            builder => builder.Logging.ClearProviders().AddProvider(heard)
        );
        var request = await play.AskAsync();
        await play.ApprovalCardAsync(Cast.Paul);
        var writer = play.Theatre.Host.Services.GetRequiredService<WriterTurn>();
        var jobs = play.Theatre.Host.Services.GetRequiredService<JobStorage>();
        var turn = await writer.TakeAsync(CancellationToken.None);

        var before = Begun();
        var click = play.ApproveAsync(Cast.Paul, request); // waits for its turn
        await UntilAsync(() => Begun() > before);
        var stopping = play.Theatre.Host.StopAsync();
        var stoppedEarly = stopping.IsCompleted || click.IsCompleted;
        turn.Dispose();
        var answer = await click;
        await stopping;

        Assert.False(stoppedEarly);
        Assert.Contains("approved", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(jobs.GetMonitoringApi().Servers());
        var told = play.Slack.Api.Stored.Count + play.Teams.Connector.Stored.Count;
        await play.RunAsync<CustodyDb>(db => db.DecideAsync(() => Task.FromResult(true), CancellationToken.None));
        play.Clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(play.Theatre.Address, "/healthz/live"));
        Assert.Equal(told, play.Slack.Api.Stored.Count + play.Teams.Connector.Stored.Count);

        int Begun() => heard.All.Count(l => l.Contains("Request starting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_under_load_from_its_first_moment_answers_every_click_and_ends_well_when_told_to()
    {
        const int many = 100;
        var directory = Directory.CreateTempSubdirectory("rootcustody-");
        var address = HostProcess.FreeAddress();
        await using var slack = await FakeSlackPlatform.StartAsync(TimeProvider.System);
        slack.ConnectTo(address);
        using var host = HostProcess.Start(
            directory.FullName,
            [
                .. slack
                    .Settings()
                    .Select(s => KeyValuePair.Create(s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value!)),
                new("Urls", address.ToString()),
                new("RootCustody__LogFormat", "Json"),
                new("RootCustody__Drain", "00:00:03"),
                new("Logging__LogLevel__Microsoft", "Information"),
            ]
        );

        var answers = await Task.WhenAll(Enumerable.Range(0, many).Select(_ => UntilTakenAsync(slack)));
        await UntilAsync(() => slack.Api.Ephemerals.Count >= many);
        host.Terminate();
        var click = await slack.CommandAsync(Cast.Rita, "help"); // it drains
        var code = await host.EndAsync();
        var log = (await host.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        directory.Delete(recursive: true);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(
            slack.Api.Ephemerals,
            told => Assert.Contains("I do not know you", told.Text, StringComparison.Ordinal)
        );
        Assert.Equal((HttpStatusCode.OK, 0), (click.Status, code));
        Assert.NotEmpty(log);
        Assert.All(log, line => Assert.NotNull(JsonNode.Parse(line)!["@m"]));
    }

    /// <summary>Clicks until somebody listens: from then on, every click has to be answered.</summary>
    private static async Task<SlackAnswer> UntilTakenAsync(FakeSlackPlatform slack)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                return await slack.CommandAsync(Cast.Rita, "status");
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError)
            {
                Assert.False(patience.IsCancellationRequested, "Nobody listens.");
                await Task.Yield();
            }
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, "It did not come about.");
            await Task.Yield();
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Uri address, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(address, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
