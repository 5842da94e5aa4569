using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Databases;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>How a run is set up.</summary>
/// <param name="Teams">How many flows go on at once, each on an account of its own.</param>
public sealed record NodesRun(int Flows, int Seed, int Teams, int Nodes = 3);

/// <summary>What came of it.</summary>
/// <param name="Lost">What should have come about and did not.</param>
/// <param name="Doubled">What came about twice.</param>
/// <param name="Broken">Laws that do not hold, and nodes that ended by themselves.</param>
public sealed record NodesReport(
    int Ended,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Doubled,
    IReadOnlyList<string> Broken,
    string Text
)
{
    public bool IsClean => Lost.Count + Doubled.Count + Broken.Count == 0;
}

/// <summary>
/// Several host processes on one PostgreSQL behind a load balancer, while nodes are killed, the database is stopped, the
/// platforms misbehave and deliver twice, and people press twice: whole flows, and an account of what was lost or doubled.
/// </summary>
public sealed class ManyNodes : IAsyncDisposable
{
    private const int Redelivered = 10; // of 100 deliveries
    private const int MostTries = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly NodesRun run;
    private readonly Action<string> progress;
    private readonly Company company;
    private readonly Dice dice;
    private readonly string folder = Directory.CreateTempSubdirectory("rootcustody-nodes-").FullName;
    private readonly ConcurrentDictionary<(string, Half), int> seen = new();
    private readonly ConcurrentBag<string> gaveUp = [];
    private readonly ConcurrentBag<Folk> ended = [];
    private FakeSlackPlatform slack = null!;
    private FakeTeamsTenant teams = null!;
    private Dictionary<string, string?> settings = null!;
    private IReadOnlyDictionary<string, Authenticator> authenticators = null!;
    private Farm farm = null!;
    private RoundRobin balancer = null!;
    private Weather weather = null!;

    private ManyNodes(NodesRun run, Action<string> progress)
    {
        this.run = run;
        this.progress = progress;
        company = new Company(run.Teams);
        dice = new Dice(run.Seed);
    }

    /// <summary>Sets everything up, plays the flows, and takes stock.</summary>
    public static async Task<NodesReport> RunAsync(NodesRun run, PostgreSqlServer database, Action<string> progress)
    {
        await using var many = new ManyNodes(run, progress);
        await many.SetUpAsync(database);
        var began = TimeProvider.System.GetTimestamp();
        await many.PlayAsync();
        var played = TimeProvider.System.GetElapsedTime(began);
        await many.CalmAsync();
        return await many.ReportAsync(played);
    }

