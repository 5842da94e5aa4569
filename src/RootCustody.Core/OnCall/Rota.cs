namespace RootCustody.OnCall;

/// <summary>When the persons of one custodian group are on call: all whose turn or shift it is.</summary>
/// <param name="zone">Whose clock counts for hand-overs and shifts.</param>
/// <param name="turns">Persons who take turns by week; null if nobody does.</param>
/// <param name="shifts">Hours of the week that always belong to the same persons.</param>
public sealed class Rota(TimeZoneInfo zone, Turns? turns, IReadOnlyList<Shift> shifts)
{
    // a calendar has two ends, and a clock on the wall may be past them: nobody is on call there
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The keys of the persons on call; empty in a gap.</summary>
    public IReadOnlySet<string> PersonsAt(DateTimeOffset at) => Duties.PersonsAt(Between(at, at), at);

    /// <summary>Who is on call when, gaps included.</summary>
    public IReadOnlyList<Stretch> Stretches(DateTimeOffset from, DateTimeOffset until) =>
        Duties.Stretches(Between(from, until), from, until);

    /// <summary>The duties that reach into an interval, both of its ends included.</summary>
    private IEnumerable<Duty> Between(DateTimeOffset from, DateTimeOffset until)
    {
        if (from < Earliest)
            from = Earliest;
        if (until > Latest)
            until = Latest;
        return from > until ? [] : (turns?.Between(from, until, zone) ?? []).Concat(OnShift(from, until));
    }

    private IEnumerable<Duty> OnShift(DateTimeOffset from, DateTimeOffset until)
    {
        if (shifts.Count == 0)
            yield break;
        // a shift that began up to two days ago, over midnight and over a change of the clock, may still last
        var last = DateOfClock(until);
        for (var day = DateOfClock(from).AddDays(-2); day <= last; day = day.AddDays(1))
        {
            foreach (var duty in shifts.SelectMany(s => s.On(day, zone)).Where(d => d.From <= until && d.Until > from))
                yield return duty;
        }
    }

    private DateOnly DateOfClock(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
