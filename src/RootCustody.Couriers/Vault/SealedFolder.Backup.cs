using System.Security.Cryptography;

namespace RootCustody.Couriers.Vault;

/// <summary>The backup of a sealed folder, and how it is put back.</summary>
public sealed partial class SealedFolder
{
    /// <summary>Reads everything that is sealed, and its key, into one file that a passphrase closes. Opens no secret.</summary>
    /// <returns>The content of that file, and how many versions it holds, destroyed ones too; null if nothing was ever put in.</returns>
    /// <exception cref="VaultException">The folder or its key cannot be read.</exception>
    public Task<(byte[] File, int Versions)?> BackUpAsync(Secret passphrase, CancellationToken cancellationToken) =>
        Task.Run(() => Try(() => BackUp(passphrase)), cancellationToken);

    /// <summary>Opens a backup.</summary>
    /// <exception cref="VaultException"><see cref="VaultFailure.Damaged"/>: it is no backup of this folder, was changed, or has another passphrase.</exception>
    public Task<SealedRestore> OpenBackupAsync(Secret passphrase, byte[] file, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                try
                {
                    return new SealedRestore(this, SealedBackup.Open(passphrase, folder, file));
                }
                catch (Exception e) when (e is InvalidDataException or AuthenticationTagMismatchException)
                {
                    throw Refuse(
                        VaultFailure.Damaged,
                        $"That is no backup of the folder '{folder}', or it was changed, or its passphrase is another one.",
                        e
                    );
                }
            },
            cancellationToken
        );

    /// <summary>Puts back what is missing here, and the key if it is missing. What is here stays, a destroyed version destroyed.</summary>
    /// <param name="lost">Newest versions that are known to have been given: those that are nowhere are marked as gone, so that their numbers are not given again.</param>
    /// <returns>How many versions were put back.</returns>
    internal Task<int> RestoreAsync(
        SealedCopy copy,
        IReadOnlyDictionary<string, int> lost,
        CancellationToken cancellationToken
    ) => Task.Run(() => Try(() => Restore(copy, lost)), cancellationToken);

    private (byte[] File, int Versions)? BackUp(Secret passphrase)
    {
        if (!Directory.Exists(path) || !Directory.EnumerateFiles(path, $"*{Ending}").Any())
            return null;
        using var alone = EnterAlone();
        using var opener = key.Open();
        if (next.IsThere)
            throw Refuse(
                VaultFailure.Unreachable,
                $"The folder '{folder}' has got half of a new key: finish that first (vault rekey)."
            );
        List<SealedEntry> entries =
        [
            .. Files("*")
                .Where(file => VersionIn(file) is not null)
                .Order(StringComparer.Ordinal)
                .Select(file => new SealedEntry(NameIn(file), VersionIn(file)!.Value, File.ReadAllBytes(file))),
        ];
        var copied = new SealedCopy(opener, entries);
        if (entries.Find(e => !Tombstone.Is(e.File) && !Opens(copied.Key, e)) is { } damaged)
            throw NotOpening(PathOf(damaged.Name, damaged.Version), null);
        return (SealedBackup.Close(passphrase, folder, copied), entries.Count);
    }

    private int Restore(SealedCopy copy, IReadOnlyDictionary<string, int> lost)
    {
        DurableFile.MakeFolder(path);
        using var alone = EnterAlone();
        if (!key.IsThere)
            key.PutBack(copy.Key);
        using var sealer = key.Open();
        foreach (var entry in copy.Entries)
            CheckSame(copy.Key, entry); // before anything is changed
        var restored = copy.Entries.Count(entry => PutBack(sealer, copy.Key, entry));
        foreach (var (name, newest) in lost)
        {
            for (var version = Versions(name).DefaultIfEmpty(0).Max() + 1; version <= newest; version++)
                DurableFile.TryCreate(PathOf(name, version), Tombstone.Content);
        }
        return restored;
    }

    private bool PutBack(Secret sealer, Secret theirs, SealedEntry entry)
    {
        var file = PathOf(entry.Name, entry.Version);
        if (Tombstone.Is(entry.File))
        {
            var isNews = !File.Exists(file) || !Tombstone.Is(File.ReadAllBytes(file));
            if (isNews)
                DurableFile.Replace(file, Tombstone.Content);
            return isNews;
        }
        if (File.Exists(file) && (Tombstone.Is(File.ReadAllBytes(file)) || OpensHere(file)))
            return false;
        using var secret = Seal.Open(theirs, Place(entry.Name, entry.Version), entry.File);
        DurableFile.Replace(file, Seal.Close(sealer, Place(entry.Name, entry.Version), secret));
        return true;
    }

    /// <summary>A version that is here and there has to be the same: else this store was begun anew, and the two must not be mixed.</summary>
    private void CheckSame(Secret theirs, SealedEntry entry)
    {
        var file = PathOf(entry.Name, entry.Version);
        if (Tombstone.Is(entry.File) || !File.Exists(file) || Tombstone.Is(File.ReadAllBytes(file)) || !OpensHere(file))
            return;
        using var ours = Open(PlaceOf(file), File.ReadAllBytes(file));
        using var kept = Seal.Open(theirs, PlaceOf(file), entry.File);
        if (!ours.Matches(kept.Bytes))
            throw Refuse(
                VaultFailure.Damaged,
                $"The file '{Path.GetFileName(file)}' in the folder '{folder}' holds another {word} than the backup: the numbers were given twice. Nothing was changed. Move the folder and its key away, restore into an empty one, and rotate what the folder had."
            );
    }

    private bool OpensHere(string file)
    {
        try
        {
            using var opened = Open(PlaceOf(file), File.ReadAllBytes(file));
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private bool Opens(Secret opener, SealedEntry entry)
    {
        try
        {
            using var opened = Seal.Open(opener, Place(entry.Name, entry.Version), entry.File);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