    public async ValueTask DisposeAsync()
    {
        await farm.DisposeAsync();
        await balancer.DisposeAsync();
        await slack.DisposeAsync();
        await teams.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task SetUpAsync(PostgreSqlServer database)
    {
        var name = $"nodes_{run.Seed}_{Path.GetFileName(folder)[^6..].ToLowerInvariant()}";
        await database.ExecuteAsync($"CREATE DATABASE \"{name}\"");
        slack = await FakeSlackPlatform.StartAsync(TimeProvider.System);
        teams = await FakeTeamsTenant.StartAsync(TimeProvider.System);
        settings = new Dictionary<string, string?>(slack.Settings().Concat(teams.Settings()), StringComparer.Ordinal)
        {
            ["RootCustody:DataDirectory"] = folder,
            ["RootCustody:Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
            ["RootCustody:Database:ConnectionString"] = database.ConnectionStringOf(name),
            ["Logging:LogLevel:Default"] = "Critical",
        };
        authenticators = await Founding.OfAsync(company, teams.TenantId, settings, TimeProvider.System);
        farm = new Farm(run.Nodes, settings);
        await farm.StartAsync();
        balancer = await RoundRobin.StartAsync(() => farm.Addresses);
        slack.ConnectTo(balancer.Address);
        teams.ConnectTo(balancer.Address);
        foreach (var custodian in company.Teams.SelectMany(t => t.Custodians))
            await teams.InstallAsync(custodian.InTeams, Enum.GetValues<Bot>());
        await teams.InstallAsync(Company.Dora, Bot.Desk);
        await farm.SettleAsync();
        weather = new Weather(dice, farm, database, slack, teams);
        slack.DeliversTwice = teams.DeliversTwice = IsRedelivered;
        slack.Api.OnHalf = (_, user) =>
        {
            seen.AddOrUpdate((company.KeyOf(user), Half.Mfa), 1, (_, n) => n + 1);
            return Task.CompletedTask;
        };
    }

    private bool IsRedelivered()
    {
        if (!dice.Chance(Redelivered))
            return false;
        weather.Count("webhooks delivered twice");
        return true;
    }

    private async Task PlayAsync()
    {
        using var over = new CancellationTokenSource();
        var blowing = weather.BlowAsync(over.Token);
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(1, run.Flows));
        await Task.WhenAll(company.Teams.Select(team => PlayAsync(team, waiting)));
        await over.CancelAsync();
        await blowing;
    }

    private async Task PlayAsync(Team team, ConcurrentQueue<int> waiting)
    {
        while (waiting.TryDequeue(out var number))
        {
            var pace = new NodesPace(dice, weather.Count, seen);
            var folk = new Folk(
                slack,
                teams,
                person => authenticators[person].Code(TimeProvider.System),
                pace,
                TicketOf(number),
                MostTries
            );
            try
            {
                await new Flow(folk, team, TicketOf(number)).PlayAsync(FlowEnd.Rotated);
                ended.Add(folk);
                progress($"{ended.Count} of {run.Flows} flows ended");
            }
            catch (GaveUpException lost)
            {
                gaveUp.Add(lost.Message);
                progress(lost.Message);
            }
        }
    }

    /// <summary>The storm is over: what waits is sent.</summary>
    private async Task CalmAsync()
    {
        slack.DeliversTwice = teams.DeliversTwice = null;
        slack.Faults.ByChance = teams.Faults.ByChance = null;
        await using var backstage = Backstage.Open(settings, TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        while (
            await backstage.InDbAsync(db => db.Outbox.AnyAsync(r => r.SentAt == null && !r.Parked))
            && TimeProvider.System.GetElapsedTime(began) < Patience
        )
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await farm.SettleAsync();
    }

    private async Task<NodesReport> ReportAsync(TimeSpan played)
    {
        await using var backstage = Backstage.Open(settings, TimeProvider.System);
        var tickets = Enumerable.Range(1, run.Flows).Select(TicketOf).ToList();
        var found = await backstage.InDbAsync(db =>
            new Inspection(db, slack, teams, Ending.OfFlows(tickets, withRotation: true), seen).LookAsync()
        );
        string[] lost = [.. gaveUp, .. found.Lost];
        string[] broken = [.. found.Broken, .. farm.Surprises];
        var longest = ended.MaxBy(f => f.LongestWait);
        var text = new StringBuilder();
        Line(
            $"{run.Flows} flows on {run.Nodes} nodes, {run.Teams} at once, seed {run.Seed}: {ended.Count} ended in {played.TotalSeconds:0} s."
        );
        Line($"{lost.Length} lost, {found.Doubled.Count} effects doubled, {broken.Length} laws broken.");
        Line(
            $"{ended.Sum(f => f.Repeats)} times somebody pressed again; {found.Strays.Count} cards were posted once more."
        );
        Line($"The longest wait: {longest?.LongestWait.TotalSeconds:0.0} s ({longest?.LongestAct}).");
        foreach (var (kind, times) in weather.Counts.OrderBy(c => c.Key, StringComparer.Ordinal))
            Line($"  {times, 5}  {kind}");
        foreach (var problem in (string[])[.. lost, .. found.Doubled, .. broken])
            Line($"! {problem}");
        return new NodesReport(ended.Count, lost, found.Doubled, broken, text.ToString());

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string TicketOf(int number) => string.Create(CultureInfo.InvariantCulture, $"INC-{number}.");
}
