using System.Globalization;
using System.Text.Json;

namespace RootCustody.Teams.Drawing;

/// <summary>The names in the <c>data</c> of our buttons and inputs, and how what comes back is read.</summary>
internal static class CardData
{
    public const string Action = "action";
    public const string Subject = "subject";

    /// <summary>On a button in a dialog that asks for the next form, though Teams sends it as a submit.</summary>
    public const string Asks = "asks";

    /// <summary>Before each input's id: inputs are merged into <c>data</c> and must not take the place of its other names.</summary>
    public const string Input = "in.";

    public const string DatePart = ".date";
    public const string TimePart = ".time";

    /// <param name="zone">The IANA name of the reader's time zone, in which they picked moments.</param>
    public static IReadOnlyDictionary<string, string> InputsOf(JsonElement data, string? zone)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in data.EnumerateObject().Where(p => p.Name.StartsWith(Input, StringComparison.Ordinal)))
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => null,
            };
            if (text is not null)
                inputs[property.Name[Input.Length..]] = text;
        }
        JoinMoments(inputs, zone);
        return inputs;
    }

    private static void JoinMoments(Dictionary<string, string> inputs, string? zone)
    {
        foreach (var id in inputs.Keys.Where(k => k.EndsWith(DatePart, StringComparison.Ordinal)).ToList())
        {
            var field = id[..^DatePart.Length];
            inputs.Remove(id, out var date);
            inputs.Remove(field + TimePart, out var time);
            if (
                DateTime.TryParseExact(
                    $"{date} {time}",
                    "yyyy-MM-dd HH:mm",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var local
                ) && local.Year is > 1 and < 9999 // no zone can push it beyond what a date can hold
            )
            {
                var moment = new DateTimeOffset(local, Zone(zone).GetUtcOffset(local));
                inputs[field] = moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static TimeZoneInfo Zone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
