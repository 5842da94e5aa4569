using System.Globalization;
using RootCustody.OnCall;

namespace RootCustody.Tests.OnCall;

/// <summary>Moments and stretches as one line of text each.</summary>
internal static class Told
{
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-11-23T08:00Z 2026-11-24T08:00Z paul,petra</c>; a gap is <c>-</c>.</summary>
    public static string Of(Stretch stretch) => $"{Of(stretch.From)} {Of(stretch.Until)} {Persons(stretch.Persons)}";

    public static string[] Of(IEnumerable<Stretch>? stretches) => [.. stretches!.Select(Of)];

    public static string Persons(IReadOnlySet<string>? persons) =>
        persons!.Count == 0 ? "-" : string.Join(',', persons.Order(StringComparer.Ordinal));
}
