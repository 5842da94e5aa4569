using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RootCustody.Audit;

/// <summary>How far the log goes: who knows it can tell whether anything up to there was changed since.</summary>
/// <param name="Sequence">The number of the last entry; 0 for an empty log.</param>
/// <param name="Hash">The hash of the last entry: 64 lower-case hexadecimal digits; all 0 for an empty log.</param>
public sealed partial record ChainHead(long Sequence, string Hash)
{
    /// <summary>The head of the empty log.</summary>
    public static ChainHead Genesis { get; } = new(0, new string('0', 64));

    /// <summary>As <see cref="TryParse"/> reads it: <c>SEQ:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out ChainHead? head)
    {
        var match = Form.Match(text ?? "");
        head =
            match.Success
            && long.TryParse(match.Groups["seq"].ValueSpan, CultureInfo.InvariantCulture, out var sequence)
                ? new ChainHead(sequence, match.Groups["hash"].Value)
                : null;
        return head is not null;
    }

    [GeneratedRegex(
        "^(?<seq>0|[1-9][0-9]{0,18}):(?<hash>[0-9a-f]{64})\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex Form { get; }
}

/// <summary>An entry with its place in the log.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Previous">The hash of the entry before it; see <see cref="ChainHead.Hash"/>.</param>
/// <param name="Hash">See <see cref="Chain.Hash"/>; 64 lower-case hexadecimal digits.</param>
/// <param name="Entry">As <see cref="AuditText"/> wrote it.</param>
public sealed record SequencedEntry(long Sequence, string Previous, string Hash, string Entry)
{
    /// <summary>The head of the log when this was its last entry.</summary>
    public ChainHead Head => new(Sequence, Hash);
}
