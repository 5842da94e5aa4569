using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Couriers.Vault;

/// <summary>One sealed file: "RCS" and the version of the format (4 bytes), nonce (12), tag (16), ciphertext. AES-256-GCM (NIST SP 800-38D).</summary>
internal static class Seal
{
    /// <summary>The longest secret, in bytes; passwords, seeds and the like are far shorter.</summary>
    public const int MaxPlain = 1024;

    public const int MaxSealed = Start + MaxPlain;

    private const int NonceAt = 4;
    private const int TagAt = NonceAt + 12;
    private const int Start = TagAt + 16;

    private static ReadOnlySpan<byte> Header => "RCS\u0001"u8;

    /// <param name="place">Where the file belongs; it opens nowhere else.</param>
    public static byte[] Close(Secret key, string place, Secret plain)
    {
        if (plain.Length is 0 or > MaxPlain)
            throw new ArgumentException($"A secret has 1 to {MaxPlain} bytes.", nameof(plain));
        var file = new byte[Start + plain.Length];
        Header.CopyTo(file);
        var nonce = file.AsSpan(NonceAt..TagAt);
        RandomNumberGenerator.Fill(nonce); // random, 96 bits: far fewer than 2^32 files are ever sealed under one key
        using var aes = new AesGcm(key.Bytes, Start - TagAt);
        aes.Encrypt(nonce, plain.Bytes, file.AsSpan(Start), file.AsSpan(TagAt..Start), Bind(place));
        return file;
    }

    /// <exception cref="InvalidDataException">The file is no sealed file of a format known here.</exception>
    /// <exception cref="AuthenticationTagMismatchException">It was changed, belongs elsewhere, or is sealed under another key.</exception>
    public static Secret Open(Secret key, string place, ReadOnlySpan<byte> file)
    {
        if (file.Length is <= Start or > MaxSealed || !file.StartsWith(Header))
            throw new InvalidDataException();
        Span<byte> plain = stackalloc byte[file.Length - Start];
        using var aes = new AesGcm(key.Bytes, Start - TagAt);
        aes.Decrypt(file[NonceAt..TagAt], file[Start..], file[TagAt..Start], plain, Bind(place));
        return Secret.Take(plain);
    }

    private static byte[] Bind(string place) => [.. Header, .. Encoding.UTF8.GetBytes(place)];
}
