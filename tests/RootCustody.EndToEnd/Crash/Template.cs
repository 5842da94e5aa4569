using Microsoft.Data.Sqlite;
using Npgsql;
using RootCustody.Data.Databases;
using RootCustody.Playground;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>A founded company on disk, made once and copied for each case.</summary>
/// <param name="company">Who is in it.</param>
internal abstract class Template(Company company) : IAsyncDisposable
{
    private static readonly DateTimeOffset Founded = new(2026, 11, 23, 11, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("rootcustody-template-").FullName;
    private IReadOnlyDictionary<string, Authenticator> authenticators = new Dictionary<string, Authenticator>();

    public abstract string Name { get; }

    public Company Company => company;

    public string CodeOf(string person, TimeProvider clock) => authenticators[person].Code(clock);

    /// <param name="tenant">The tenant of the fake Teams.</param>
    public async Task FoundAsync(string tenant)
    {
        await MakeDatabaseAsync(folder);
        authenticators = await Founding.OfAsync(Company, tenant, SettingsOf(folder), new StandingClock(Founded));
        await ReleaseAsync(folder);
    }

    /// <returns>The settings with which a node finds the copy, and what has to be disposed afterwards.</returns>
    public async Task<Copy> CopyAsync()
    {
        var to = Directory.CreateTempSubdirectory("rootcustody-crash-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        await CopyDatabaseAsync(folder, to);
        return new Copy(
            SettingsOf(to),
            async () =>
            {
                await ReleaseAsync(to);
                await DropDatabaseAsync(to);
                Directory.Delete(to, recursive: true);
            }
        );
    }

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <param name="folder">Where the vault lies; the database has its name or lies in it.</param>
    protected abstract IReadOnlyDictionary<string, string?> SettingsOf(string folder);

    /// <summary>Makes an empty database, if it does not lie in the folder.</summary>
    protected virtual Task MakeDatabaseAsync(string folder) => Task.CompletedTask;

    /// <summary>Copies the database, if it does not lie in the folder.</summary>
    protected virtual Task CopyDatabaseAsync(string from, string to) => Task.CompletedTask;

    /// <summary>Drops it, if it does not lie in the folder.</summary>
    protected virtual Task DropDatabaseAsync(string folder) => Task.CompletedTask;

    /// <summary>Nobody holds the database open any more.</summary>
    protected abstract Task ReleaseAsync(string folder);

    public sealed class Copy(IReadOnlyDictionary<string, string?> settings, Func<Task> remove) : IAsyncDisposable
    {
        public IReadOnlyDictionary<string, string?> Settings => settings;

        public async ValueTask DisposeAsync() => await remove();
    }
}

internal sealed class SqliteTemplate(Company company) : Template(company)
{
    public override string Name => "SQLite";

    protected override IReadOnlyDictionary<string, string?> SettingsOf(string folder) =>
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["RootCustody:DataDirectory"] = folder };

    protected override Task ReleaseAsync(string folder)
    {
        using var pooled = new SqliteConnection($"Data Source={Path.Combine(folder, "rootcustody.db")}");
        SqliteConnection.ClearPool(pooled); // these only: other tests have theirs open
        return Task.CompletedTask;
    }
}

internal sealed class PostgreSqlTemplate(Company company, PostgreSqlServer server) : Template(company)
{
    public override string Name => "PostgreSQL";

    protected override IReadOnlyDictionary<string, string?> SettingsOf(string folder) =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["RootCustody:DataDirectory"] = folder,
            ["RootCustody:Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
            ["RootCustody:Database:ConnectionString"] = server.ConnectionStringOf(NameOf(folder)),
        };

    protected override Task MakeDatabaseAsync(string folder) =>
        server.ExecuteAsync($"CREATE DATABASE \"{NameOf(folder)}\"");

    protected override Task CopyDatabaseAsync(string from, string to) =>
        server.ExecuteAsync($"CREATE DATABASE \"{NameOf(to)}\" TEMPLATE \"{NameOf(from)}\"");

    protected override Task DropDatabaseAsync(string folder) =>
        server.ExecuteAsync($"DROP DATABASE \"{NameOf(folder)}\" WITH (FORCE)");

    private DatabaseSettings SessionsOf(string folder) =>
        new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = server.ConnectionStringOf(NameOf(folder)) };

    protected override Task ReleaseAsync(string folder)
    {
        using var pooled = new NpgsqlConnection(SessionsOf(folder).Reached);
        NpgsqlConnection.ClearPool(pooled);
        return Task.CompletedTask;
    }

    private static string NameOf(string folder) => Path.GetFileName(folder);
}
