using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.TimeZones;

namespace RootCustody.Desk.OnCall;

/// <summary>What a feed may use. The rest would be understood wrongly, or keep the process busy for hours.</summary>
internal static class FeedLimits
{
    private const int DeepestNesting = 5; // calendar, event, alarm, and some air
    private const int EarliestRule = 1970; // a rule is followed day by day from its first
    private const int EarliestYear = 1900;
    private const int LatestYear = 9000;

    /// <exception cref="FeedException">Components lie in one another deeper than any calendar's do.</exception>
    public static void CheckNesting(string text)
    {
        var depth = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
                depth++;
            else if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase))
                depth--;
            if (depth > DeepestNesting)
                throw new FeedException("its parts are nested too deep");
        }
    }

    public static bool Understands(CalendarEvent entry) =>
        entry.DtStart is { } start
        && IsKnown(start)
        && (entry.DtEnd is null || (IsKnown(entry.DtEnd) && entry.DtEnd.HasTime == start.HasTime))
        && (entry.RecurrenceIdentifier is not { } instance || IsOneKnown(instance))
        && entry.ExceptionDates.GetAllDates().Concat(entry.RecurrenceDates.GetAllDates()).All(IsKnown)
        && entry.RecurrenceDates.GetAllPeriods().All(p => IsKnown(p.StartTime))
        && Repeats(entry);

    private static bool Repeats(CalendarEvent entry)
    {
#pragma warning disable CS0618 // one rule is read by another name, but whether there are more only the old names say
        var (rules, exceptions) = (entry.RecurrenceRules, entry.ExceptionRules);
#pragma warning restore CS0618
        return exceptions.Count == 0
            && rules.Count <= 1
            && rules.All(r => IsModest(r) && entry.DtStart!.Year >= EarliestRule);
    }

    /// <summary>Daily or less often, with no more values in a list than there are.</summary>
    private static bool IsModest(RecurrenceRule rule) =>
        rule.Frequency >= Ical.Net.FrequencyType.Daily
        && rule.BySecond.Count <= 1
        && rule.ByMinute.Count <= 1
        && rule.ByHour.Count <= 24
        && rule.ByMonth.Count <= 12
        && rule.ByDay.Count <= 35
        && rule.ByMonthDay.Count <= 62
        && rule.ByWeekNo.Count <= 106
        && rule.ByYearDay.Count <= 366
        && rule.BySetPosition.Count <= 366;

    private static bool IsOneKnown(RecurrenceIdentifier instance) =>
        instance.Range == RecurrenceRange.ThisInstance && IsKnown(instance.StartTime);

    /// <summary>The library guesses at a zone that it does not know; a wrong guess would put the wrong person on call.</summary>
    private static bool IsKnown(CalDateTime time) =>
        time.Year is >= EarliestYear and <= LatestYear && (time.TzId is not { } zone || IsZone(zone));

    private static bool IsZone(string zone) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone.StartsWith('/') ? zone[1..] : zone) is not null
        || TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ContainsKey(zone);
}
