using System.Net;
using System.Text.Json.Nodes;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using RootCustody.Host;

namespace RootCustody.EndToEnd;

public sealed class HealthTests
{
    private static readonly string[] All =
    [
        "clock",
        "database",
        "jobs",
        "journals",
        "mfa-vault",
        "outbox",
        "password-vault",
        "schema",
        "serving",
        "step-up",
        "sweeps",
    ];

    [Fact]
    public async Task A_host_that_serves_is_alive_and_ready_and_names_what_it_looked_at()
    {
        await using var play = await Play.OpenAsync();

        var (alive, _) = await AskAsync(play, "/healthz/live");
        var (status, body) = await AskAsync(play, "/healthz/ready");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (alive, status));
        Assert.Equal("ready", Status(body));
        Assert.Superset(All.ToHashSet(), Checks(body).Keys.ToHashSet());
        Assert.All(Checks(body).Values, Assert.Null);
    }

    /// <summary>As the process of the tests can be.</summary>
    [Theory]
    [InlineData("password-courier", true)]
    [InlineData("mfa-courier", true)]
    [InlineData("desk", false)]
    [Trait("Law", "7")]
    public async Task A_courier_apart_that_can_be_debugged_says_so(string role, bool says)
    {
        var directory = Directory.CreateTempSubdirectory("rootcustody-");
        await using var host = CustodyHost.Build(
            ["--environment", "Development"],
            builder =>
                builder.Configuration.AddInMemoryCollection([
                    new("RootCustody:DataDirectory", directory.FullName),
                    new("RootCustody:Roles:0", role),
                ])
        );

        var report = await host
            .Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "diagnostics");
        directory.Delete(recursive: true);

        Assert.Equal(says ? [HealthStatus.Degraded] : [], report.Entries.Values.Select(e => e.Status));
    }

    [Fact]
    [Trait("Law", "8")]
    [Trait("Law", "11")]
    public async Task What_is_missing_is_named_and_nothing_else_is_told()
    {
        await using var play = await Play.OpenAsync();
        var key = Path.Combine(play.Theatre.Directory, "vault", "password.key");
        var database = Path.Combine(play.Theatre.Directory, "rootcustody.db");
        File.Move(key, key + ".away");
        File.Move(database, database + ".away");

        var (status, body) = await AskAsync(play, "/healthz/ready");
        File.Move(key + ".away", key);
        File.Move(database + ".away", database);
        var (again, _) = await AskAsync(play, "/healthz/ready");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (status, again));
        Assert.Equal("not ready", Status(body));
        Assert.Equal("The database does not answer, or is not there.", Checks(body)["database"]);
        Assert.Equal("The vault of passwords has lost its key.", Checks(body)["password-vault"]);
        Assert.Equal(
            ["database", "password-vault", "schema"],
            Checks(body)
                .Where(c => c.Value is not null)
                .Select(c => c.Key)
                .Order()
                .Where(name => name is not ("clock" or "journals"))
        );
        foreach (var told in (string[])["Exception", "Source", play.Theatre.Directory, ".key", ".db", " at "])
            Assert.DoesNotContain(told, body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "5")]
    public async Task Sweeps_that_nobody_runs_are_named_and_clicks_are_answered_all_the_same()
    {
        await using var play = await Play.OpenAsync();
        foreach (
            var service in play
                .Theatre.Host.Services.GetServices<IHostedService>()
                .OfType<BackgroundJobServerHostedService>()
        )
            await service.StopAsync(CancellationToken.None);

        play.Clock.Advance(TimeSpan.FromMinutes(3));
        var (status, body) = await AskAsync(play, "/healthz/ready");
        var answer = await play.Slack.CommandAsync(Playground.Cast.Rita, "status");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("degraded", Status(body));
        Assert.Equal(
            "Not run for too long: CloseRequests, TidyExposures-Password, TidyExposures-Mfa.",
            Checks(body)["sweeps"]
        );
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task The_doctor_says_what_is_wrong_and_what_to_do_and_changes_nothing()
    {
        var directory = Directory.CreateTempSubdirectory("rootcustody-");

        var empty = await HostProcess.RunAsync(directory.FullName, "doctor");
        var made =
            Directory.Exists(Path.Combine(directory.FullName, "data"))
            && File.Exists(Path.Combine(directory.FullName, "data", "rootcustody.db"));
        await HostProcess.RunAsync(directory.FullName, "readiness"); // any other verb makes the database
        var well = await HostProcess.RunAsync(directory.FullName, "doctor");
        directory.Delete(recursive: true);

        Assert.Equal((1, 0), (empty.Code, well.Code));
        Assert.False(made);
        Assert.Contains(
            "wrong  database: The database does not answer, or is not there.",
            empty.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("ok     database", well.Output, StringComparison.Ordinal);
        Assert.Contains("ok     parked messages: none", well.Output, StringComparison.Ordinal);
        Assert.Contains("note   RootCustody:Slack:Desk: set SigningSecret", well.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", well.Output, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Play play, string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(play.Theatre.Address, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Status(string body) => (string)JsonNode.Parse(body)!["status"]!;

    /// <summary>What each check says; null if it is right.</summary>
    private static Dictionary<string, string?> Checks(string body) =>
        JsonNode.Parse(body)!["checks"]!
            .AsArray()
            .ToDictionary(c => (string)c!["name"]!, c => (bool)c!["ok"]! ? null : (string)c["says"]!);
}
