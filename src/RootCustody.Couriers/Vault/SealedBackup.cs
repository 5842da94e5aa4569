using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Couriers.Vault;

/// <summary>One file of a sealed folder as it lies on the disk.</summary>
/// <param name="File">Sealed, or a tombstone.</param>
internal sealed record SealedEntry(string Name, int Version, byte[] File);

/// <summary>What a backup holds: the files of one sealed folder, still sealed, and the key that opens them. Not to be printed.</summary>
internal sealed class SealedCopy(Secret key, IReadOnlyList<SealedEntry> entries) : IDisposable
{
    public Secret Key => key;
    public IReadOnlyList<SealedEntry> Entries => entries;

    public void Dispose() => key.Dispose();
}

/// <summary>The file of a backup, closed with a passphrase that its keeper types.</summary>
/// <remarks>
/// "RCB" and the version of the format (4 bytes), rounds (4, big endian), salt (16), nonce (12), tag (16), ciphertext. The key
/// comes from the passphrase by PBKDF2 with HMAC-SHA-512 (RFC 8018), the cipher is AES-256-GCM, the name of the folder is
/// bound in. Inside: the key of the folder (32), then for each file the lengths of name and content, version, name, content.
/// </remarks>
internal static class SealedBackup
{
    /// <summary>The least that OWASP asks of PBKDF2 with SHA-512 is 210,000; a backup is opened once in years.</summary>
    public const int Rounds = 1_000_000;

    private const int MostRounds = 100_000_000; // what a forged file could make us compute
    private const int KeyLength = 32;
    private const int SaltAt = 8;
    private const int NonceAt = SaltAt + 16;
    private const int TagAt = NonceAt + 12;
    private const int Start = TagAt + 16;
    private const int EntryHead = 2 + 2 + 4;

    private static ReadOnlySpan<byte> Header => "RCB\u0001"u8;

    public static byte[] Close(Secret passphrase, string folder, SealedCopy copy)
    {
        using var plain = Pack(copy);
        var file = new byte[Start + plain.Length];
        Header.CopyTo(file);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(Header.Length), Rounds);
        RandomNumberGenerator.Fill(file.AsSpan(SaltAt..TagAt));
        using var key = KeyOf(passphrase, file, Rounds);
        using var aes = new AesGcm(key.Bytes, Start - TagAt);
        aes.Encrypt(
            file.AsSpan(NonceAt..TagAt),
            plain.Bytes,
            file.AsSpan(Start),
            file.AsSpan(TagAt..Start),
            Bind(file, folder)
        );
        return file;
    }

    /// <exception cref="InvalidDataException">It is no backup.</exception>
    /// <exception cref="AuthenticationTagMismatchException">Another passphrase or folder, or it was changed.</exception>
    public static SealedCopy Open(Secret passphrase, string folder, byte[] file)
    {
        if (file.Length < Start + KeyLength || !file.AsSpan().StartsWith(Header))
            throw new InvalidDataException();
        var rounds = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(Header.Length));
        if (rounds is < 1 or > MostRounds)
            throw new InvalidDataException();
        using var key = KeyOf(passphrase, file, rounds);
        using var aes = new AesGcm(key.Bytes, Start - TagAt);
        var plain = GC.AllocateUninitializedArray<byte>(file.Length - Start, pinned: true);
        try
        {
            aes.Decrypt(
                file.AsSpan(NonceAt..TagAt),
                file.AsSpan(Start),
                file.AsSpan(TagAt..Start),
                plain,
                Bind(file, folder)
            );
            return Unpack(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static Secret Pack(SealedCopy copy)
    {
        var length = KeyLength + copy.Entries.Sum(e => EntryHead + Encoding.UTF8.GetByteCount(e.Name) + e.File.Length);
        var plain = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        copy.Key.Bytes.CopyTo(plain);
        var rest = plain.AsSpan(KeyLength);
        foreach (var entry in copy.Entries)
        {
            var name = Encoding.UTF8.GetBytes(entry.Name, rest[EntryHead..]);
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)name));
            BinaryPrimitives.WriteUInt16BigEndian(rest[2..], checked((ushort)entry.File.Length));
            BinaryPrimitives.WriteInt32BigEndian(rest[4..], entry.Version);
            entry.File.CopyTo(rest[(EntryHead + name)..]);
            rest = rest[(EntryHead + name + entry.File.Length)..];
        }
        return Secret.Take(plain);
    }

    private static SealedCopy Unpack(Span<byte> plain)
    {
        var entries = new List<SealedEntry>();
        for (var rest = plain[KeyLength..]; !rest.IsEmpty; )
        {
            var name = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var content = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            var version = BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
            rest = rest[EntryHead..];
            entries.Add(
                new SealedEntry(Encoding.UTF8.GetString(rest[..name]), version, rest.Slice(name, content).ToArray())
            );
            rest = rest[(name + content)..];
        }
        return new SealedCopy(Secret.Take(plain[..KeyLength]), entries);
    }

    private static Secret KeyOf(Secret passphrase, byte[] file, int rounds)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        Rfc2898DeriveBytes.Pbkdf2(
            passphrase.Bytes,
            file.AsSpan(SaltAt..NonceAt),
            key,
            rounds,
            HashAlgorithmName.SHA512
        );
        return Secret.Take(key);
    }

    private static byte[] Bind(byte[] file, string folder) =>
        [.. file.AsSpan(..NonceAt), .. Encoding.UTF8.GetBytes(folder)];
}
