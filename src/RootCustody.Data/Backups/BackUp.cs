using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data.Audit;

namespace RootCustody.Data.Backups;

/// <summary>Writes a consistent copy of the embedded database, also while the host serves. The halves are not in it: the vaults are backed up apart.</summary>
public sealed class BackUp(CustodyDb db, AuditStore audit)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Written(BackupFacts Facts) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <param name="overwrite">A file of this name may be there already; it is replaced when the new one is whole.</param>
    public async Task<Outcome> HandleAsync(string file, bool overwrite, CancellationToken cancellationToken)
    {
        var final = Path.GetFullPath(file);
        if (WhyNot(final, overwrite) is { } why)
            return new Outcome.Refused(why);
        await audit.NumberWaitingAsync(cancellationToken);

        // a killed backup leaves this name behind, never the final one
        var unfinished = $"{final}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await SqliteFile.Make(unfinished).DisposeAsync(); // SQLite fills an empty file and leaves its rights
            // one snapshot with all that is in the write-ahead log; writers go on meanwhile
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {unfinished}", cancellationToken);
            var check = await BackupFile.CheckAsync(unfinished, [.. db.Database.GetMigrations()], cancellationToken);
            if (check is not BackupFile.Sound sound)
                return new Outcome.Refused(((BackupFile.Refused)check).Why);
            SqliteFile.Flush(unfinished);
            File.Move(unfinished, final, overwrite);
            DiskFolder.Flush(Path.GetDirectoryName(final)!);
            return new Outcome.Written(sound.Facts);
        }
        finally
        {
            SqliteFile.Remove(unfinished);
        }
    }

    private string? WhyNot(string final, bool overwrite)
    {
        if (!Directory.Exists(Path.GetDirectoryName(final)))
            return $"There is no folder '{Path.GetDirectoryName(final)}'.";
        if (final == FileOf(db))
            return "This is the database itself. Choose another name.";
        return File.Exists(final) && !overwrite
            ? $"'{final}' is there already. Choose another name, or overwrite it with --force."
            : null;
    }

    /// <summary>Where the embedded database lies.</summary>
    internal static string FileOf(CustodyDb db) =>
        Path.GetFullPath(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource);
}
