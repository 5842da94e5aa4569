using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RootCustody.Playground.FakeVault;

/// <summary>A field has the wrong type: 500.</summary>
internal sealed class WrongFieldException(string field)
    : Exception($"1 error occurred:\n\t* error converting input for field \"{field}\"\n\n");

/// <summary>Reads the fields of a body as loosely as the server does.</summary>
internal static partial class Fields
{
    public static string? Text(this JsonObject body, string field) =>
        body[field] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonValue value => value.ToJsonString(),
            _ => throw new WrongFieldException(field),
        };

    public static int? Whole(this JsonObject body, string field)
    {
        if (Text(body, field) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new WrongFieldException(field);
    }

    public static bool? Flag(this JsonObject body, string field) =>
        Text(body, field) switch
        {
            null => null,
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw new WrongFieldException(field),
        };

    /// <summary>A list, or one text with commas.</summary>
    public static IReadOnlyList<string>? Texts(this JsonObject body, string field) =>
        body[field] switch
        {
            null => null,
            JsonArray several => [.. several.Select(t => t!.ToString())],
            JsonValue one => one.ToString()
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            _ => throw new WrongFieldException(field),
        };

    public static IReadOnlyList<int>? Wholes(this JsonObject body, string field) =>
        Texts(body, field)
            ?.Select(t =>
                int.TryParse(t, CultureInfo.InvariantCulture, out var n) ? n : throw new WrongFieldException(field)
            )
            .ToList();

    /// <summary>Seconds, or a text such as <c>90</c>, <c>10m</c>, <c>1h30m</c>.</summary>
    public static TimeSpan? Length(this JsonObject body, string field) =>
        Text(body, field) is { } text ? LengthOf(text) ?? throw new WrongFieldException(field) : null;

    /// <returns>Null if it is no length.</returns>
    public static TimeSpan? LengthOf(string text)
    {
        if (text.Length == 0)
            return TimeSpan.Zero;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        var parts = Parts().Matches(text);
        if (parts.Count == 0 || parts.Sum(p => p.Length) != text.Length)
            return null;
        var length = TimeSpan.Zero;
        foreach (Match part in parts)
        {
            var number = double.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            length += part.Groups["unit"].Value switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            };
        }
        return length;
    }

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    public static JsonObject ToJson(this IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, t.Value)));

    [GeneratedRegex(@"(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h|d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
