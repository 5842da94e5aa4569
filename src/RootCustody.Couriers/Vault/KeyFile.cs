using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RootCustody.Data.Backups;

namespace RootCustody.Couriers.Vault;

/// <summary>The file with the key of one sealed folder: 32 random bytes that only the owner may read. In memory for the moment of a use.</summary>
internal sealed class KeyFile(string path)
{
    private const int Length = 32;
    private readonly string path = path;

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

    public bool IsThere => File.Exists(path);

    /// <summary>Puts a key that was kept elsewhere in the place of one that is lost.</summary>
    /// <returns>False if there is one: it is as it was.</returns>
    public bool PutBack(Secret lost) => DurableFile.TryCreate(path, lost.Bytes);

    /// <summary>This key takes the place of the other in one step, which ends that one.</summary>
    public void TakeThePlaceOf(KeyFile other)
    {
        File.Move(path, other.path, overwrite: true); // rename(2)
        DiskFolder.Flush(Path.GetDirectoryName(path)!);
    }

    /// <exception cref="VaultException">The key is missing, no key, or not ours alone.</exception>
    public Secret Open()
    {
        using var file = OpenFile();
        if (FileRights.FaultOfFile(path) is { } fault)
            throw Refuse(VaultFailure.Unreachable, $"The key file '{Name}' {fault}");
        if (FileRights.FaultOfFolder(Path.GetDirectoryName(path)!) is { } open)
            throw Refuse(VaultFailure.Unreachable, $"The folder of the key file '{Name}' {open}");
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
