using System.Globalization;

namespace RootCustody.OnCall;

/// <summary>Persons who are on call in turn, each for a week.</summary>
/// <param name="HandOver">When, by the clock on the wall, the first turn begins; from there on every seven days.</param>
/// <param name="Persons">In their order; after the last it is the first again. Not empty.</param>
public sealed record Turns(DateTime HandOver, IReadOnlyList<string> Persons)
{
    private const int Week = 7;

    /// <summary>What is wrong with a hand-over such as <c>Mon 09:00</c>, or null.</summary>
    public static string? HandOverFault(string handOver) =>
        Moment(handOver) is null ? $"'{handOver}' is no day and time; say Mon 09:00." : null;

    /// <summary>What is wrong with a start such as <c>2026-11-23</c>, or null.</summary>
    public static string? StartFault(string start) =>
        Date(start) is null ? $"'{start}' is no day between 2000 and 2999; say 2026-11-23." : null;

    /// <param name="start">The first turn begins at the first hand-over on this day or after it.</param>
    /// <exception cref="FormatException"><see cref="HandOverFault"/> or <see cref="StartFault"/> say why.</exception>
    public static Turns Of(string handOver, string start, IReadOnlyList<string> persons)
    {
        var (day, time) = Moment(handOver) ?? throw new FormatException(handOver);
        var from = Date(start) ?? throw new FormatException(start);
        var first = from.AddDays((day - from.DayOfWeek + Week) % Week);
        return new Turns(first.ToDateTime(TimeOnly.MinValue) + time, persons);
    }

    /// <summary>The turns that reach into an interval, both of its ends included.</summary>
    internal IEnumerable<Duty> Between(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        var weeks = (TimeZoneInfo.ConvertTime(from, zone).DateTime - HandOver).TotalDays / Week;
        // a week early: on the days on which the clock changes, the week that it shows may have begun later
        for (var turn = Math.Max(0, (int)Math.Floor(weeks) - 1); Begin(turn) <= until; turn++)
        {
            if (Begin(turn + 1) > from)
                yield return new Duty(Begin(turn), Begin(turn + 1), Persons[turn % Persons.Count]);
        }

        DateTimeOffset Begin(int turn) => WallClock.FirstAt(HandOver.AddDays(turn * Week), zone);
    }

    private static (DayOfWeek Day, TimeSpan Time)? Moment(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var day, var time]
        && WeekText.Day(day) is { } weekday
        && WeekText.Hour(time) is { } hour
        && hour < TimeSpan.FromHours(24)
            ? (weekday, hour)
            : null;

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 2000 and < 3000
            ? date
            : null;
}
