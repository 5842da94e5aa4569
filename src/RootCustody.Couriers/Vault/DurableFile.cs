using System.Runtime.InteropServices;
using RootCustody.Data.Backups;

namespace RootCustody.Couriers.Vault;

/// <summary>Files that appear whole or not at all, are written once, and survive a power cut.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, and those above it, that only the owner may enter.</summary>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var above = Path.GetDirectoryName(folder)!;
        MakeFolder(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        DiskFolder.Flush(above);
    }

    /// <summary>Writes a file that must not exist yet; of several writers at once, one wins.</summary>
    /// <param name="path">A full path in a folder that exists.</param>
    /// <returns>False if the file was there already: it is as it was.</returns>
    /// <exception cref="IOException">It is not known whether the file was written.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Write(unfinished, content);
            if (!TryName(unfinished, path))
                return false;
            DiskFolder.Flush(Path.GetDirectoryName(path)!);
            return true;
        }
        finally
        {
            Remove(unfinished);
            Sweep(path);
        }
    }

    /// <summary>Puts another content in the place of a file, in one step: whoever looks sees the old or the new, also after a power cut.</summary>
    /// <exception cref="IOException">It is not known whether the file was replaced.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // another ending than of new files: those are swept as soon as the file is there, which this one is
        var unfinished = $"{path}.{Path.GetRandomFileName()}.new";
        try
        {
            Write(unfinished, content);
            File.Move(unfinished, path, overwrite: true); // rename(2)
            DiskFolder.Flush(Path.GetDirectoryName(path)!);
        }
        finally
        {
            Remove(unfinished);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Delete,
            BufferSize = 0, // a key must not stay behind in a stream's buffer
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    private static bool TryName(string unfinished, string path)
    {
        try
        {
            // On Unix File.Move looks first and renames then, so that of two writers the later would overwrite the earlier;
            // link(2) refuses an existing name by itself, as MoveFileEx does on Windows.
            if (OperatingSystem.IsWindows())
                File.Move(unfinished, path, overwrite: false);
            else if (Native.Link(unfinished, path) != 0)
                throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            return true;
        }
        catch (IOException) when (File.Exists(path)) // the winner may have cleaned our file away, hence no look at the error
        {
            return false;
        }
    }

    /// <summary>Removes what killed writers left of a file that is there: all its unfinished ones have lost.</summary>
    public static void Sweep(string path)
    {
        if (!File.Exists(path))
            return;
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*.tmp"))
            Remove(left);
    }

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // read by nobody, and swept again with the next write; it must not turn a success into a failure
        }
    }

    private static class Native
    {
        [DllImport(
            "libc",
            EntryPoint = "link",
            SetLastError = true,
            BestFitMapping = false,
            ThrowOnUnmappableChar = true
        )]
        public static extern int Link(
            [MarshalAs(UnmanagedType.LPUTF8Str)] string from,
            [MarshalAs(UnmanagedType.LPUTF8Str)] string to
        );
    }
}
