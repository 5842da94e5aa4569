using Microsoft.EntityFrameworkCore;
using Npgsql;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Tests.Databases;

/// <summary>A process that stands still in a transaction does not hold up the others for ever: the server ends its session.</summary>
[Trait("Database", nameof(DatabaseProvider.PostgreSql))]
public sealed class PostgreSqlSessionsTests
{
    private const string Soon = "-c idle_in_transaction_session_timeout=50ms";

    [Fact]
    public async Task The_server_ends_a_session_that_stands_still_in_a_transaction_for_a_minute()
    {
        await using var database = await TestDatabase.NewAsync();

        Assert.Equal("1min", await LimitAsync(database.Settings));
    }

    [Fact]
    public async Task What_the_operator_sets_counts_and_the_rest_of_it_stays()
    {
        await using var database = await TestDatabase.NewAsync();
        var settings = With(database, $"{Soon} -c application_name=theirs");

        Assert.Equal("50ms", await LimitAsync(settings));
        Assert.Equal("theirs", await AskAsync(settings, "SHOW application_name"));
    }

    [Fact]
    public async Task A_decision_that_stood_still_until_the_server_ended_it_leaves_nothing_and_holds_up_nobody()
    {
        await using var stage = await Stage.SetAsync();
        stage.Database.Close();
        stage.Database.Settings.ConnectionString = With(stage.Database, Soon).ConnectionString;
        await stage.RestartAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() =>
            stage.DecideAsync(async db =>
            {
                await RenameAsync(stage, db, "Paul who stood still");
                await EndedAsync(stage.Database.Settings, ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID);
            })
        );
        var left = await NameAsync(stage);
        await stage.DecideAsync(db => RenameAsync(stage, db, "Paul who went on"));

        Assert.DoesNotContain("stood still", left, StringComparison.Ordinal);
        Assert.Equal("Paul who went on", await NameAsync(stage));
    }

    [Fact]
    public void Nothing_is_reached_where_nothing_is_named() =>
        Assert.Empty(new DatabaseSettings { Provider = DatabaseProvider.PostgreSql }.Reached);

    private static async Task RenameAsync(Stage stage, CustodyDb db, string name)
    {
        (await db.People.SingleAsync(p => p.Id == stage.People[Stage.Paul])).Rename(name);
        await db.SaveChangesAsync();
    }

    private static Task<string> NameAsync(Stage stage) =>
        stage.InDbAsync(db => db.People.Where(p => p.Id == stage.People[Stage.Paul]).Select(p => p.Name).SingleAsync());

    private static DatabaseSettings With(TestDatabase database, string options) =>
        new()
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = $"{database.Settings.ConnectionString};Options={options};Pooling=false",
        };

    private static Task<string> LimitAsync(DatabaseSettings settings) =>
        AskAsync(settings, "SHOW idle_in_transaction_session_timeout");

    private static async Task<string> AskAsync(DatabaseSettings settings, string sql)
    {
        await using var connection = new NpgsqlConnection(settings.Reached);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync()}";
    }

    /// <summary>Waits on the server until a session of it is gone.</summary>
    private static async Task EndedAsync(DatabaseSettings settings, int session)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"DO $$ BEGIN WHILE EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = {session}) LOOP PERFORM pg_stat_clear_snapshot(), pg_sleep(0.01); END LOOP; END $$",
            connection
        );
        await command.ExecuteNonQueryAsync();
    }
}
