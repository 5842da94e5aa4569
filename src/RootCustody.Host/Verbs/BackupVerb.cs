using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Backups;

namespace RootCustody.Host.Verbs;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>, for the SQLite file of the embedded default.</summary>
internal static class BackupVerb
{
    private const string Word = "restore";

    private static readonly Argument<string> File = new("FILE") { Description = "The backup." };

    public static Command Make()
    {
        var force = new Option<bool>("--force") { Description = "Replace a file of this name." };
        var backup = new Command(
            "backup",
            "Write a consistent copy of the database, also while the host serves. The halves are not in it: back up each vault and the journals beside them apart, never in the same place (the halves stay apart). SQLite only; the other databases have their own ways."
        )
        {
            File,
            force,
        };
        backup.Does(
            async (parsed, services, cancellationToken) =>
            {
                if (WhyNotHere(services) is { } elsewhere)
                    return Verb.Tell(elsewhere);
                var file = parsed.GetRequiredValue(File);
                try
                {
                    return Tell(
                        await services
                            .GetRequiredService<BackUp>()
                            .HandleAsync(file, parsed.GetValue(force), cancellationToken)
                    );
                }
                catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or SqliteException)
                {
                    return Verb.Tell($"No backup was written: {broken.Message}");
                }
            }
        );
        return backup;
    }

    public static Command MakeRestore()
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether to go on." };
        var restore = new Command(
            "restore",
            "Put a backup in the place of the database, while no host serves. The present database is kept beside it. The vaults are not touched. Afterwards it prints what the journals of the couriers know and the restored database does not."
        )
        {
            File,
            yes,
        };
        restore.DoesOnAnySchema(
            async (parsed, services, cancellationToken) =>
            {
                try
                {
                    return await RestoreAsync(
                        services,
                        parsed.GetRequiredValue(File),
                        parsed.GetValue(yes),
                        cancellationToken
                    );
                }
                catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or VaultException)
                {
                    return Verb.Tell($"It stopped here: {broken.Message}");
                }
            }
        );
        return restore;
    }

    private static async Task<int> RestoreAsync(
        IServiceProvider services,
        string file,
        bool sure,
        CancellationToken cancellationToken
    )
    {
        BackupFacts facts;
        await using (var scope = services.CreateAsyncScope())
        {
            if (WhyNotHere(scope.ServiceProvider) is { } elsewhere)
                return Verb.Tell(elsewhere);
            var outcome = await scope
                .ServiceProvider.GetRequiredService<RestoreBackup>()
                .PrepareAsync(file, cancellationToken);
            if (outcome is not RestoreBackup.Outcome.Ready { Restore: var ready })
                return Verb.Tell(((RestoreBackup.Outcome.Refused)outcome).Why);
            await using (ready)
            {
                Console.WriteLine(Sentence(ready));
                if (!sure && !IsSure())
                    return Verb.Tell("Nothing was changed.");
                var kept = await ready.SwapAsync(cancellationToken);
                Console.WriteLine(
                    kept is null ? "It is restored." : $"It is restored. The database before it is kept in {kept}."
                );
                facts = ready.Facts;
            }
        }

        await services.PrepareDatabaseAsync(cancellationToken);
        await using (var scope = services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordRestore>().HandleAsync(facts.Head, cancellationToken);
            await LostVerb.ReportAsync(scope.ServiceProvider, cancellationToken);
        }
        return Verb.Ok;
    }

    private static int Tell(BackUp.Outcome outcome)
    {
        if (outcome is not BackUp.Outcome.Written { Facts: var facts })
            return Verb.Tell(((BackUp.Outcome.Refused)outcome).Why);
        Console.WriteLine($"{facts.Bytes} bytes, schema {facts.Schema}, audit log up to {facts.Head}.");
        Console.Error.WriteLine(
            "Keep this head elsewhere: 'lost --head' tells by it after a restore whether entries are missing. The halves are not in this file."
        );
        return Verb.Ok;
    }

    private static string Sentence(ReadyRestore ready)
    {
        var backup = $"The backup is sound: schema {ready.Facts.Schema}, audit log up to {ready.Facts.Head}.";
        if (!ready.Replaces)
            return $"{backup} There is no database yet in its place.";
        return ready.Loss is { } loss
            ? $"{backup} The database will lose {loss.Entries} audit entries, {loss.Requests} requests and {loss.Exposures} exposures that the backup does not have."
            : $"{backup} The present database cannot be read, so what will be lost is not known.";
    }

    private static bool IsSure()
    {
        Console.Error.Write($"Type {Word} to go on: ");
        return Console.ReadLine()?.Trim() == Word;
    }

    /// <summary>How it is done where the database is no file of ours.</summary>
    private static string? WhyNotHere(IServiceProvider services)
    {
        var database = services.GetRequiredService<CustodyDb>().Database;
        if (database.IsSqlite())
            return null;
        return database.IsNpgsql()
            ? "This is for SQLite. On PostgreSQL: pg_dump --format=custom --file=FILE DATABASE, and pg_restore --exit-on-error --single-transaction --dbname=NEWDATABASE FILE into an empty database while no host serves; then run 'lost' on each courier's node. The manual manifests/sql/BACKUP.md has the whole of it."
            : "This is for SQLite. On SQL Server: BACKUP DATABASE name TO DISK = 'file' WITH COPY_ONLY, CHECKSUM, and RESTORE DATABASE name FROM DISK = 'file' WITH CHECKSUM while no host serves; then run 'lost' on each courier's node. The manual manifests/sql/BACKUP.md has the whole of it.";
    }
}
