using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>Three nodes on one PostgreSQL, while everything goes wrong. The long form is <c>nodes</c> of the Playground.</summary>
[Trait("Suite", "nodes")]
[Collection(Alone.Name)]
public sealed class NodesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task All_flows_end_and_nothing_is_lost_or_doubled_while_nodes_die_and_platforms_fail()
    {
        var server = await PostgreSqlServer.StartAsync(isSafe: true);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");

        var report = await ManyNodes.RunAsync(new NodesRun(Flows: 6, Seed: 4, Teams: 6), server, _ => { });

        output.WriteLine(report.Text);
        Assert.True(report.IsClean, report.Text);
    }
}
