using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RootCustody.Audit;

/// <summary>What the provider certifies at the end of a custody: facts in words, and the entries of the audit log that they rest on. It has exactly one form as JSON, and a text that follows from it.</summary>
/// <param name="Facts">Names and values, in this order.</param>
/// <param name="Entries">As they stand in the chain, in its order; other entries may lie between.</param>
/// <param name="Head">The head of the log when it was made.</param>
public sealed record Certificate(
    IReadOnlyList<KeyValuePair<string, string>> Facts,
    IReadOnlyList<SequencedEntry> Entries,
    ChainHead Head
)
{
    /// <summary>More than any certificate has, in bytes of its JSON.</summary>
    public const int Longest = 4 * 1024 * 1024;

    private const string Kind = "RootCustody transfer certificate";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The one form: an object on one line.</summary>
    public string Json
    {
        get
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("kind", Kind);
                json.WriteStartArray("facts");
                foreach (var (name, value) in Facts)
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    json.WriteString("value", value);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("entries");
                foreach (var entry in Entries)
                    json.WriteRawValue(ExportLine.Of(entry));
                json.WriteEndArray();
                json.WriteString("head", Head.ToString());
                json.WriteEndObject();
            }
            return Encoding.UTF8.GetString(buffer.ToArray());
        }
    }

    /// <summary>SHA-256 of the JSON in UTF-8: 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));

    /// <summary>What people read, and what is signed, in UTF-8. Its last line holds the JSON.</summary>
    /// <param name="name">Of the log and of whoever signs.</param>
    public string TextFor(string name)
    {
        var text = new StringBuilder();
        text.Append(name).Append('\n').Append(Kind).Append("\n\n");
        foreach (var (fact, value) in Facts)
            text.Append(fact).Append(": ").Append(Plain(value)).Append('\n');
        text.Append("\nEntries of the audit log, by number, hash, time and event:\n");
        foreach (var entry in Entries)
        {
            var facts = AuditText.Read(entry.Entry);
            text.Append(entry.Head).Append(' ').Append(facts["at"]).Append(' ').Append(facts["what"]).Append('\n');
        }
        text.Append("\nHead of the audit log: ").Append(Head).Append('\n');
        text.Append("SHA-256 of the JSON: ").Append(Fingerprint).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Json"/> wrote, and nothing else: each entry has to have the hash of its content.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var entries = root.GetProperty("entries")
                .EnumerateArray()
                .Select(e => ExportLine.Read(Encoding.UTF8.GetBytes(e.GetRawText())))
                .ToList();
            if (
                !ChainHead.TryParse(root.GetProperty("head").GetString(), out var head)
                || !entries.TrueForAll(e => e is ExportLine.Entry { IsIntact: true })
            )
                return false;
            var read = new Certificate(
                [.. root.GetProperty("facts").EnumerateArray().Select(FactIn)],
                [.. entries.Cast<ExportLine.Entry>().Select(EntryIn)],
                head
            );
            if (read.Json != json)
                return false;
            _ = read.TextFor(""); // each entry has to be one
            certificate = read;
            return true;
        }
        catch (Exception rubbish) when (rubbish is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static KeyValuePair<string, string> FactIn(JsonElement fact) =>
        new(fact.GetProperty("name").GetString() ?? "", fact.GetProperty("value").GetString() ?? "");

    private static SequencedEntry EntryIn(ExportLine.Entry entry) =>
        new(entry.Sequence, entry.Previous, entry.Hash, Encoding.UTF8.GetString(entry.Raw.Span));

    /// <summary>What was typed must not look like lines of ours.</summary>
    private static string Plain(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
}
