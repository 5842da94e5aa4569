using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;

namespace RootCustody.Data.Backups;

/// <summary>What the present database holds and the backup does not.</summary>
public sealed record RestoreLoss(long Entries, long Requests, long Exposures);

/// <summary>Puts a backup in the place of the embedded database, which no host may be serving from.</summary>
public sealed class RestoreBackup(CustodyDb db, TimeProvider clock)
{
    /// <summary>What came of looking at both.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        /// <summary>It can be restored; nothing is changed yet. To be disposed.</summary>
        public sealed record Ready(ReadyRestore Restore) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    public async Task<Outcome> PrepareAsync(string file, CancellationToken cancellationToken)
    {
        var present = BackUp.FileOf(db);
        var backup = Path.GetFullPath(file);
        if (!File.Exists(backup))
            return new Outcome.Refused($"There is no file '{backup}'.");
        if (backup == present)
            return new Outcome.Refused("This is the database itself, not a backup of it.");

        var copy = $"{present}.restoring-{Path.GetRandomFileName()}";
        var ready = false;
        try
        {
            await CopyAsync(backup, copy, cancellationToken);
            var check = await BackupFile.CheckAsync(copy, [.. db.Database.GetMigrations()], cancellationToken);
            if (check is not BackupFile.Sound sound)
                return new Outcome.Refused(((BackupFile.Refused)check).Why);
            if (await PresentDatabase.TakeAsync(present, cancellationToken) is not { } taken)
                return new Outcome.Refused(
                    "A process has the database open. Stop the host first, every process of it; nothing was changed."
                );
            ready = true;
            return new Outcome.Ready(
                new ReadyRestore(taken, copy, sound.Facts, await taken.LossAsync(copy, cancellationToken), clock)
            );
        }
        finally
        {
            if (!ready)
                SqliteFile.Remove(copy);
        }
    }

    private static async Task CopyAsync(string backup, string copy, CancellationToken cancellationToken)
    {
        await using var from = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var to = SqliteFile.Make(copy);
        await from.CopyToAsync(to, cancellationToken);
    }
}

/// <summary>A backup that was found sound, beside the present database, which is locked until this is disposed.</summary>
/// <param name="loss">Null if the present database cannot be read.</param>
public sealed class ReadyRestore(
    PresentDatabase present,
    string copy,
    BackupFacts facts,
    RestoreLoss? loss,
    TimeProvider clock
) : IAsyncDisposable
{
    public BackupFacts Facts => facts;
    public RestoreLoss? Loss => loss;

    /// <summary>Whether there is a database that it takes the place of.</summary>
    public bool Replaces => File.Exists(present.File);

    /// <summary>Puts it in its place. Whenever it is killed, one of the two is there, whole.</summary>
    /// <returns>Where the present one is kept; null if there was none.</returns>
    public async Task<string?> SwapAsync(CancellationToken cancellationToken)
    {
        await using (var opened = await SqliteFile.OpenAsync(copy, cancellationToken))
            await opened.AskAsync("PRAGMA journal_mode = WAL", cancellationToken); // readers and the writer do not wait for each other
        SqliteFile.Flush(copy);

        string? kept = null;
        if (Replaces)
        {
            kept = string.Create(
                CultureInfo.InvariantCulture,
                $"{present.File}.before-restore-{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}"
            );
            // a log of the old database would be played into the new one
            foreach (var beside in (string[])["-wal", "-shm"])
            {
                if (File.Exists(present.File + beside))
                    File.Move(present.File + beside, kept + beside);
            }
            File.Replace(copy, present.File, kept);
        }
        else
            File.Move(copy, present.File);
        DiskFolder.Flush(Path.GetDirectoryName(present.File)!);
        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        await present.DisposeAsync();
        SqliteFile.Remove(copy);
    }
}

/// <summary>The database that is to be replaced, locked so that nobody writes into it meanwhile.</summary>
public sealed class PresentDatabase : IAsyncDisposable
{
    private readonly SqliteConnection? connection;

    private PresentDatabase(string file, SqliteConnection? connection) => (File, this.connection) = (file, connection);

    public string File { get; }

    /// <returns>Null if another process has it open.</returns>
    internal static async Task<PresentDatabase?> TakeAsync(string file, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(file))
            return new PresentDatabase(file, null);
        SqliteConnection? opened = null;
        try
        {
            opened = await SqliteFile.OpenAsync(file, cancellationToken);
            await opened.AskAsync("PRAGMA locking_mode = EXCLUSIVE", cancellationToken);
            await opened.AskAsync("BEGIN EXCLUSIVE", cancellationToken);
            await opened.AskAsync("COMMIT", cancellationToken); // the lock stays in this mode
            await opened.AskAsync("PRAGMA journal_mode = DELETE", cancellationToken); // all is in the one file now
            return new PresentDatabase(file, opened);
        }
        catch (SqliteException refused)
        {
            if (opened is not null)
                await opened.DisposeAsync();
            return refused.SqliteErrorCode is SqliteFile.Busy or SqliteFile.Locked
                ? null
                : new PresentDatabase(file, null); // too damaged to be read or locked: why someone restores
        }
    }

    /// <returns>Null if this one cannot be read.</returns>
    internal async Task<RestoreLoss?> LossAsync(string backup, CancellationToken cancellationToken)
    {
        if (connection is null)
            return null;
        try
        {
            await connection.AskAsync("ATTACH $backup AS backup", cancellationToken, ("$backup", backup));
            var loss = new RestoreLoss(
                await connection.CountAsync(
                    "SELECT count(*) FROM main.Audit a WHERE NOT EXISTS (SELECT 1 FROM backup.Audit b WHERE b.Id = a.Id AND b.Entry = a.Entry)",
                    cancellationToken
                ),
                await connection.CountAsync(
                    "SELECT count(*) FROM main.Requests WHERE Id NOT IN (SELECT Id FROM backup.Requests)",
                    cancellationToken
                ),
                await connection.CountAsync(
                    "SELECT count(*) FROM main.Exposures WHERE Id NOT IN (SELECT Id FROM backup.Exposures)",
                    cancellationToken
                )
            );
            await connection.AskAsync("DETACH backup", cancellationToken);
            return loss;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Records that the database was put back to an older state, and holds all reveals until the journal of each half was compared with it.</summary>
public sealed class RecordRestore(CustodyDb db)
{
    public Task HandleAsync(ChainHead head, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                db.Record("database.restored", Recording.Operator, ("head", head));
                var held = await db.RevealHolds.ToListAsync(cancellationToken);
                foreach (var half in Enum.GetValues<Half>())
                {
                    if (!held.Exists(h => h.Half == half && h.Journal == RevealHold.AnyJournal))
                        db.RevealHolds.Add(RevealHold.Of(half, RevealHold.AnyJournal, db.Now));
                }
                return true;
            },
            cancellationToken
        );
}
