using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace RootCustody.Couriers.Vault;

/// <summary>The file with the key of one sealed folder: 32 random bytes that only the owner may read. In memory for the moment of a use.</summary>
internal sealed class KeyFile(string path)
{
    private const int Length = 32;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private string Name => Path.GetFileName(path);

    /// <summary>Makes the key; if another process was faster, theirs stands.</summary>
    public void MakeOnce()
    {
        if (File.Exists(path))
        {
            DurableFile.Sweep(path);
            return;
        }
        Span<byte> key = stackalloc byte[Length];
        try
        {
            RandomNumberGenerator.Fill(key);
            DurableFile.TryCreate(path, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <exception cref="VaultException">The key is missing, no key, or open to others.</exception>
    public Secret Open()
    {
        using var file = OpenFile();
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
            throw Refuse(
                VaultFailure.Unreachable,
                $"The key file '{Name}' is open to other users of this machine. Take their rights away (chmod 600), and ask who may have read it."
            );
        Span<byte> key = stackalloc byte[Length + 1];
        if (RandomAccess.Read(file, key, 0) == Length)
            return Secret.Take(key[..Length]);
        CryptographicOperations.ZeroMemory(key);
        throw Refuse(
            VaultFailure.Damaged,
            $"The key file '{Name}' is damaged: it does not hold {Length} bytes. Restore it from its backup."
        );
    }

    private SafeFileHandle OpenFile()
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse(
                VaultFailure.KeyMissing,
                $"The key file '{Name}' is missing while files sealed under it are there. Restore it from its backup; no new one is made, for it would open none of them.",
                e
            );
        }
    }

    private static VaultException Refuse(VaultFailure failure, string sentence, Exception? inner = null) =>
        new(failure, gaveNoHalf: true, sentence, inner);
}
