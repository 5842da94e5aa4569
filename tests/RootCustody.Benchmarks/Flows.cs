using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.Benchmarks;

/// <summary>Whole emergencies, from the request to the close and the demand for a rotation, beside the bare commit rate of the same database.</summary>
internal static class Flows
{
    private static readonly TimeSpan Bare = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Report report, Size size)
    {
        report.Title(
            $"Flows: {size.Flows} flows, {size.AtOnce} at once",
            [
                "database",
                "flows/s",
                "commits in a flow",
                "commits/s, 1 writer",
                $"commits/s, {size.AtOnce} writers",
                "of what 1 writer allows",
                "tried again",
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
        await using var rig = await Rig.FoundAsync(size.Flows + 1, server);
        await rig.ServeAsync();
        var commits = await AloneAsync(rig);
        var isSqlite = server is null;
        var one = await BareCommits.PerSecondAsync(rig.ConnectionString, isSqlite, 1, Bare);
        var many = await BareCommits.PerSecondAsync(rig.ConnectionString, isSqlite, size.AtOnce, Bare);

        var waiting = new ConcurrentQueue<Team>(rig.Company.Teams.Skip(1));
        var played = new ConcurrentBag<Flow>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, size.AtOnce).Select(_ => GoOnAsync()));
        var perSecond = played.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var share = perSecond * commits.Count / one;
        report.Line(
            $"| {name} | {perSecond:0.00} | {commits.Count} | {one:0} | {many:0} | {share:P1} | {played.Sum(f => f.Repeats)} |"
        );
        return commits;

        async Task GoOnAsync()
        {
            while (waiting.TryDequeue(out var team))
            {
                var flow = FlowOf(rig, team, _ => Task.CompletedTask);
                await flow.PlayAsync(withRotation: false);
                played.Add(flow);
            }
        }
    }

    /// <summary>One flow that has the host for itself, so that each commit is known by its act.</summary>
    private static async Task<IReadOnlyList<string>> AloneAsync(Rig rig)
    {
        var flow = FlowOf(rig, rig.Company.Teams[0], act => rig.Node.AskAsync($"act {act}"));
        await flow.PlayAsync(withRotation: false);
        await rig.Node.AskAsync("settle");
        var points = JsonSerializer.Deserialize<List<string>>(await rig.Node.AskAsync("points"))!;
        return [.. points.Where(p => p.Contains(": after the commit of ", StringComparison.Ordinal))];
    }

    private static Flow FlowOf(Rig rig, Team team, Func<string, Task> begin) =>
        new(
            rig.Slack,
            rig.Teams,
            team,
            $"INC-{team.Number}.",
            person => rig.Authenticators[person].Code(TimeProvider.System),
            new SwiftPace(rig.Node, begin)
        );

    /// <summary>People who press the moment they see what they wait for.</summary>
    private sealed class SwiftPace(NodeProcess node, Func<string, Task> begin) : Pace
    {
        private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

        public override Task BeginAsync(string act) => begin(act);

        public override async Task RestAsync(Func<bool> seen)
        {
            var began = Stopwatch.GetTimestamp();
            while (!seen() && Stopwatch.GetElapsedTime(began) < Patience)
                await Task.Delay(Look);
        }

        public override Task<T> WaitAsync<T>(Task<T> shown) => shown.WaitAsync(Patience);

        public override async Task NewCodeAsync()
        {
            var left = Step.Ticks - TimeProvider.System.GetUtcNow().Ticks % Step.Ticks;
            await Task.Delay(TimeSpan.FromTicks(left) + TimeSpan.FromMilliseconds(50));
        }

        public override Task SweepAsync() => node.AskAsync("sweep");
    }
}
