using System.Globalization;
using System.Security.Cryptography;

namespace RootCustody.Couriers.Vault;

/// <summary>The embedded store of one kind of secret: a folder with a sealed file for each name and version, and a key file of its own beside it. Written once, never changed.</summary>
/// <param name="directory">The directory in which the folder and the key file lie.</param>
/// <param name="folder">The name of the folder; bound into each file, so that none opens in another store.</param>
/// <param name="keyFile">The name of the key file.</param>
/// <param name="word">What people call the secret.</param>
public sealed partial class SealedFolder(string directory, string folder, string keyFile, string word)
{
    private const string Ending = ".sealed";

    private readonly string path = Path.GetFullPath(Path.Combine(directory, folder));
    private readonly KeyFile key = new(Path.GetFullPath(Path.Combine(directory, keyFile)));
    private readonly KeyFile next = new(Path.GetFullPath(Path.Combine(directory, $"next-{keyFile}")));
    private readonly FolderLock door = new(Path.GetFullPath(Path.Combine(directory, $"{folder}.lock")));

    /// <returns>The newest version of this name; 0 if there is none.</returns>
    /// <exception cref="VaultException">The folder cannot be read.</exception>
    public Task<int> LatestAsync(string name, CancellationToken cancellationToken) =>
        Task.Run(() => Try(() => Versions(name).DefaultIfEmpty(0).Max()), cancellationToken);

    /// <summary>The newest version of each name that is an id.</summary>
    /// <exception cref="VaultException">The folder cannot be read.</exception>
    public Task<IReadOnlyDictionary<TId, int>> NewestAsync<TId>(CancellationToken cancellationToken)
        where TId : struct, IId<TId> =>
        Task.Run(
            () =>
                Try<IReadOnlyDictionary<TId, int>>(() =>
                    Files("*")
                        .Select(file => (Name: Id.Read<TId>(NameIn(file)), Version: VersionIn(file)))
                        .Where(file => file is { Name: not null, Version: not null })
                        .GroupBy(file => file.Name!.Value)
                        .ToDictionary(of => of.Key, of => of.Max(file => file.Version!.Value))
                ),
            cancellationToken
        );

