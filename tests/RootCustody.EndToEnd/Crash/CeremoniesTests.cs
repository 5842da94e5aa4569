using RootCustody.Playground;

namespace RootCustody.EndToEnd.Crash;

/// <summary>The process is killed inside the steps of each ceremony and started again, and the people go on.</summary>
[Trait("Suite", "ceremonies")]
[Collection(Alone.Name)]
public sealed class CeremoniesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Wherever_the_process_dies_each_ceremony_ends_and_each_law_holds()
    {
        var isLong = Environment.GetEnvironmentVariable(CrashTests.Long) == "1";
        await using var sqlite = new SqliteTemplate(Plot.OfCeremonies);
        await sqlite.FoundAsync(CrashTests.Tenant);
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var postgreSql = new PostgreSqlTemplate(Plot.OfCeremonies, server);
        await postgreSql.FoundAsync(CrashTests.Tenant);
        Plot[] plots = isLong ? [Plot.Transfer, Plot.Move, Plot.Onboarding] : [Plot.Transfer, Plot.Move];
        var matrix = new CrashMatrix([sqlite, postgreSql], plots);

        output.WriteLine(await matrix.RunAsync(isLong ? Reach.EachOnEachDatabase : Reach.EachKind));

        Assert.Empty(matrix.Found);
    }

    [Fact]
    public async Task An_onboarding_is_played_to_its_end_and_each_law_holds()
    {
        await using var sqlite = new SqliteTemplate(Plot.OfCeremonies);
        await sqlite.FoundAsync(CrashTests.Tenant);
        await using var household = new Household(1);

        var result = await CrashCase.PlayAsync(sqlite, Plot.Onboarding, household, 0, []);

        Assert.Empty(result.Found);
    }
}
