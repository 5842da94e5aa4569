using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace RootCustody.Proofs;

/// <summary>Reads JSON that anybody may have written.</summary>
internal static class TrailJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <returns>Null if it is no JSON object, is too deep, or says something twice.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // it is no JSON
        }
        return null;
    }

    /// <returns>Null if it is not there, or is no object.</returns>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <returns>Null if it is not there, or is no text.</returns>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member ? Read(member) : null;

    public static bool IsThere(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: not JsonValueKind.Null };

    public static DateTimeOffset? Moment(this JsonElement element, string name) =>
        element.Text(name) is { } text && TryMoment(text, out var moment) ? moment : null;

    public static bool TryMoment([NotNullWhen(true)] string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out moment
        );

    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair, which is no text
        }
    }
}
