using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Playground;

namespace RootCustody.Tests.Databases;

/// <summary>One database of the kind that the running test asks for (<see cref="EachDatabase"/>), with the schema in it; gone after the test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // the schema is made once for each kind and copied: that takes a tenth of the time
    private static readonly Dictionary<DatabaseProvider, Lazy<Task<TestDatabase>>> Empty = new()
    {
        [DatabaseProvider.Sqlite] = new(() => MakeAsync(DatabaseProvider.Sqlite)),
        [DatabaseProvider.PostgreSql] = new(() => MakeAsync(DatabaseProvider.PostgreSql)),
    };

    private readonly PostgreSqlServer? server;

    private TestDatabase(DatabaseSettings settings, PostgreSqlServer? server)
    {
        Settings = settings;
        this.server = server;
    }

    public DatabaseSettings Settings { get; }

    /// <summary>With the schema, and nothing in it.</summary>
    public static async Task<TestDatabase> NewAsync()
    {
        var wanted = EachDatabase.Wanted;
        return wanted == DatabaseProvider.SqlServer
            ? await MakeAsync(wanted)
            : await (await Empty[wanted].Value).CopyAsync();
    }

    /// <summary>With nothing at all, not even the schema.</summary>
    public static async Task<TestDatabase> BareAsync(DatabaseProvider provider)
    {
        var (server, name) = (null as PostgreSqlServer, $"rootcustody_{Guid.NewGuid():N}");
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                return new TestDatabase(
                    DatabaseSettings.OfFile(Path.Combine(Path.GetTempPath(), $"{name}.db")),
                    server: null
                );
            case DatabaseProvider.PostgreSql:
                server = await SharedPostgreSql.ServerAsync();
                await server.ExecuteAsync($"CREATE DATABASE \"{name}\"");
                return new TestDatabase(Of(provider, server.ConnectionStringOf(name)), server);
            default:
                var named = Environment.GetEnvironmentVariable(EachDatabase.SqlServerVariable);
                return new TestDatabase(
                    Of(provider, new SqlConnectionStringBuilder(named) { InitialCatalog = name }.ConnectionString),
                    server: null
                );
        }
    }

    /// <summary>Another one with the same in it. Nobody may be connected to this one.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        if (server is null)
        {
            var copy = await BareAsync(DatabaseProvider.Sqlite);
            File.Copy(FileOf(this), FileOf(copy));
            return copy;
        }
        var name = $"rootcustody_{Guid.NewGuid():N}";
        var template = new NpgsqlConnectionStringBuilder(Settings.ConnectionString).Database;
        await server.ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        return new TestDatabase(Of(DatabaseProvider.PostgreSql, server.ConnectionStringOf(name)), server);
    }

    /// <summary>Backs a server's database up in the way of its manual.</summary>
    /// <returns>The file, which that server reads.</returns>
    public async Task<string> BackUpAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"rootcustody-{Guid.NewGuid():N}.dump");
        if (server is not null)
            await server.RunToolAsync("pg_dump", [.. ToolOf(server), "--format=custom", $"--file={file}", Name]);
        else
            await AskMasterAsync($"BACKUP DATABASE [{Name}] TO DISK = N'{file}' WITH COPY_ONLY, CHECKSUM, INIT");
        return file;
    }

    /// <summary>Puts such a backup back: on PostgreSQL into a new database, on SQL Server into this one.</summary>
    public async Task<TestDatabase> RestoreAsync(string file)
    {
        if (server is not null)
        {
            var restored = await BareAsync(DatabaseProvider.PostgreSql);
            string[] how = ["--exit-on-error", "--single-transaction", $"--dbname={restored.Name}", file];
            await server.RunToolAsync("pg_restore", [.. ToolOf(server), .. how]);
            File.Delete(file);
            await DisposeAsync();
            return restored;
        }
        await AskMasterAsync(
            $"""
            ALTER DATABASE [{Name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
            RESTORE DATABASE [{Name}] FROM DISK = N'{file}' WITH REPLACE, CHECKSUM;
            ALTER DATABASE [{Name}] SET MULTI_USER;
            """
        );
        return this;
    }

    private string Name =>
        server is not null
            ? new NpgsqlConnectionStringBuilder(Settings.ConnectionString).Database!
            : new SqlConnectionStringBuilder(Settings.ConnectionString).InitialCatalog;

    private static string[] ToolOf(PostgreSqlServer server)
    {
        var reached = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return [$"--host={reached.Host}", $"--username={reached.Username}"];
    }

    private async Task AskMasterAsync(string sql)
    {
        var master = new SqlConnectionStringBuilder(Settings.ConnectionString) { InitialCatalog = "master" };
        await using var connection = new SqlConnection(master.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A context as each scope gets one.</summary>
    public CustodyDb Open(WriterTurn writer, CommitBell bell, TimeProvider clock) =>
        Settings.Open(
            writer,
            bell,
            new PolicyBook([]),
            clock,
            Settings.Provider == DatabaseProvider.Sqlite ? TSqlWatch.Over : null
        );

    /// <summary>Lets go of all connections; on SQLite the write-ahead log is folded in.</summary>
    public void Close()
    {
        if (Settings.Provider == DatabaseProvider.Sqlite)
        {
            using var pooled = new SqliteConnection(Settings.ConnectionString);
            SqliteConnection.ClearPool(pooled); // these only: other tests are at work
        }
        else if (server is not null)
        {
            using var pooled = new NpgsqlConnection(Settings.Reached);
            NpgsqlConnection.ClearPool(pooled);
        }
    }

    /// <summary>All that stands in the database, as it lies on the disk.</summary>
    public async Task<byte[]> BytesAsync()
    {
        if (Settings.Provider == DatabaseProvider.Sqlite)
            return
            [
                .. Directory
                    .EnumerateFiles(Path.GetTempPath(), Path.GetFileName(FileOf(this)) + "*")
                    .SelectMany(File.ReadAllBytes),
            ];
        return await server!.DumpAsync(Settings.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        if (Settings.Provider == DatabaseProvider.Sqlite)
        {
            File.Delete(FileOf(this));
            return;
        }
        if (server is not null)
        {
            var name = new NpgsqlConnectionStringBuilder(Settings.ConnectionString).Database;
            await server.ExecuteAsync($"DROP DATABASE \"{name}\" WITH (FORCE)");
            return;
        }
        using var writer = new WriterTurn();
        await using var db = Open(writer, new CommitBell(), TimeProvider.System);
        await db.Database.EnsureDeletedAsync();
    }

    private static async Task<TestDatabase> MakeAsync(DatabaseProvider provider)
    {
        var made = await BareAsync(provider);
        using var writer = new WriterTurn();
        await using (var db = made.Open(writer, new CommitBell(), TimeProvider.System))
            await db.Database.MigrateAsync();
        made.Close();
        return made;
    }

    private static DatabaseSettings Of(DatabaseProvider provider, string connectionString) =>
        new() { Provider = provider, ConnectionString = connectionString };

    private static string FileOf(TestDatabase database) =>
        new SqliteConnectionStringBuilder(database.Settings.ConnectionString).DataSource;
}
