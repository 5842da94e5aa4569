using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using RootCustody.OnCall;

namespace RootCustody.Desk.OnCall;

/// <summary>What one reading of a feed said.</summary>
/// <param name="Unnamed">How many events of the time that was looked at name no person we know.</param>
/// <param name="Unread">How many events use what is not understood here, and so do not count.</param>
internal sealed record FeedContent(IReadOnlyList<Duty> Duties, int Unnamed, int Unread);

/// <summary>From the text of an iCalendar (RFC 5545) to duties.</summary>
/// <remarks>
/// The library parses and repeats; what replaces or drops one occurrence is decided here, by moments, because the library
/// compares local times and so misses an exception that is written in another time zone.
/// </remarks>
internal sealed class FeedCalendar(FeedNames names, TimeZoneInfo zone)
{
    private const int MostDuties = 20_000;

    // a leap day comes every eight years at the worst: so many days may pass without an occurrence
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 3_000 };

    /// <param name="text">Foreign: whatever it is, what comes out is duties or an exception.</param>
    /// <param name="from">Occurrences that end before this moment are left out.</param>
    /// <param name="until">So are those that begin at it or later.</param>
    /// <exception cref="FeedException">It is no calendar, or says more than a rota can.</exception>
    /// <exception cref="Exception">Anything else that the library throws at what is broken.</exception>
    public FeedContent Read(string text, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        FeedLimits.CheckNesting(text);
        var calendars = CalendarCollection.Load(text);
        if (calendars.Count == 0)
            throw new FeedException("it is no calendar");
        var duties = new List<Duty>();
        var (unnamed, unread) = (0, 0);
        foreach (var calendar in calendars)
        {
            var replaced = Replacements(calendar);
            foreach (var entry in calendar.Events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!FeedLimits.Understands(entry))
                {
                    unread++;
                    continue;
                }
                if (!entry.IsActive || IsReplaced(entry, replaced))
                    continue;
                var persons = names.Of(entry);
                var before = duties.Count;
                var times = Times(entry, replaced, from, until).ToList();
                duties.AddRange(times.SelectMany(t => persons.Select(p => new Duty(t.From, t.Until, p))));
                unnamed += times.Count > 0 && duties.Count == before ? 1 : 0;
                if (duties.Count > MostDuties)
                    throw new FeedException($"it has more than {MostDuties} shifts");
            }
        }
        return new FeedContent(duties, unnamed, unread);
    }

    /// <summary>Which event stands in for which occurrence of a series; of several the one that was changed last.</summary>
    private Dictionary<(string Uid, DateTimeOffset At), CalendarEvent> Replacements(Calendar calendar) =>
        calendar
            .Events.Where(e => e.Uid is not null && e.RecurrenceIdentifier is not null && FeedLimits.Understands(e))
            .GroupBy(e => (e.Uid!, MomentOf(e.RecurrenceIdentifier!.StartTime)))
            .ToDictionary(g => g.Key, g => g.OrderBy(e => e.Sequence).Last());

    private bool IsReplaced(CalendarEvent entry, Dictionary<(string Uid, DateTimeOffset At), CalendarEvent> replaced) =>
        entry is { Uid: { } uid, RecurrenceIdentifier: { } instance }
        && replaced.TryGetValue((uid, MomentOf(instance.StartTime)), out var last)
        && last != entry;

    private IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Times(
        CalendarEvent entry,
        Dictionary<(string Uid, DateTimeOffset At), CalendarEvent> replaced,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        var dropped = entry.ExceptionDates.GetAllDates().Where(d => d.HasTime).Select(MomentOf).ToHashSet();
        // two days early: times without a zone are compared as if they were UTC
        var start = new CalDateTime(from.UtcDateTime.AddDays(-2), CalDateTime.UtcTzId);
        foreach (var occurrence in entry.GetOccurrences(start, Bounded))
        {
            var begin = MomentOf(occurrence.Period.StartTime);
            if (begin >= until)
                yield break;
            if (dropped.Contains(begin))
                continue;
            if (entry.RecurrenceIdentifier is null && entry.Uid is { } uid && replaced.ContainsKey((uid, begin)))
                continue;
            if (
                occurrence.Period.EffectiveEndTime is { } ends
                && MomentOf(ends) is var end
                && end > begin
                && end > from
            )
                yield return (begin, end);
        }
    }

    /// <summary>A day begins at its midnight; what has no zone is meant in the zone of the group.</summary>
    private DateTimeOffset MomentOf(CalDateTime time) =>
        time.IsFloating ? WallClock.FirstAt(time.Value, zone) : new DateTimeOffset(time.AsUtc);
}
