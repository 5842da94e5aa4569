using System.Security.Cryptography;

namespace RootCustody.Couriers.Vault;

/// <summary>Base32 (RFC 4648, section 6) between buffers that can be wiped; the libraries' own works on strings (law 8).</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Encodes whole groups of five bytes, which need no padding, into eight letters each.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<byte> letters)
    {
        var (held, bits, at) = (0, 0, 0);
        foreach (var next in bytes)
        {
            held = held << 8 | next;
            for (bits += 8; bits >= 5; bits -= 5)
                letters[at++] = (byte)Alphabet[held >> (bits - 5) & 31];
        }
    }

    /// <summary>How many letters so many bytes have with their padding.</summary>
    public static int PaddedLength(int bytes) => (bytes + 4) / 5 * 8;

    /// <summary>Encodes any number of bytes, with padding: a vault of before mid 2021 takes whole groups of eight letters only.</summary>
    /// <param name="letters"><see cref="PaddedLength"/> long.</param>
    public static void EncodePadded(ReadOnlySpan<byte> bytes, Span<byte> letters)
    {
        letters.Fill((byte)'=');
        var whole = bytes.Length / 5;
        Encode(bytes[..(whole * 5)], letters);
        if (bytes.Length % 5 is not (> 0 and var rest))
            return;
        Span<byte> last = stackalloc byte[5];
        last.Clear();
        bytes[(whole * 5)..].CopyTo(last);
        var tail = letters[(whole * 8)..];
        Encode(last, tail);
        tail[((rest * 8 + 4) / 5)..].Fill((byte)'=');
        CryptographicOperations.ZeroMemory(last);
    }

    /// <summary>Decodes what a person pasted: any case, spaces, dashes, padding or none.</summary>
    /// <param name="bytes">At least five eighths as long as the text.</param>
    /// <returns>How many bytes there were; null if it is no Base32 or was cut off.</returns>
    public static int? Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var (held, bits, at, letters) = (0, 0, 0, 0);
        foreach (var letter in text.TrimEnd("= \t\r\n"))
        {
            if (char.IsWhiteSpace(letter) || letter == '-')
                continue;
            var value = char.IsAscii(letter) ? Alphabet.IndexOf(char.ToUpperInvariant(letter)) : -1;
            if (value < 0)
                return null;
            letters++;
            held = held << 5 | value;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes[at++] = (byte)(held >> bits);
        }
        return letters % 8 is 1 or 3 or 6 ? null : at; // no number of bytes has so many letters
    }
}
