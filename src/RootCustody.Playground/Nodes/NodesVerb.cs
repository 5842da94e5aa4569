using System.CommandLine;

namespace RootCustody.Playground.Nodes;

/// <summary><c>nodes</c>: many flows on several processes and one PostgreSQL, while everything goes wrong.</summary>
internal static class NodesVerb
{
    public static Command Make()
    {
        var flows = new Option<int>("--flows")
        {
            Description = "How many flows are played.",
            DefaultValueFactory = _ => 200,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "What goes wrong when follows from it.",
            DefaultValueFactory = _ => 1,
        };
        var teams = new Option<int>("--at-once")
        {
            Description = "How many flows go on at the same time.",
            DefaultValueFactory = _ => 20,
        };
        var nodes = new Command(
            "nodes",
            "Plays many flows on three host processes and one PostgreSQL, while nodes are killed, the database is stopped and the platforms misbehave; says what was lost or doubled."
        )
        {
            flows,
            seed,
            teams,
        };
        nodes.SetAction(
            (parsed, _) => RunAsync(new NodesRun(parsed.GetValue(flows), parsed.GetValue(seed), parsed.GetValue(teams)))
        );
        return nodes;
    }

    private static async Task<int> RunAsync(NodesRun run)
    {
        if (await PostgreSqlServer.StartAsync(isSafe: true) is not { } database)
        {
            await Console.Error.WriteLineAsync("PostgreSQL is not installed (Debian: apt-get install postgresql).");
            return 2;
        }
        var report = await ManyNodes.RunAsync(run, database, Console.Error.WriteLine);
        await Console.Out.WriteAsync(report.Text);
        return report.IsClean ? 0 : 1;
    }
}
