using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>The process is killed at each point of a request and started again, and the people go on.</summary>
[Trait("Suite", "crash")]
[Collection(Alone.Name)]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const string Tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    /// <summary>Set to 1, each point is tried on each database, up to the rotated password.</summary>
    private const string Long = "ROOTCUSTODY_LONG";

    [Fact]
    public async Task Wherever_the_process_dies_the_request_ends_and_each_law_holds()
    {
        var isLong = Environment.GetEnvironmentVariable(Long) == "1";
        await using var sqlite = new SqliteTemplate();
        await sqlite.FoundAsync(Tenant);
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var postgreSql = new PostgreSqlTemplate(server);
        await postgreSql.FoundAsync(Tenant);
        var matrix = new CrashMatrix([sqlite, postgreSql], withRotation: isLong);

        output.WriteLine(await matrix.RunAsync(everywhere: isLong));

        Assert.Empty(matrix.Found);
    }

    [Theory]
    [InlineData(NodeFlaw.LosesACard, null, "Paul reveals the password")]
    [InlineData(NodeFlaw.KeepsNoLog, null, "has 0 audit entries")]
    [InlineData(
        NodeFlaw.RevealsThenRecords,
        "Mona reveals the code: after the call Slack response_url",
        "law 4: mona-1 sees the Mfa half before it is recorded"
    )]
    public async Task What_is_broken_on_purpose_is_found(NodeFlaw flaw, string? deadly, string found)
    {
        await using var sqlite = new SqliteTemplate();
        await sqlite.FoundAsync(Tenant);

        await using var household = new Household(1);

        var result = await CrashCase.PlayAsync(
            sqlite,
            household,
            place: 0,
            deadly is null ? [] : [deadly],
            withRotation: false,
            flaw
        );

        Assert.Contains(result.Found, problem => problem.Contains(found, StringComparison.Ordinal));
    }
}

/// <summary>What would be slowed down by other tests beside it, or would slow them down, runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
