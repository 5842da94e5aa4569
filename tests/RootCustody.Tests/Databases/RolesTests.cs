using Microsoft.EntityFrameworkCore;
using Npgsql;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Databases;
using RootCustody.Host.Jobs;

namespace RootCustody.Tests.Databases;

/// <summary>The grants in <c>manifests/sql</c>: the role that serves can do all that serving takes, and nothing that would undo the log.</summary>
[Trait("Database", nameof(DatabaseProvider.PostgreSql))]
public sealed class RolesTests
{
    private const string AsServing = ";Options=-c role=rootcustody_serve";
    private const string AsAuditor = ";Options=-c role=rootcustody_audit";

    [Fact]
    public async Task A_whole_window_is_served_by_the_role_that_owns_nothing()
    {
        await using var stage = await ServingAsync();

        var id = await stage.OpenAsync();
        var shown = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await stage.ClickAsync(Stage.Paul, Actions.Hide, "", Bot.Password);
        var numbered = await stage.InDbAsync(async db =>
        {
            await new AuditStore(db).NumberWaitingAsync(CancellationToken.None);
            return await db.Audit.CountAsync(a => a.Sequence == null);
        });

        Assert.IsType<Reply.Shown>(shown);
        Assert.Equal(0, numbered);
    }

    [Theory, Trait("Law", "13")]
    [InlineData("""DELETE FROM "Audit" """)]
    [InlineData("""UPDATE "Audit" SET "Entry" = '{}'""")]
    [InlineData("""TRUNCATE "Audit" """)]
    [InlineData("""ALTER TABLE "Audit" DISABLE TRIGGER ALL""")]
    [InlineData("""DROP TRIGGER "TR_Audit_Guard" ON "Audit" """)]
    [InlineData("""DROP FUNCTION guard_audit() CASCADE""")]
    [InlineData("""SET session_replication_role = replica""")]
    [InlineData("""DELETE FROM "Exposures" """)]
    [InlineData("""UPDATE "Exposures" SET "Person" = "Account" """)]
    [InlineData("""UPDATE "Retirements" SET "Through" = 9""")]
    [InlineData("""UPDATE "Proofs" SET "At" = 9""")]
    [InlineData("""DELETE FROM "__EFMigrationsHistory" """)]
    [InlineData("""CREATE TABLE "Mine" ("Id" integer)""")]
    public async Task The_role_that_serves_undoes_nothing(string sql)
    {
        await using var stage = await ServingAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(stage, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task An_auditor_reads_the_log_and_nothing_else()
    {
        await using var stage = await GrantedAsync(AsAuditor);

        Assert.NotEqual(0, await stage.InDbAsync(db => db.Audit.CountAsync()));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(stage, """SELECT * FROM "People" """));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_jobs_run_under_the_role_that_serves()
    {
        await using var stage = await ServingAsync();

        var storage = Storages.Open(stage.Database.Settings);
        using var connection = storage.GetConnection();
        connection.SetRangeInHash("tried", [new("by", "the role that serves")]);

        Assert.Equal("the role that serves", connection.GetAllEntriesFromHash("tried")["by"]);
    }

    [Fact]
    public void The_script_for_SQL_Server_parses()
    {
        Assert.Null(TSql.FaultOf(File.ReadAllText(Path.Combine(Folder(), "sqlserver-roles.sql"))));
    }

    private static Task<Stage> ServingAsync() => GrantedAsync(AsServing);

    /// <summary>The owner has made everything and run the script; what comes then is another role's.</summary>
    private static async Task<Stage> GrantedAsync(string role)
    {
        var stage = await Stage.SetAsync();
        Storages.Open(stage.Database.Settings).GetReadOnlyConnection().Dispose();
        await RunAsync(stage, await File.ReadAllTextAsync(Path.Combine(Folder(), "postgresql-roles.sql")));
        stage.Database.Close();
        stage.Database.Settings.ConnectionString += role;
        await stage.RestartAsync();
        return stage;
    }

    private static Task<int> RunAsync(Stage stage, string sql) =>
        stage.InDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteNonQueryAsync();
        });

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "RootCustody.sln")))
            root = root.Parent!;
        return Path.Combine(root.FullName, "manifests", "sql");
    }
}
