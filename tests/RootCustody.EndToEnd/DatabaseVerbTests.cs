using Microsoft.Data.Sqlite;

namespace RootCustody.EndToEnd;

/// <summary>What an operator sees of the database at the command line.</summary>
public sealed class DatabaseVerbTests : IDisposable
{
    private static readonly KeyValuePair<string, string>[] Nowhere =
    [
        new("RootCustody__Database__Provider", "PostgreSql"),
        new("RootCustody__Database__ConnectionString", "Host=/nowhere;Username=nobody;Password=hunter2;Database=none"),
    ];

    private readonly string directory = Directory.CreateTempSubdirectory("rootcustody-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("SqlServer", "SET QUOTED_IDENTIFIER ON;")]
    [InlineData("PostgreSql", "CREATE TABLE IF NOT EXISTS")]
    [InlineData("Sqlite", "CREATE TABLE IF NOT EXISTS")]
    public async Task A_script_is_printed_and_nothing_else(string provider, string begin)
    {
        var printed = await HostProcess.RunAsync(directory, "db", "script", "--provider", provider);

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.StartsWith(begin, printed.Output, StringComparison.Ordinal);
        Assert.Contains("TR_Audit_", printed.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public async Task An_idempotent_script_for_Sqlite_is_refused_in_a_sentence()
    {
        var refused = await HostProcess.RunAsync(directory, "db", "script", "--provider", "Sqlite", "--idempotent");

        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("Run db migrate", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_pending_then_applied_and_a_foreign_one_is_not_served_on()
    {
        var before = await HostProcess.RunAsync(directory, "db", "status");
        var migrated = await HostProcess.RunAsync(directory, "db", "migrate");
        var after = await HostProcess.RunAsync(directory, "db", "status");
        await AddForeignMigrationAsync();
        var foreign = await HostProcess.RunAsync(directory, "readiness");
        var served = await HostProcess.RunAsync(directory);

        Assert.Equal((1, 0, 0, 1, 1), (before.Code, migrated.Code, after.Code, foreign.Code, served.Code));
        Assert.StartsWith("pending  ", before.Output, StringComparison.Ordinal);
        Assert.EndsWith("The schema is up to date.", migrated.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.StartsWith("applied  ", after.Output, StringComparison.Ordinal);
        Assert.StartsWith(
            "The database has the migration 29990101000000_Later",
            foreign.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("RootCustody does not start:", served.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db", "status")]
    [InlineData("db", "migrate")]
    [InlineData("serve")]
    public async Task A_server_that_does_not_answer_is_told_in_a_sentence_without_its_password(params string[] verb)
    {
        using var run = HostProcess.Start(directory, Nowhere, verb);
        var code = await run.EndAsync();
        var errors = await run.Errors;

        Assert.Equal(1, code);
        Assert.Contains("The database cannot be used: Failed to connect", errors, StringComparison.Ordinal);
        foreach (var never in (string[])["hunter2", "Unhandled exception", "   at RootCustody"])
            Assert.DoesNotContain(never, errors + await run.Output, StringComparison.Ordinal);
    }

    private async Task AddForeignMigrationAsync()
    {
        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(directory, "data", "rootcustody.db")};Pooling=false"
        );
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99')""";
        await command.ExecuteNonQueryAsync();
    }
}
