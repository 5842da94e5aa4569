using Microsoft.Data.Sqlite;
using RootCustody.Audit;

namespace RootCustody.Data.Backups;

/// <summary>What a copy of the embedded database holds.</summary>
/// <param name="Schema">The newest migration in it.</param>
/// <param name="Head">How far its audit log goes.</param>
public sealed record BackupFacts(long Bytes, string Schema, ChainHead Head);

/// <summary>What came of looking into a file that is said to be a backup.</summary>
public abstract record BackupFile
{
    private const string NotOurs =
        "This is no database of RootCustody. Only a file that 'backup' wrote can be restored.";

    private BackupFile() { } // closed: these two and no other

    /// <summary>It is whole, of a schema that we know, and its audit log is as it was written up to its head.</summary>
    public sealed record Sound(BackupFacts Facts) : BackupFile;

    public sealed record Refused(string Why) : BackupFile;

    /// <param name="file">A copy of our own: SQLite may write beside it.</param>
    /// <param name="known">The migrations that this version has.</param>
    public static async Task<BackupFile> CheckAsync(
        string file,
        IReadOnlyCollection<string> known,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await SqliteFile.OpenAsync(file, cancellationToken);
            return await CheckAsync(connection, file, known, cancellationToken);
        }
        catch (SqliteException)
        {
            return new Refused("This file is damaged, or no database at all. Take an older backup.");
        }
    }

    private static async Task<BackupFile> CheckAsync(
        SqliteConnection connection,
        string file,
        IReadOnlyCollection<string> known,
        CancellationToken cancellationToken
    )
    {
        if (await connection.AskAsync("PRAGMA integrity_check", cancellationToken) != "ok")
            return new Refused(
                "This file is damaged: SQLite finds pages that do not fit together. Take an older backup."
            );

        var ours = await connection.CountAsync(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('Audit', 'Exposures', 'Requests', '__EFMigrationsHistory')",
            cancellationToken
        );
        if (ours < 4)
            return new Refused(NotOurs);

        var schemas = await SchemasAsync(connection, cancellationToken);
        if (schemas.Count == 0)
            return new Refused(NotOurs);
        if (schemas.Find(s => !known.Contains(s, StringComparer.Ordinal)) is { } strange)
            return new Refused(
                $"This backup is of another version of RootCustody: this one does not know its schema '{strange}'. Restore it with that version."
            );

        var (head, flaw) = await WalkAsync(connection, cancellationToken);
        return flaw is null
            ? new Sound(new BackupFacts(new FileInfo(file).Length, schemas[^1], head))
            : new Refused(flaw);
    }

    private static async Task<List<string>> SchemasAsync(
        SqliteConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var schemas = new List<string>();
        while (await row.ReadAsync(cancellationToken))
            schemas.Add(row.GetString(0));
        return schemas;
    }

    /// <summary>Goes along the chain of the audit log (law 13).</summary>
    private static async Task<(ChainHead Head, string? Flaw)> WalkAsync(
        SqliteConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT Sequence, Previous, Hash, Entry FROM Audit WHERE Sequence IS NOT NULL ORDER BY Sequence";
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var head = ChainHead.Genesis;
        while (await row.ReadAsync(cancellationToken))
        {
            var entry = new SequencedEntry(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3));
            if (entry != Chain.Number(head, [entry.Entry])[0])
                return (
                    head,
                    $"The audit log in this backup was changed: entry {head.Sequence + 1} does not follow the one before it."
                );
            head = entry.Head;
        }
        return (head, null);
    }
}
