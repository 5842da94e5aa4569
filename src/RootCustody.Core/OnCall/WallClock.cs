namespace RootCustody.OnCall;

/// <summary>The clock on the wall of a time zone, which is put forward and back.</summary>
public static class WallClock
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The first moment at which the clock shows this time; where it is skipped, the first moment after the gap.</summary>
    /// <remarks>
    /// Asks only for the offsets of moments, never of local times: <see cref="TimeZoneInfo"/> knows skipped local times of
    /// daylight saving, but not those of a zone that changes its standard time.
    /// </remarks>
    public static DateTimeOffset FirstAt(DateTime local, TimeZoneInfo zone)
    {
        var shown = new DateTimeOffset(local, TimeSpan.Zero);
        // no clock is a day off, so these two lie on either side of every change that matters here
        var (before, after) = (zone.GetUtcOffset(shown - Day), zone.GetUtcOffset(shown + Day));
        var early = shown - (before > after ? before : after);
        var late = shown - (before > after ? after : before);
        if (early + zone.GetUtcOffset(early) == shown)
            return early;
        return late + zone.GetUtcOffset(late) == shown ? late : EndOfGap(shown, early, late, zone);
    }

    /// <summary>The moment in (before, after] at which the clock jumps over a time.</summary>
    private static DateTimeOffset EndOfGap(
        DateTimeOffset shown,
        DateTimeOffset before,
        DateTimeOffset after,
        TimeZoneInfo zone
    )
    {
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (middle + zone.GetUtcOffset(middle) < shown)
                before = middle;
            else
                after = middle;
        }
        return after;
    }
}
