using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.Benchmarks;

/// <summary>Whole emergencies, from the request to the close and the demand for a rotation, beside the bare commit rate of the same database.</summary>
internal static class Flows
{
    /// <summary>All clocks stand here: nobody has to wait for a new code, which says nothing about the host.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 10, TimeSpan.Zero);

    private static readonly TimeSpan Bare = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Report report, Size size)
    {
        report.Title(
            $"Flows: {size.Flows} flows after as many to warm up, {size.AtOnce} at once",
            [
                "database",
                "flows/s",
                "commits in a flow",
                "commits/s, 1 writer",
                $"commits/s, {size.AtOnce} writers",
                "of what 1 writer allows",
                "tried again",
                "CPU of the host in a flow",
            ]
        );
        var commits = await OneAsync(report, "SQLite", null, size);
        if (await PostgreSqlServer.StartAsync(isSafe: true) is { } server)
            commits = await OneAsync(report, "PostgreSQL", server, size);
        report.Title("Commits of one flow, by an interceptor of its transactions", ["act", "what is committed"]);
        foreach (var commit in commits)
            report.Line($"| {commit.Replace(": after the commit of ", " | ", StringComparison.Ordinal)} |");
    }

    private static async Task<IReadOnlyList<string>> OneAsync(
        Report report,
        string name,
        PostgreSqlServer? server,
        Size size
    )
    {
        await using var rig = await Rig.FoundAsync((2 * size.Flows) + 1, server, Noon);
        await rig.ServeAsync();
        var commits = await AloneAsync(rig);
        var isSqlite = server is null;
        await PlayAsync(rig, $"{name}, warming up", rig.Company.Teams.Skip(1).Take(size.Flows), size.AtOnce); // it compiles meanwhile
        var before = await BareAsync(rig, isSqlite, size);
        var (began, used) = (Stopwatch.GetTimestamp(), rig.Node.Process.CpuOfNow);
        var played = await PlayAsync(rig, name, rig.Company.Teams.Skip(1 + size.Flows), size.AtOnce);
        var perSecond = played.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cpu = (rig.Node.Process.CpuOfNow - used) / played.Count;
        var after = await BareAsync(rig, isSqlite, size);
        // the disk has its moods: of the two the stricter
        var (one, many) = (Math.Max(before.One, after.One), Math.Max(before.Many, after.Many));
        var share = perSecond * commits.Count / one;
        report.Line(
            $"| {name} | {perSecond:0.00} | {commits.Count} | {one:0} | {many:0} | {share:P1} | {played.Sum(f => f.Folk.Repeats)} | {cpu.TotalMilliseconds:0} ms |"
        );
        return commits;
    }

    private static async Task<IReadOnlyCollection<Flow>> PlayAsync(
        Rig rig,
        string name,
        IEnumerable<Team> teams,
        int atOnce
    )
    {
        var waiting = new ConcurrentQueue<Team>(teams);
        var played = new ConcurrentBag<Flow>();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => GoOnAsync()));
        return played;

        async Task GoOnAsync()
        {
            while (waiting.TryDequeue(out var team))
            {
                var flow = FlowOf(rig, team, _ => Task.CompletedTask);
                await flow.PlayAsync(FlowEnd.Closed);
                played.Add(flow);
                await Console.Error.WriteLineAsync(
                    $"{name}: {played.Count} flows; the longest wait of this one: {flow.Folk.LongestWait.TotalSeconds:0.0} s ({flow.Folk.LongestAct}), {flow.Folk.Repeats} repeats"
                );
            }
        }
    }

    private static async Task<(double One, double Many)> BareAsync(Rig rig, bool isSqlite, Size size) =>
        (
            await BareCommits.PerSecondAsync(rig.ConnectionString, isSqlite, 1, Bare),
            await BareCommits.PerSecondAsync(rig.ConnectionString, isSqlite, size.AtOnce, Bare)
        );

    /// <summary>One flow that has the host for itself, so that each commit is known by its act.</summary>
    private static async Task<IReadOnlyList<string>> AloneAsync(Rig rig)
    {
        var flow = FlowOf(rig, rig.Company.Teams[0], act => rig.Node.AskAsync($"act {act}"));
        await flow.PlayAsync(FlowEnd.RotationAsked);
        await rig.Node.AskAsync("settle");
        var points = JsonSerializer.Deserialize<List<string>>(await rig.Node.AskAsync("points"))!;
        return [.. points.Where(p => p.Contains(": after the commit of ", StringComparison.Ordinal))];
    }

    private static Flow FlowOf(Rig rig, Team team, Func<string, Task> begin) =>
        new(
            new Folk(
                rig.Slack,
                rig.Teams,
                person => rig.Authenticators[person].Code(rig.Clock),
                new SwiftPace(rig.Node, begin),
                TicketOf(team)
            ),
            team,
            TicketOf(team)
        );

    private static string TicketOf(Team team) => $"INC-{team.Number}.";

    /// <summary>People who press the moment they see what they wait for.</summary>
    private sealed class SwiftPace(RemoteNode node, Func<string, Task> begin) : Pace
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

        public override Task BeginAsync(string act) => begin(act);

        public override async Task RestAsync(Func<bool> seen)
        {
            var began = Stopwatch.GetTimestamp();
            while (!seen() && Stopwatch.GetElapsedTime(began) < Patience)
                await Task.Delay(Look);
        }

        public override Task<T> WaitAsync<T>(Task<T> shown) => shown.WaitAsync(Patience);

        public override Task NewCodeAsync() =>
            throw new InvalidOperationException("A reveal was refused although nothing goes wrong here.");

        public override Task SweepAsync() => node.AskAsync("sweep");
    }
}
