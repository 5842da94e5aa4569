using System.Security.Cryptography;

namespace RootCustody.Couriers.Vault;

/// <summary>A new key for a sealed folder.</summary>
/// <remarks>
/// The new key lies beside the old one until every file is sealed under it, and then takes its place in one step. Wherever
/// this dies, each file opens under one of the two, readers try both, and to begin again is to go on.
/// </remarks>
public sealed partial class SealedFolder
{
    /// <summary>Seals everything anew under a new key. Reads go on meanwhile; writes of other processes are refused.</summary>
    /// <param name="progress">Told how many files are under the new key already, of how many.</param>
    /// <returns>How many files there are under the new key; 0 if nothing was ever put in, and there is no key.</returns>
    /// <exception cref="VaultException">It was not finished; every file still opens. It can be begun again, and goes on.</exception>
    public Task<int> RekeyAsync(IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken) =>
        Task.Run(() => Try(() => Rekey(progress, cancellationToken)), cancellationToken);

    private int Rekey(IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path) || Sealed().Count == 0)
            return 0;
        using var alone = EnterAlone();
        var files = Sealed();
        foreach (var file in files)
            CheckOpens(file); // before anything is changed
        next.MakeOnce();
        using var renewed = next.Open();
        var done = files.Count(file => OpensUnder(renewed, file));
        progress?.Report((done, files.Count));
        foreach (var file in files.Where(file => !OpensUnder(renewed, file)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var secret = Open(PlaceOf(file), File.ReadAllBytes(file));
            DurableFile.Replace(file, Seal.Close(renewed, PlaceOf(file), secret));
            progress?.Report((++done, files.Count));
        }
        // looked at once more as they lie on the disk: with the next step the old key is gone
        if (Sealed().FirstOrDefault(file => !OpensUnder(renewed, file)) is { } left)
            throw NotOpening(left, null);
        next.TakeThePlaceOf(key);
        RemoveUnfinished();
        return files.Count;
    }

    private IDisposable EnterAlone()
    {
        CheckFolder();
        return door.Alone()
            ?? throw Refuse(
                VaultFailure.Unreachable,
                $"Someone is writing into the folder '{folder}' at this moment. Nothing was changed; try again."
            );
    }

    /// <summary>All files that hold a secret, in a steady order.</summary>
    private List<string> Sealed() =>
        [
            .. Files("*")
                .Where(file => VersionIn(file) is not null && !Tombstone.Is(File.ReadAllBytes(file)))
                .Order(StringComparer.Ordinal),
        ];

    private string PlaceOf(string file) => Place(NameIn(file), VersionIn(file)!.Value);

    private void CheckOpens(string file)
    {
        try
        {
            using var opened = Open(PlaceOf(file), File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is InvalidDataException or AuthenticationTagMismatchException)
        {
            throw NotOpening(file, e);
        }
    }

    private bool OpensUnder(Secret opener, string file)
    {
        try
        {
            using var opened = Seal.Open(opener, PlaceOf(file), File.ReadAllBytes(file));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <summary>What killed writers left, now that nobody writes.</summary>
    private void RemoveUnfinished()
    {
        foreach (var left in Directory.EnumerateFiles(path).Where(f => !f.EndsWith(Ending, StringComparison.Ordinal)))
            File.Delete(left);
    }

    private VaultException NotOpening(string file, Exception? inner) =>
        Refuse(
            VaultFailure.Damaged,
            $"The sealed file '{Path.GetFileName(file)}' in the folder '{folder}' does not open, so the key was not changed. Restore that file from its backup, or put it away if nobody needs it.",
            inner
        );
}
