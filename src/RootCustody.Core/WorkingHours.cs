using RootCustody.OnCall;

namespace RootCustody;

/// <summary>Stretches of the week in a time zone, such as <c>Mon-Fri 08:00-18:00 Europe/Berlin; Sat 10:00-12:00 Europe/Berlin</c>.</summary>
public sealed class WorkingHours
{
    private readonly List<Stretch> stretches;

    private WorkingHours(List<Stretch> stretches) => this.stretches = stretches;

    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Fault(string text) =>
        Parts(text).Select(p => Read(p).Fault).FirstOrDefault(f => f is not null);

    /// <exception cref="FormatException"><see cref="Fault"/> says why.</exception>
    public static WorkingHours Of(string text) =>
        new([.. Parts(text).Select(p => Read(p) is { Stretch: { } stretch } ? stretch : throw new FormatException(p))]);

    /// <summary>Whether work from one moment to the other lies within one stretch. Without any stretch it always does.</summary>
    public bool Allow(DateTimeOffset from, DateTimeOffset until) =>
        stretches.Count == 0 || stretches.Exists(s => s.Allows(from, until));

    /// <summary>The day on which a moment lies by the clocks of the first stretch; without any stretch by UTC.</summary>
    public DateOnly DayOf(DateTimeOffset at) =>
        DateOnly.FromDateTime(
            stretches is [var first, ..] ? TimeZoneInfo.ConvertTime(at, first.Zone).DateTime : at.UtcDateTime
        );

    /// <summary>The first moment of that day, each stretch by its own clocks, that lies in a stretch and not before another moment; null if there is none.</summary>
    public DateTimeOffset? BeginOn(DateOnly day, DateTimeOffset notBefore)
    {
        if (stretches.Count == 0)
        {
            var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            return notBefore <= midnight ? midnight
                : notBefore < midnight.AddDays(1) ? notBefore
                : null;
        }
        return stretches.Select(s => s.BeginOn(day, notBefore)).Min();
    }

    private static string[] Parts(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (Stretch? Stretch, string? Fault) Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var days, var hours, var zone])
            return (null, $"'{text}' is not of the form Mon-Fri 08:00-18:00 Europe/Berlin.");
        if (WeekText.DayRange(days) is not (var first, var last))
            return (null, $"'{days}' are no days; say Mon-Fri or Sat.");
        if (
            WeekText.Two(hours) is not [var from, var until]
            || WeekText.Hour(from) is not { } begins
            || WeekText.Hour(until) is not { } ends
        )
            return (null, $"'{hours}' are no hours; say 08:00-18:00.");
        if (begins >= ends)
            return (null, $"'{hours}' ends before it begins; split what goes over midnight.");
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? (new Stretch(first, last, begins, ends, found), null)
            : (null, $"'{zone}' is no time zone; say one such as Europe/Berlin.");
    }

    private sealed record Stretch(DayOfWeek First, DayOfWeek Last, TimeSpan Begins, TimeSpan Ends, TimeZoneInfo Zone)
    {
        public DateTimeOffset? BeginOn(DateOnly day, DateTimeOffset notBefore)
        {
            if (!WeekText.Holds(First, Last, day.DayOfWeek))
                return null;
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            var (begin, end) = (WallClock.FirstAt(midnight + Begins, Zone), WallClock.FirstAt(midnight + Ends, Zone));
            var from = notBefore > begin ? notBefore : begin;
            return from < end ? from : null; // a change of the clock may leave out the whole of it
        }

        public bool Allows(DateTimeOffset from, DateTimeOffset until)
        {
            var (start, end) = (TimeZoneInfo.ConvertTime(from, Zone), TimeZoneInfo.ConvertTime(until, Zone));
            var midnight = start.Date; // the local one: 08:00 is 08:00 on a day of 23 or 25 hours too
            return WeekText.Holds(First, Last, start.DayOfWeek)
                && start.DateTime >= midnight + Begins
                && end.DateTime <= midnight + Ends;
        }
    }
}
