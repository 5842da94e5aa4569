namespace RootCustody.Couriers.Vault;

/// <summary>Keeps writers of a sealed folder, of any process, apart from the one that gives it a new key. The system lets go when a process dies.</summary>
/// <param name="path">A file that is there for this alone.</param>
internal sealed class FolderLock(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Many may write at once; none while one has it alone.</summary>
    /// <returns>Null if someone has it alone.</returns>
    public IDisposable? Share() => Take(FileAccess.Read, FileShare.ReadWrite);

    /// <returns>Null if anyone has it.</returns>
    public IDisposable? Alone() => Take(FileAccess.ReadWrite, FileShare.None);

    private FileStream? Take(FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = access,
            Share = share, // on Unix flock(2): shared, or alone for None
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
