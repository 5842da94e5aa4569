using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace RootCustody.Audit;

/// <summary>A head of the log to be signed, written as a C2SP signed note (c2sp.org/signed-note). Its text is no <c>tlog-checkpoint</c>, and cannot be taken for one: the head is that of a chain, not of a Merkle tree.</summary>
/// <param name="Name">The name of the log.</param>
public sealed partial record Checkpoint(string Name, ChainHead Head)
{
    /// <summary>Longer than any note that is looked at, in characters.</summary>
    public const int Longest = 16 * 1024;

    private const string Kind = "RootCustody chain head";

    /// <summary>What is signed, in UTF-8: the name, what it is and the head, a line each.</summary>
    public string Text => $"{Name}\n{Kind}\n{Head}\n";

    /// <summary>The note with one signature.</summary>
    public string Signed(CheckpointKey key, ReadOnlySpan<byte> signature) => SignedNote.Of(Text, key, signature);

    /// <summary>Whether this can name a log and its key.</summary>
    public static bool IsName(string? text) => NameForm.IsMatch(text ?? "");

    /// <summary>Reads a note and the signatures that claim to be made by this key.</summary>
    /// <returns>Null if it is no checkpoint. Nothing is true of it until one of the signatures is checked.</returns>
    public static Checkpoint? Read(string note, CheckpointKey key, out IReadOnlyList<byte[]> signatures)
    {
        var match = Form.Match(SignedNote.Read(note, key, out signatures) ?? "");
        return match.Success && ChainHead.TryParse(match.Groups["head"].Value, out var head)
            ? new Checkpoint(match.Groups["name"].Value, head)
            : null;
    }

    [GeneratedRegex("^[A-Za-z0-9._/-]{1,200}\\z", RegexOptions.None, matchTimeoutMilliseconds: -1)]
    private static partial Regex NameForm { get; }

    [GeneratedRegex(
        "^(?<name>[A-Za-z0-9._/-]{1,200})\\nRootCustody chain head\\n(?<head>[0-9]{1,19}:[0-9a-f]{64})\\n\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex Form { get; }
}

/// <summary>The public key of whoever signs checkpoints: Ed25519, in the form of a C2SP verifier key, <c>NAME+ID+KEY</c>.</summary>
/// <param name="Bytes">32 bytes.</param>
public sealed record CheckpointKey(string Name, ReadOnlyMemory<byte> Bytes)
{
    private const byte Ed25519 = 1;
    private const int Length = 32;
    private const int IdLength = 4;

    /// <summary>What tells it from other keys of that name: the first 4 bytes of the SHA-256 of name, newline, kind and key.</summary>
    public byte[] Id =>
        System.Security.Cryptography.SHA256.HashData([
            .. Encoding.UTF8.GetBytes(Name),
            (byte)'\n',
            Ed25519,
            .. Bytes.Span,
        ])[..IdLength];

    public override string ToString() =>
        $"{Name}+{Convert.ToHexStringLower(Id)}+{Convert.ToBase64String([Ed25519, .. Bytes.Span])}";

    /// <summary>Reads what <see cref="ToString"/> writes; the id has to fit.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CheckpointKey? key)
    {
        key = null;
        var bytes = new byte[1 + Length];
        if (
            text?.Split('+', 3) is not [var name, _, var base64]
            || !Checkpoint.IsName(name)
            || base64.Length > 2 * Length
            || !Convert.TryFromBase64String(base64, bytes, out var length)
            || length != bytes.Length
            || bytes[0] != Ed25519
        )
            return false;
        var read = new CheckpointKey(name, bytes.AsMemory(1));
        if (read.ToString() != text)
            return false;
        key = read;
        return true;
    }
}
