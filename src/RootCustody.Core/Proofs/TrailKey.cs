using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace RootCustody.Proofs;

/// <summary>A public key that AWS signs digests of CloudTrail with. It counts only if two administrators trust it: one that comes in a file proves nothing.</summary>
/// <remarks>As <c>aws cloudtrail list-public-keys</c> prints it.</remarks>
public sealed class TrailKey
{
    public const int FingerprintLength = 32;

    /// <summary>Characters of base64: more than the 8192 bits that we take.</summary>
    public const int LongestValue = 1500;

    private const int EpochDigits = 10;
    private const int FewestBits = 2048;
    private const int MostBits = 8192;

    private TrailKey() { }

    /// <summary>MD5 of the key, in hexadecimal: AWS's name for it.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Base64 of an RSAPublicKey of PKCS #1 in DER.</summary>
    public string Value { get; private set; } = "";

    /// <summary>AWS signs with it from then on, until <see cref="ValidUntil"/>.</summary>
    public DateTimeOffset ValidFrom { get; private set; }

    public DateTimeOffset ValidUntil { get; private set; }

    /// <summary>Says what is wrong with a key, in a sentence; null if it can be trusted.</summary>
    public static string? WhyNot(string fingerprint, string value, DateTimeOffset from, DateTimeOffset until)
    {
        if (fingerprint.Length != FingerprintLength || fingerprint.Any(c => !char.IsAsciiHexDigitLower(c)))
            return $"A fingerprint is {FingerprintLength} hexadecimal digits in small letters, as aws cloudtrail list-public-keys prints it.";
        if (from >= until)
            return "The key has to be valid from before it is valid until.";
        if (Decode(value) is not { } der)
            return "The value is not the base64 that aws cloudtrail list-public-keys prints.";
        if (FingerprintOf(der) != fingerprint)
            return "That is not the fingerprint of this value: one of the two is not copied right, or it is another key.";
        using var rsa = Import(der);
        return rsa is null || rsa.KeySize is < FewestBits or > MostBits
            ? $"The value is not an RSA key of {FewestBits} to {MostBits} bits."
            : null;
    }

    /// <exception cref="ArgumentException"><see cref="WhyNot"/> says why.</exception>
    public static TrailKey Of(string fingerprint, string value, DateTimeOffset from, DateTimeOffset until) =>
        WhyNot(fingerprint, value, from, until) is { } why
            ? throw new ArgumentException(why, nameof(value))
            : new TrailKey
            {
                Fingerprint = fingerprint,
                Value = value,
                ValidFrom = from,
                ValidUntil = until,
            };

    /// <summary>Reads a moment as version 1 of the AWS CLI prints it: seconds since 1970, such as <c>1436886000.0</c>.</summary>
    /// <returns>Null if it is something else: ten digits are any second from 2001 until 2286.</returns>
    public static DateTimeOffset? ReadEpoch(string text) =>
        text.Split('.')[0].Length == EpochDigits
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>Whether AWS signs with it at that moment.</summary>
    public bool IsValidAt(DateTimeOffset moment) => moment >= ValidFrom && moment <= ValidUntil;

    /// <summary>Whether the signature is of this key and over exactly these bytes.</summary>
    internal bool Signed(byte[] bytes, byte[] signature)
    {
        using var rsa = Import(Decode(Value)!);
        return rsa!.VerifyData(bytes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    [SuppressMessage("Security", "CA5351", Justification = "It names the key, as AWS does; administrators compare it.")]
    private static string FingerprintOf(byte[] der) => Convert.ToHexStringLower(MD5.HashData(der));

    private static byte[]? Decode(string value)
    {
        var der = new byte[LongestValue];
        return value.Length <= LongestValue && Convert.TryFromBase64String(value, der, out var length)
            ? der[..length]
            : null;
    }

    private static RSA? Import(byte[] der)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportRSAPublicKey(der, out var read);
            if (read == der.Length)
                return rsa;
        }
        catch (CryptographicException)
        {
            // it is no key
        }
        rsa.Dispose();
        return null;
    }
}
