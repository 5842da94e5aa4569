using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RootCustody.Audit;

/// <summary>Writes an audit entry as canonical JSON: the same facts always give the same bytes, so that a hash can stand for them.</summary>
/// <remarks>As RFC 8785 (JCS) for an object of strings: keys in ordinal order, no whitespace, and nothing escaped but what JSON demands.</remarks>
public static partial class AuditText
{
    /// <summary>The most that an entry may have, in bytes of UTF-8.</summary>
    public const int MaxBytes = 65_536;

    private const string At = "at";
    private const string What = "what";
    private const string Actor = "actor";

    /// <param name="at">When it happened; kept to the millisecond, in UTC.</param>
    /// <param name="what">The event, such as <c>request.approved</c> or <c>half.maybe-shown</c>.</param>
    /// <param name="actor">Who did it: the id of a person, <c>system</c>, or <c>operator</c>.</param>
    /// <param name="details">What else is true of it, in any order; those without a value are left out.</param>
    /// <returns>1 to <see cref="MaxBytes"/> bytes as UTF-8, without a newline. A lone surrogate has become U+FFFD.</returns>
    /// <exception cref="ArgumentException">A name is malformed or there twice, the actor is empty, or the entry is too long.</exception>
    public static string Of(
        DateTimeOffset at,
        string what,
        string actor,
        IEnumerable<KeyValuePair<string, string?>> details
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(actor);
        if (!Name.IsMatch(what))
            throw new ArgumentException($"'{what}' is no name of an event.", nameof(what));

        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [At] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            [What] = what,
            [Actor] = actor,
        };
        foreach (var (name, value) in details)
        {
            if (value is not null && !(Name.IsMatch(name) && facts.TryAdd(name, value)))
                throw new ArgumentException($"'{name}' is no name of a detail, or is there twice.", nameof(details));
        }

        var text = Write(facts);
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            throw new ArgumentException($"An audit entry has at most {MaxBytes} bytes.", nameof(details));
        return text;
    }

    /// <summary>Reads back what <see cref="Of"/> wrote: <c>at</c>, <c>what</c>, <c>actor</c> and the details.</summary>
    /// <exception cref="JsonException">It is no such entry.</exception>
    public static IReadOnlyDictionary<string, string> Read(string entry) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(entry) ?? throw new JsonException();

    private static string Write(SortedDictionary<string, string> facts)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in facts)
        {
            text.Append(text.Length == 1 ? "" : ",").Append('"').Append(name).Append("\":\"");
            foreach (var rune in value.EnumerateRunes())
                Write(text, rune);
            text.Append('"');
        }
        return text.Append('}').ToString();
    }

    private static void Write(StringBuilder text, Rune rune) =>
        _ = rune.Value switch
        {
            '"' => text.Append("\\\""),
            '\\' => text.Append(@"\\"),
            '\b' => text.Append("\\b"),
            '\t' => text.Append("\\t"),
            '\n' => text.Append("\\n"),
            '\f' => text.Append("\\f"),
            '\r' => text.Append("\\r"),
            < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => text.Append(CultureInfo.InvariantCulture, $"{rune}"),
        };

    [GeneratedRegex(
        @"^[a-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: -1
    )]
    private static partial Regex Name { get; }
}
