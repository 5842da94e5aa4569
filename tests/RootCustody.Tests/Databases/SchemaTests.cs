using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Tests.Databases;

public sealed class SchemaTests
{
    [DatabaseFact]
    public async Task A_bare_database_lacks_everything_and_a_migrated_one_nothing()
    {
        await using var database = await TestDatabase.BareAsync(EachDatabase.Wanted);
        await using var db = Open(database);
        var schema = new Schema(db);

        var before = await schema.StatusAsync(CancellationToken.None);
        await schema.MigrateAsync(CancellationToken.None);
        var after = await schema.StatusAsync(CancellationToken.None);

        Assert.Empty(before.Applied);
        Assert.EndsWith("Run: db migrate", before.WhyNotServe, StringComparison.Ordinal);
        Assert.Equal(before.Pending, after.Applied);
        Assert.Null(after.WhyNotServe);
    }

    [DatabaseFact]
    public async Task An_empty_database_is_migrated_without_an_error_in_the_log()
    {
        await using var database = await TestDatabase.BareAsync(EachDatabase.Wanted);
        await using var db = Open(database);
        using var heard = new HeardCommands();

        await new Schema(db).MigrateAsync(CancellationToken.None);

        Assert.NotEmpty(heard.All);
        Assert.Empty(heard.Failed);
    }

    [DatabaseFact]
    public async Task A_migration_of_another_version_is_named_and_not_served_on()
    {
        await using var database = await TestDatabase.NewAsync();
        await using var db = Open(database);
        await RunAsync(
            db,
            """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Later', '99')"""
        );

        var status = await new Schema(db).StatusAsync(CancellationToken.None);

        Assert.Equal(["29990101000000_Later"], status.Unknown);
        Assert.Contains("29990101000000_Later", status.WhyNotServe, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task The_seed_that_an_account_had_before_devices_had_names_serves_on()
    {
        await using var database = await TestDatabase.BareAsync(EachDatabase.Wanted);
        await using var db = Open(database);
        await db.GetService<IMigrator>().MigrateAsync("RotationSchedule");
        var (with, without) = (AccountId.New(DateTimeOffset.UnixEpoch), AccountId.New(DateTimeOffset.UnixEpoch));
        await InsertAsync(with, "111122223333", 3);
        await InsertAsync(without, "444455556666", 0);

        await new Schema(db).MigrateAsync(CancellationToken.None);

        var device = Assert.Single(await db.MfaDevices.ToListAsync());
        Assert.Equal(
            (with, 3, DeviceKind.Seed, "First device"),
            (device.Account, device.Generation, device.Kind, device.Label)
        );
        Assert.True(device.Serves);

        Task InsertAsync(AccountId id, string number, int seed) =>
            RunAsync(
                db,
                $"""
                INSERT INTO "Accounts" ("Id", "Number", "Name", "Email", "Customer", "PasswordGroup", "MfaGroup", "PasswordGeneration", "MfaGeneration", "Version")
                VALUES ('{Text(id.Value)}', '{number}', 'Main', 'aws@acme.example', '{Text(Guid.NewGuid())}', '{Text(
                    Guid.NewGuid()
                )}', '{Text(Guid.NewGuid())}', 1, {seed}, 0)
                """
            );

        static string Text(Guid id) => id.ToString("D").ToUpperInvariant(); // as SQLite keeps it
    }

    [DatabaseFact]
    public async Task Many_processes_may_migrate_at_once()
    {
        await using var database = await TestDatabase.BareAsync(EachDatabase.Wanted);

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    await using var db = Open(database);
                    await new Schema(db).MigrateAsync(CancellationToken.None);
                })
        );

        await using var after = Open(database);
        Assert.Null((await new Schema(after).StatusAsync(CancellationToken.None)).WhyNotServe);
    }

    [Theory, Trait("Database", nameof(DatabaseProvider.PostgreSql))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_script_for_PostgreSql_makes_what_a_migration_makes(bool idempotent)
    {
        await using var database = await TestDatabase.BareAsync(DatabaseProvider.PostgreSql);
        await using var db = Open(database);
        var script = Schema.Script(DatabaseProvider.PostgreSql, idempotent);

        await RunAsync(db, script);
        if (idempotent)
            await RunAsync(db, script);

        Assert.Null((await new Schema(db).StatusAsync(CancellationToken.None)).WhyNotServe);
        Assert.Equal(0, await db.People.CountAsync());
    }

    [Fact]
    public async Task The_script_for_Sqlite_makes_what_a_migration_makes()
    {
        await using var scripted = await TestDatabase.BareAsync(DatabaseProvider.Sqlite);
        await using var migrated = await TestDatabase.NewAsync();
        await using var one = Open(scripted);
        await using var other = Open(migrated);

        await RunAsync(one, Schema.Script(DatabaseProvider.Sqlite, idempotent: false));

        Assert.Equal(await MadeAsync(other), await MadeAsync(one));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void No_change_of_the_model_lacks_its_migration(DatabaseProvider provider)
    {
        using var turn = new WriterTurn();
        using var nowhere = provider.OpenNowhere(turn);

        Assert.False(nowhere.Database.HasPendingModelChanges());
    }

    private static CustodyDb Open(TestDatabase database) =>
        database.Open(new WriterTurn(), new CommitBell(), TimeProvider.System);

    private static async Task RunAsync(CustodyDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyList<string>> MadeAsync(CustodyDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '__EF%' ORDER BY type, name";
        await using var rows = await command.ExecuteReaderAsync();
        List<string> made = [];
        while (await rows.ReadAsync())
            made.Add(rows.GetString(0));
        return made;
    }
}
