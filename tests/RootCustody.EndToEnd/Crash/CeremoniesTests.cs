using RootCustody.Playground;

namespace RootCustody.EndToEnd.Crash;

/// <summary>Ceremonies are played to their end; the process is killed inside the steps of a move and started again, and the people go on. In the long form it is killed in all of them.</summary>
[Trait("Suite", "ceremonies")]
[Collection(Alone.Name)]
public sealed class CeremoniesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Wherever_the_process_dies_the_ceremony_ends_and_each_law_holds()
    {
        var isLong = Environment.GetEnvironmentVariable(CrashTests.Long) == "1";
        await using var sqlite = new SqliteTemplate(Plot.OfCeremonies);
        await sqlite.FoundAsync(CrashTests.Tenant);
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        Assert.SkipWhen(server is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var postgreSql = new PostgreSqlTemplate(Plot.OfCeremonies, server);
        await postgreSql.FoundAsync(CrashTests.Tenant);
        Plot[] plots = isLong ? [Plot.Transfer, Plot.Move, Plot.Onboarding] : [Plot.Move];
        var matrix = new CrashMatrix([sqlite, postgreSql], plots);

        output.WriteLine(await matrix.RunAsync(isLong ? Reach.EachOnEachDatabase : Reach.EachKind));

        Assert.Empty(matrix.Found);
    }

    [Theory]
    [InlineData(nameof(Plot.Onboarding))]
    [InlineData(nameof(Plot.Transfer))]
    public async Task It_is_played_to_its_end_and_each_law_holds(string ceremony)
    {
        var plot = ceremony == nameof(Plot.Onboarding) ? Plot.Onboarding : Plot.Transfer;
        await using var sqlite = new SqliteTemplate(Plot.OfCeremonies);
        await sqlite.FoundAsync(CrashTests.Tenant);
        await using var household = new Household(1);

        var result = await CrashCase.PlayAsync(sqlite, plot, household, 0, []);

        Assert.Empty(result.Found);
    }
}
