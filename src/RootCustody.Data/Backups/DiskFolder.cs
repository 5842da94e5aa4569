using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RootCustody.Data.Backups;

/// <summary>A new name is only safe once its folder is on the disk too; Windows does that by itself.</summary>
public static class DiskFolder
{
    /// <exception cref="IOException">It is not known whether the names in it are on the disk.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(Native.Open(folder, 0), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        RandomAccess.FlushToDisk(handle);
    }

    private static class Native
    {
        [DllImport(
            "libc",
            EntryPoint = "open",
            SetLastError = true,
            BestFitMapping = false,
            ThrowOnUnmappableChar = true
        )]
        public static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
    }
}
