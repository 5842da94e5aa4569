using RootCustody.Playground;

namespace RootCustody.EndToEnd.Crash;

/// <summary>The process is killed inside of the steps of ceremonies and started again, and the people go on.</summary>
[Trait("Suite", "ceremonies")]
[Collection(Alone.Name)]
public sealed class CeremoniesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Wherever_the_process_dies_the_ceremony_ends_and_each_law_holds()
    {
        var isLong = Environment.GetEnvironmentVariable(CrashTests.Long) == "1";

        var found = isLong
            ? await PlayAsync(
                Reach.EachOnEachDatabase,
                Plot.Transfer,
                Plot.TransferInHalves,
                Plot.Move,
                Plot.Onboarding,
                Plot.DeviceChange,
                Plot.End
            )
            : await PlayAsync(Reach.EachKind, Plot.Move);

        Assert.Empty(found);
    }

    [Fact]
    public async Task After_a_death_in_each_step_the_people_go_on_and_each_law_holds()
    {
        var found = await PlayAsync(
            Reach.EachStep,
            Plot.Rotation,
            Plot.Transfer,
            Plot.TransferInHalves,
            Plot.Onboarding,
            Plot.DeviceChange,
            Plot.End
        );

        Assert.Empty(found);
    }

    private async Task<IReadOnlyCollection<string>> PlayAsync(Reach reach, params Plot[] plots)
    {
        await using var sqlite = new SqliteTemplate(Plot.OfCeremonies);
        await sqlite.FoundAsync(CrashTests.Tenant);
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var postgreSql = new PostgreSqlTemplate(Plot.OfCeremonies, server);
        await postgreSql.FoundAsync(CrashTests.Tenant);
        var matrix = new CrashMatrix([sqlite, postgreSql], plots);

        output.WriteLine(await matrix.RunAsync(reach));

        return matrix.Found;
    }
}