    /// <summary>Looks whether the store could be used: its folder can be read, and its key is there if anything is sealed. Opens no secret.</summary>
    /// <exception cref="VaultException">It could not.</exception>
    public Task LookAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
                Try(() =>
                {
                    if (!Directory.Exists(path) || !Directory.EnumerateFiles(path, $"*{Ending}").Any())
                        return true; // nothing was ever put in
                    CheckFolder();
                    using var opened = key.Open();
                    return true;
                }),
            cancellationToken
        );

    /// <exception cref="VaultException">It is not there or does not open; no byte of it was given.</exception>
    public async Task<Secret> ReadAsync(string name, int version, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await OpenAsync(name, version, cancellationToken);
            }
            catch (AuthenticationTagMismatchException)
            {
                // a new key may have come between the look at the file and the look at the keys
                return await OpenAsync(name, version, cancellationToken);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse(
                VaultFailure.Missing,
                $"The vault has no {word} of this generation. Put it in, or restore the folder '{folder}' from its backup.",
                e
            );
        }
        catch (Exception e) when (e is InvalidDataException or AuthenticationTagMismatchException)
        {
            throw Refuse(
                VaultFailure.Damaged,
                $"A sealed {word} file does not open: it was changed, moved, or sealed under another key. Restore the folder '{folder}' and '{keyFile}' from the same backup.",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>Writes the version after <paramref name="expectedLatest"/>; it is on the disk when this returns.</summary>
    /// <returns>The version written.</returns>
    /// <exception cref="VaultException">
    /// <see cref="VaultFailure.LostRace"/>: nothing was written. <see cref="VaultFailure.Unreachable"/>: it may have been; <see cref="LatestAsync"/> tells.
    /// </exception>
    public Task<int> WriteAsync(string name, int expectedLatest, Secret secret, CancellationToken cancellationToken) =>
        // looking into folders and flushing to the disk have no asynchronous form
        Task.Run(() => Try(() => Write(name, expectedLatest, secret)), cancellationToken);

    /// <summary>Removes the versions before this one, for secrets that count for nothing once replaced.</summary>
    public Task ForgetAsync(string name, int before, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
                Try(() =>
                {
                    if (!Directory.Exists(path))
                        return before;
                    using var shared = Enter();
                    foreach (var version in Versions(name).Where(v => v < before))
                        File.Delete(PathOf(name, version));
                    return before;
                }),
            cancellationToken
        );

    /// <summary>Destroys one version; a tombstone stays in its place, so that its number is never given again. Idempotent; a version that never was stays so.</summary>
    /// <exception cref="VaultException">It may be destroyed or not; it can be tried again.</exception>
    public Task EraseAsync(string name, int version, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
                Try(() =>
                {
                    if (!File.Exists(PathOf(name, version)))
                        return version;
                    using var shared = Enter(); // else a new key could be given to what this destroys
                    DurableFile.Replace(PathOf(name, version), Tombstone.Content);
                    return version;
                }),
            cancellationToken
        );

    private int Write(string name, int expectedLatest, Secret secret)
    {
        var version = expectedLatest + 1;
        if (Versions(name).DefaultIfEmpty(0).Max() != expectedLatest)
            throw LostRace();

        DurableFile.MakeFolder(path);
        using var shared = Enter();
        if (!Directory.EnumerateFiles(path, $"*{Ending}").Any())
            key.MakeOnce(); // a lost key is never replaced: that would turn a loss that can be mended into one that cannot
        using var sealer = key.Open();
        DurableFile.Sweep(PathOf(name, expectedLatest));
        return DurableFile.TryCreate(PathOf(name, version), Seal.Close(sealer, Place(name, version), secret))
            ? version
            : throw LostRace();
    }

    private async Task<Secret> OpenAsync(string name, int version, CancellationToken cancellationToken)
    {
        var file = await ReadFileAsync(PathOf(name, version), cancellationToken);
        return Tombstone.Is(file) ? throw Destroyed() : Open(Place(name, version), file);
    }

    private Secret Open(string place, byte[] file)
    {
        CheckFolder();
        try
        {
            using var opener = key.Open();
            return Seal.Open(opener, place, file);
        }
        catch (AuthenticationTagMismatchException) when (next.IsThere) // a new key is being given, or that stopped halfway
        {
            using var opener = next.Open();
            return Seal.Open(opener, place, file);
        }
    }

    /// <summary>For whoever changes files: not while the folder gets a new key.</summary>
    private IDisposable Enter()
    {
        CheckFolder();
        return door.Share()
            ?? throw Refuse(
                VaultFailure.Unreachable,
                $"The folder '{folder}' is being given a new key, or put back from a backup. Nothing was changed; try again in a moment."
            );
    }

    private void CheckFolder()
    {
        if (FileRights.FaultOfFolder(path) is { } fault)
            throw Refuse(VaultFailure.Unreachable, $"The folder '{folder}' {fault}");
    }

    private List<int> Versions(string name) => [.. Files(name).Select(VersionIn).OfType<int>()];

    private List<string> Files(string name)
    {
        try
        {
            return [.. Directory.EnumerateFiles(path, $"{name}.*{Ending}")];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // nothing was ever written; a folder that is there but closed to us says so
        }
    }

    private static string NameIn(string file) =>
        Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(file));

    private static int? VersionIn(string file) =>
        int.TryParse(
            Path.GetExtension(Path.GetFileNameWithoutExtension(file.AsSpan())).TrimStart('.'),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version
            : null;

    private static async Task<byte[]> ReadFileAsync(string file, CancellationToken cancellationToken) =>
        new FileInfo(file).Length <= Seal.MaxSealed // of a missing file it throws FileNotFoundException
            ? await File.ReadAllBytesAsync(file, cancellationToken)
            : throw new InvalidDataException();

    private T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable(e);
        }
    }

    private string PathOf(string name, int version) =>
        Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{name}.{version}{Ending}"));

    private string Place(string name, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{folder}/{name}/{version}");

    private VaultException LostRace() =>
        Refuse(
            VaultFailure.LostRace,
            $"Someone else changed this {word} first and nothing was written. Look at what is there now and begin again."
        );

    private VaultException Destroyed() =>
        Refuse(
            VaultFailure.Destroyed,
            $"The {word} of this generation was destroyed when its time was over. Nothing brings it back."
        );

    private VaultException Unreachable(Exception inner) =>
        Refuse(
            VaultFailure.Unreachable,
            $"The folder '{folder}' with the sealed {word} files cannot be used. Check the disk and the rights of the host on it.",
            inner
        );

    private static VaultException Refuse(VaultFailure failure, string sentence, Exception? inner = null) =>
        new(failure, gaveNoHalf: true, sentence, inner);
}
