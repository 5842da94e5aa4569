using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RootCustody.Data.Databases;

/// <summary>How the schema of a database stands to this version of RootCustody.</summary>
/// <param name="Applied">The migrations that it has.</param>
/// <param name="Pending">Those that it lacks.</param>
/// <param name="Unknown">Those that it has and this version does not know.</param>
public sealed record SchemaStatus(
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown
)
{
    /// <summary>Why the host must not serve on it, in a sentence; null if it may.</summary>
    public string? WhyNotServe =>
        Unknown.Count > 0
            ? $"The database has {Names(Unknown)}, which this version does not know: another version of RootCustody made it. Start that version, or a newer one."
        : Pending.Count > 0 ? $"The database lacks {Names(Pending)}. Run: db migrate"
        : null;

    private static string Names(IReadOnlyList<string> migrations) =>
        $"the migration{(migrations.Count > 1 ? "s" : "")} {string.Join(", ", migrations)}";
}

/// <summary>The schema of the database: compares it with what this version knows, and brings it there.</summary>
public sealed class Schema(CustodyDb db)
{
    private static readonly StringComparer ById = StringComparer.Ordinal;

    public async Task<SchemaStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToList();
        // asked first, because of an empty database the library would log an error
        var applied = await db.GetService<IHistoryRepository>().ExistsAsync(cancellationToken)
            ? (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList()
            : [];
        return new SchemaStatus(applied, [.. known.Except(applied, ById)], [.. applied.Except(known, ById)]);
    }

    /// <summary>Brings it up to date, each migration as a whole or not at all. Several processes may do so at once.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var turn = await db.LockSchemaAsync(cancellationToken);
        // made first where nobody else can make it now: the library would ask for its rows to see whether it is there, and log an error
        if (turn is not null)
            await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>The script that makes the schema; needs no server.</summary>
    /// <param name="idempotent">It may be run on a database that has some of the migrations already. SQLite cannot.</param>
    public static string Script(DatabaseProvider provider, bool idempotent)
    {
        using var writer = new WriterTurn();
        using var nowhere = provider.OpenNowhere(writer);
        var script = nowhere
            .GetService<IMigrator>()
            .GenerateScript(
                options: idempotent ? MigrationsSqlGenerationOptions.Idempotent : MigrationsSqlGenerationOptions.Default
            );
        // sqlcmd switches it off, but filtered indexes and "names" want it
        return provider == DatabaseProvider.SqlServer
            ? $"SET QUOTED_IDENTIFIER ON;{Environment.NewLine}GO{Environment.NewLine}{Environment.NewLine}{script}"
            : script;
    }
}
