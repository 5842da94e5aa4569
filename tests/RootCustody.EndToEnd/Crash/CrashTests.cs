using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>The process is killed at each point of a request and started again, and the people go on.</summary>
[Trait("Suite", "crash")]
[Collection(Alone.Name)]
public sealed class CrashTests(ITestOutputHelper output)
{
    internal const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    /// <summary>Set to 1, each point is tried on each database, up to the rotated password.</summary>
    internal const string Long = "ROOTCUSTODY_LONG";

    [Fact]
    public async Task Wherever_the_process_dies_the_request_ends_and_each_law_holds()
    {
        var isLong = Environment.GetEnvironmentVariable(Long) == "1";
        await using var sqlite = new SqliteTemplate(Plot.OfRequests);
        await sqlite.FoundAsync(Tenant);
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var postgreSql = new PostgreSqlTemplate(Plot.OfRequests, server);
        await postgreSql.FoundAsync(Tenant);
        var matrix = new CrashMatrix([sqlite, postgreSql], Plot.Request(withRotation: isLong));

        output.WriteLine(await matrix.RunAsync(isLong ? Reach.EachOnEachDatabase : Reach.EachOnce));

        Assert.Empty(matrix.Found);
    }

    [Fact]
    public async Task What_is_broken_on_purpose_is_found()
    {
        (NodeFlaw Flaw, string[] Deadly, string Found)[] broken =
        [
            (NodeFlaw.LosesACard, [], "Paul reveals the password"),
            (NodeFlaw.KeepsNoLog, [], "has 0 audit entries"),
            (
                NodeFlaw.RevealsThenRecords,
                ["Mona reveals the code: after the call Slack response_url"],
                "law 4: mona-1 sees the Mfa half before it is recorded"
            ),
        ];
        await using var sqlite = new SqliteTemplate(Plot.OfRequests);
        await sqlite.FoundAsync(Tenant);
        await using var household = new Household(broken.Length);
        var plot = Plot.Request(withRotation: false);

        var results = await Task.WhenAll(broken.Select((b, place) => PlayAsync(place, b.Flaw, b.Deadly)));

        Assert.All(
            broken.Zip(results),
            pair =>
                Assert.Contains(
                    pair.Second.Found,
                    problem => problem.Contains(pair.First.Found, StringComparison.Ordinal)
                )
        );

        async Task<CrashResult> PlayAsync(int place, NodeFlaw flaw, string[] deadly)
        {
            try
            {
                return await CrashCase.PlayAsync(sqlite, plot, household, place, deadly, flaw);
            }
            finally
            {
                household.Leave(place); // or the others would wait for it
            }
        }
    }
}

/// <summary>What would be slowed down by other tests beside it, or would slow them down, runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
