using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RootCustody.Audit;

/// <summary>A line of an export. It has exactly one form, so that no byte of it can be changed unseen.</summary>
internal abstract partial record ExportLine
{
    private ExportLine() { } // closed: these and no other

    /// <summary>Longer than any line that <see cref="Of(SequencedEntry)"/> makes, in bytes.</summary>
    public const int MaxBytes = AuditText.MaxBytes + 256;

    /// <param name="Raw">The bytes of the entry as they stand in the line.</param>
    public sealed record Entry(long Sequence, string Previous, string Hash, ReadOnlyMemory<byte> Raw) : ExportLine
    {
        /// <summary>Whether the hash is that of these bytes in this place.</summary>
        public bool IsIntact =>
            Raw.Length <= AuditText.MaxBytes
            && Chain
                .Hash(Convert.FromHexString(Previous), Sequence, Raw.Span)
                .AsSpan()
                .SequenceEqual(Convert.FromHexString(Hash));

        /// <summary>When it happened, or null if this is no entry at all.</summary>
        public DateTimeOffset? At
        {
            get
            {
                try
                {
                    using var facts = JsonDocument.Parse(Raw);
                    return
                        facts.RootElement.TryGetProperty("at", out var at)
                        && at.ValueKind == JsonValueKind.String
                        && at.TryGetDateTimeOffset(out var time)
                        ? time
                        : null;
                }
                catch (JsonException)
                {
                    return null;
                }
            }
        }
    }

    public sealed record Last(ChainHead Head) : ExportLine;

    public sealed record Rubbish : ExportLine;

    public static string Of(SequencedEntry entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"seq":{{entry.Sequence}},"prev":"{{entry.Previous}}","hash":"{{entry.Hash}}","entry":{{entry.Entry}}}"""
        );

    public static string Of(ChainHead head, DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"head":{"seq":{{{head.Sequence}}},"hash":"{{{head.Hash}}}","at":"{{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}"}}"""
        );

    public static ExportLine Read(ReadOnlyMemory<byte> line)
    {
        // Latin-1 gives a character for each byte: what matches in the text is found at the same place in the bytes
        var text = Encoding.Latin1.GetString(line.Span);
        var entry = EntryForm.Match(text);
        if (entry.Success && Number(entry) is { } sequence)
        {
            var raw = entry.Groups["entry"];
            var (previous, hash) = (entry.Groups["prev"].Value, entry.Groups["hash"].Value);
            return new Entry(sequence, previous, hash, line.Slice(raw.Index, raw.Length));
        }

        var head = HeadForm.Match(text);
        return head.Success && Number(head) is { } last
            ? new Last(new ChainHead(last, head.Groups["hash"].Value))
            : new Rubbish();
    }

    private static long? Number(Match match) =>
        long.TryParse(match.Groups["seq"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        """^\{"seq":(?<seq>[1-9][0-9]{0,18}),"prev":"(?<prev>[0-9a-f]{64})","hash":"(?<hash>[0-9a-f]{64})","entry":(?<entry>\{.+\})\}\z""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex EntryForm { get; }

    [GeneratedRegex(
        """^\{"head":\{"seq":(?<seq>0|[1-9][0-9]{0,18}),"hash":"(?<hash>[0-9a-f]{64})","at":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"\}\}\z""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex HeadForm { get; }
}
