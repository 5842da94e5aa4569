using System.Text.RegularExpressions;

namespace RootCustody.Audit;

/// <summary>A text with signatures under it, as a C2SP signed note (c2sp.org/signed-note).</summary>
public static partial class SignedNote
{
    /// <summary>The text with one signature.</summary>
    /// <param name="text">Ends with a newline.</param>
    public static string Of(string text, CheckpointKey key, ReadOnlySpan<byte> signature) =>
        $"{text}\n\u2014 {key.Name} {Convert.ToBase64String([.. key.Id, .. signature])}\n";

    /// <summary>Takes a note apart.</summary>
    /// <param name="signatures">Those that claim to be made by this key. Nothing is true of the text until one of them is checked.</param>
    /// <returns>The text with its newline; null if it is no note.</returns>
    public static string? Read(string note, CheckpointKey key, out IReadOnlyList<byte[]> signatures)
    {
        signatures = [];
        var match = Form.Match(note);
        if (!match.Success)
            return null;
        signatures =
        [
            .. match
                .Groups["signature"]
                .Captures.Select(c => c.Value.Split(' '))
                .Where(line => line[1] == key.Name)
                .Select(line => BytesOf(line[2]))
                .OfType<byte[]>()
                .Where(bytes => bytes.AsSpan().StartsWith(key.Id))
                .Select(bytes => bytes[key.Id.Length..]),
        ];
        return match.Groups["text"].Value;
    }

    private static byte[]? BytesOf(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    [GeneratedRegex(
        "^(?<text>.+\\n)\\n(?<signature>\u2014 [^ \\n]+ [A-Za-z0-9+/=]+\\n)+\\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex Form { get; }
}
