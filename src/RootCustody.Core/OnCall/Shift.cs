namespace RootCustody.OnCall;

/// <summary>Hours of the week, by the clock on the wall, in which the same persons are always on call.</summary>
/// <param name="First">The first day on which a shift begins.</param>
/// <param name="Last">The last, which may lie in the next week: Sat-Mon.</param>
/// <param name="Begins">0:00 to less than 24:00.</param>
/// <param name="Ends">Up to 24:00 on the same day; if it is not after <paramref name="Begins"/>, on the next.</param>
public sealed record Shift(
    DayOfWeek First,
    DayOfWeek Last,
    TimeSpan Begins,
    TimeSpan Ends,
    IReadOnlyList<string> Persons
)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>What is wrong with hours such as <c>Mon-Fri 18:00-08:00</c>, or null.</summary>
    public static string? Fault(string hours) => Read(hours, []).Fault;

    /// <exception cref="FormatException"><see cref="Fault"/> says why.</exception>
    public static Shift Of(string hours, IReadOnlyList<string> persons) =>
        Read(hours, persons) is { Shift: { } shift } ? shift : throw new FormatException(hours);

    /// <summary>The duties of the shift that begins on a day; none if it does not.</summary>
    internal IEnumerable<Duty> On(DateOnly day, TimeZoneInfo zone)
    {
        if (!WeekText.Holds(First, Last, day.DayOfWeek))
            return [];
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var from = WallClock.FirstAt(midnight + Begins, zone);
        var until = WallClock.FirstAt(midnight + (Ends > Begins ? Ends : Ends + Day), zone);
        // a shift within the hour that the clock skips has no time at all
        return from < until ? Persons.Select(p => new Duty(from, until, p)) : [];
    }

    private static (Shift? Shift, string? Fault) Read(string text, IReadOnlyList<string> persons)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var hours])
            return (null, $"'{text}' is not of the form Mon-Fri 18:00-08:00.");
        if (WeekText.DayRange(days) is not (var first, var last))
            return (null, $"'{days}' are no days; say Mon-Fri or Sat.");
        if (
            WeekText.Two(hours) is not [var from, var until]
            || WeekText.Hour(from) is not { } begins
            || WeekText.Hour(until) is not { } ends
            || begins == Day
        )
            return (null, $"'{hours}' are no hours; say 18:00-08:00.");
        return (new Shift(first, last, begins, ends, persons), null);
    }
}
