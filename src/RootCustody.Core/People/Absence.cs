using System.Globalization;

namespace RootCustody.People;

/// <summary>How long someone says they will be away.</summary>
public static class Absence
{
    /// <summary>What can be typed.</summary>
    public const string Forms =
        "away until 2026-12-24 18:00 Europe/Berlin, away until 18:00, or away for 3d (m, h, d or w). Without a time zone it is UTC.";

    /// <summary>Whoever is away for longer leaves the group instead.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads <c>until 2026-12-24 18:00 Europe/Berlin</c>, <c>until 18:00</c> (the next one) or <c>for 3d</c>.</summary>
    /// <returns>Until when, or what is wrong.</returns>
    public static (DateTimeOffset? Until, string? Fault) Read(string text, DateTimeOffset now)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (until, fault) = words switch
        {
            ["for", var length] => For(length, now),
            ["until", var time] => UntilTime(time, "UTC", now),
            ["until", var date, var time] when Day(date) is { } day => Until(day, time, "UTC"),
            ["until", var time, var zone] => UntilTime(time, zone, now),
            ["until", var date, var time, var zone] when Day(date) is { } day => Until(day, time, zone),
            _ => (null, $"I do not understand until when. Type {Forms}"),
        };
        if (until is not { } end)
            return (null, fault);
        if (end <= now)
            return (null, $"{Say(end)} is over already. Type {Forms}");
        return end - now > Longest
            ? (null, $"That is too long: at most {Longest.TotalDays:0} days. Whoever goes for longer leaves the group.")
            : (end, null);
    }

    public static string Say(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static (DateTimeOffset?, string?) For(string length, DateTimeOffset now)
    {
        if (
            length.Length is < 2 or > 6
            || !int.TryParse(length[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || UnitOf(char.ToLowerInvariant(length[^1])) is not { } unit
        )
            return (null, $"'{Cut(length)}' is no length of time. Type {Forms}");
        return (now + unit * number, null);
    }

    private static TimeSpan? UnitOf(char letter) =>
        letter switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };

    /// <summary>The next time that the clocks of the zone show this.</summary>
    private static (DateTimeOffset?, string?) UntilTime(string time, string zone, DateTimeOffset now)
    {
        if (ZoneOf(zone) is not { } found)
            return (null, $"'{Cut(zone)}' is no time zone; say one such as Europe/Berlin.");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, found).DateTime);
        var (until, fault) = Until(today, time, zone);
        return until <= now ? Until(today.AddDays(1), time, zone) : (until, fault);
    }

    private static (DateTimeOffset?, string?) Until(DateOnly day, string time, string zone)
    {
        if (ZoneOf(zone) is not { } found)
            return (null, $"'{Cut(zone)}' is no time zone; say one such as Europe/Berlin.");
        if (!TimeOnly.TryParseExact(time, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour))
            return (null, $"'{Cut(time)}' is no time of day; say 18:00.");
        var local = day.ToDateTime(hour);
        // an hour that the clocks leave out is read as the time after it, one that comes twice as the first
        var offset =
            found.IsInvalidTime(local) ? found.GetUtcOffset(local.AddHours(-1))
            : found.IsAmbiguousTime(local) ? found.GetAmbiguousTimeOffsets(local).Max()
            : found.GetUtcOffset(local);
        var utc = local.Ticks - offset.Ticks;
        return utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks
            ? (null, $"There is no such day. Type {Forms}")
            : (new DateTimeOffset(utc, TimeSpan.Zero), null);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>Names only: the system looks for a file of that name, and what is typed must not lead it elsewhere.</summary>
    private static TimeZoneInfo? ZoneOf(string text) =>
        char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? zone
            : null;

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40];
}
