using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What came of a pasted MFA seed. The sentence of a refusal never repeats what was pasted (law 8). Not a record: it must not print.</summary>
public abstract class SeedText
{
    /// <summary>In bytes; RFC 4226 wants 16, but older seeds of 10 are in use.</summary>
    public const int Shortest = 10;

    /// <summary>In bytes; AWS gives 40.</summary>
    public const int Longest = 128;

    private const int LongestText = 2048;
    private const string UriStart = "otpauth://";

    private SeedText() { } // closed: these two and no other

    public sealed class Accepted(Secret seed, TotpShape shape) : SeedText, IDisposable
    {
        public Secret Seed => seed;
        public TotpShape Shape => shape;

        public void Dispose() => seed.Dispose();
    }

    public sealed class Refused(string why) : SeedText
    {
        public string Why => why;
    }

    /// <summary>Reads Base32 as AWS shows it, or the <c>otpauth://totp/</c> address of its QR code. The caller wipes the text, if it can be wiped.</summary>
    public static SeedText Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
            return new Refused("There is no seed. Paste the Base32 text or the otpauth:// address that AWS shows.");
        if (text.Length > LongestText)
            return new Refused("That is too long for a seed. Paste only the Base32 text or the otpauth:// address.");
        return text.StartsWith(UriStart, StringComparison.OrdinalIgnoreCase)
            ? ReadUri(text[UriStart.Length..])
            : ReadBase32(text);
    }

    private static SeedText ReadBase32(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[LongestText * 5 / 8];
        var length = Base32.Decode(text, bytes);
        if (length is { } found and >= Shortest and <= Longest)
            return new Accepted(Secret.Take(bytes[..found]), TotpShape.Usual);
        CryptographicOperations.ZeroMemory(bytes);
        return new Refused(
            length switch
            {
                null =>
                    "That is no Base32, or a part of it is missing. It has only the letters A to Z and the digits 2 to 7.",
                < Shortest => $"That seed is too short: it has less than {Shortest} bytes. Was all of it copied?",
                _ => $"That seed is too long: it has more than {Longest} bytes.",
            }
        );
    }

    private static SeedText ReadUri(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("hotp", StringComparison.OrdinalIgnoreCase))
            return new Refused("That is a counter-based seed (hotp). AWS uses time-based ones (totp) only.");
        var query = rest.IndexOf('?');
        if (query < 0 || !rest.StartsWith("totp", StringComparison.OrdinalIgnoreCase))
            return new Refused(
                "That otpauth:// address is incomplete: it begins with otpauth://totp/ and has a secret."
            );

        var parameters = rest[(query + 1)..];
        if (
            !IsLeftOutOr("SHA1", Find(parameters, "algorithm"))
            || !IsLeftOutOr("6", Find(parameters, "digits"))
            || !IsLeftOutOr("30", Find(parameters, "period"))
        )
            return new Refused("That is no seed of AWS, which uses SHA1, 6 digits and a period of 30 seconds only.");

        var secret = Find(parameters, "secret");
        return secret.IsEmpty
            ? new Refused("That otpauth:// address has no secret. Was all of it copied?")
            : ReadEscaped(secret);
    }

    private static SeedText ReadEscaped(ReadOnlySpan<char> secret)
    {
        Span<char> text = stackalloc char[secret.Length];
        try
        {
            return Uri.TryUnescapeDataString(secret, text, out var length)
                ? ReadBase32(text[..length])
                : new Refused("The secret in that otpauth:// address cannot be read. Paste the Base32 text instead.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text));
        }
    }

    private static bool IsLeftOutOr(string wanted, ReadOnlySpan<char> value) =>
        value.IsEmpty || value.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Find(ReadOnlySpan<char> parameters, string name)
    {
        foreach (var range in parameters.Split('&'))
        {
            var parameter = parameters[range];
            if (
                parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && parameter[name.Length..].StartsWith('=')
            )
                return parameter[(name.Length + 1)..];
        }
        return default;
    }
}
