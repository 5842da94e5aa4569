using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RootCustody.Couriers.Vault;

/// <summary>Whether files and folders of a sealed store are ours alone. Windows has its own ways, which the operator sets.</summary>
internal static class FileRights
{
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Others =
        WrittenByOthers
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    /// <returns>What is wrong with a file that only we may read, as the end of a sentence that names it; null if nothing is.</returns>
    public static string? FaultOfFile(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        if (new FileInfo(path).LinkTarget is not null)
            return "is a link. Put the file itself in its place: what a link leads to can be changed elsewhere.";
        return (File.GetUnixFileMode(path) & Others) != UnixFileMode.None
            ? "is open to other users of this machine. Take their rights away (chmod 600), and ask who may have read it."
            : FaultOfOwner(path);
    }

    /// <returns>What is wrong with a folder in which only we may put and remove files; null if nothing is.</returns>
    public static string? FaultOfFolder(string path)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path))
            return null;
        return (File.GetUnixFileMode(path) & WrittenByOthers) != UnixFileMode.None
            ? "can be written by other users of this machine, who could remove or exchange what lies in it. Take that right away (chmod go-w)."
            : FaultOfOwner(path);
    }

    private static string? FaultOfOwner(string path) =>
        OperatingSystem.IsLinux() && OwnerOf(path) is { } owner && owner != Native.GetEffectiveUser()
            ? "belongs to another user than the one the host runs as. Give it to that user (chown), and ask who may have read it."
            : null;

    private static uint? OwnerOf(string path)
    {
        const int HereAndNow = -100; // AT_FDCWD
        const int NotThroughLinks = 0x100; // AT_SYMLINK_NOFOLLOW
        const uint TheOwner = 0x8; // STATX_UID
        const int OwnerAt = 20;
        var facts = new byte[256];
        return Native.StatX(HereAndNow, path, NotThroughLinks, TheOwner, facts) == 0
            ? BinaryPrimitives.ReadUInt32LittleEndian(facts.AsSpan(OwnerAt))
            : null;
    }

    private static class Native
    {
        // statx(2), unlike stat(2), has one layout on all machines
        [DllImport("libc", EntryPoint = "statx", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern int StatX(
            int folder,
            [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
            int flags,
            uint wanted,
            [Out] byte[] facts
        );

        [DllImport("libc", EntryPoint = "geteuid")]
        public static extern uint GetEffectiveUser();
    }
}
