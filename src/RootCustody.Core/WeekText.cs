using System.Globalization;

namespace RootCustody;

/// <summary>Days and hours as people write them into settings: <c>Mon-Fri</c>, <c>Sat</c>, <c>08:00-18:00</c>.</summary>
internal static class WeekText
{
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>The two sides of a dash, or nothing.</summary>
    public static string[] Two(string text) => text.Split('-') is { Length: 2 } two ? two : [];

    public static DayOfWeek? Day(string text) =>
        Array.FindIndex(Days, d => d.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var day
            ? (DayOfWeek)day
            : null;

    /// <summary>From one day to another; of a single day both are that day.</summary>
    public static (DayOfWeek First, DayOfWeek Last)? DayRange(string text)
    {
        var (first, last) = Two(text) is [var a, var b] ? (Day(a), Day(b)) : (Day(text), Day(text));
        return first is { } from && last is { } until ? (from, until) : null;
    }

    /// <summary>Whether a day lies in a range, which may go over the end of the week.</summary>
    public static bool Holds(DayOfWeek first, DayOfWeek last, DayOfWeek day) =>
        first <= last ? first <= day && day <= last : day >= first || day <= last;

    /// <summary>The end of a day may be said as 24:00.</summary>
    public static TimeSpan? Hour(string text) =>
        text == "24:00" ? TimeSpan.FromHours(24)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToTimeSpan()
        : null;
}
