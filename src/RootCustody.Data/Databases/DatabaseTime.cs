using System.Globalization;

namespace RootCustody.Data.Databases;

/// <summary>
/// The time of all decisions: that of the database, on which all nodes agree, carried on by this machine's monotonic clock
/// between two looks at it. Where the database has no clock of its own (SQLite), this machine's clock counts.
/// </summary>
public sealed class DatabaseTime(TimeProvider node, TimeSpan largestSkew) : TimeProvider
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Whoever has not seen the database's clock for so long can no longer be sure of the time.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(90);

    private volatile Look? last;

    /// <summary>How far this machine's clock is ahead of the database's; null if it has none or was not asked yet.</summary>
    public TimeSpan? Skew => last?.Skew;

    /// <summary>Why the time cannot be trusted enough to show a half (law 11), in a sentence; null if it can.</summary>
    public string? Doubt
    {
        get
        {
            if (last is not { } look)
                return null;
            if (node.GetElapsedTime(look.Taken) is var age && age > Memory)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clock of the database was not seen for {age.TotalSeconds:0} seconds."
                );
            return look.Skew.Duration() > largestSkew
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clocks of this machine and of the database lie {look.Skew.Duration().TotalSeconds:0.0} seconds apart, which is more than {largestSkew.TotalSeconds:0.#}. An operator has to set them (NTP)."
                )
                : null;
        }
    }

    public override TimeZoneInfo LocalTimeZone => node.LocalTimeZone;

    public override long TimestampFrequency => node.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() =>
        last is { } look ? look.Time + node.GetElapsedTime(look.Taken) : node.GetUtcNow();

    public override long GetTimestamp() => node.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        node.CreateTimer(callback, state, dueTime, period);

    /// <summary>Looks at the database's clock.</summary>
    public async Task LookAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        var asked = node.GetTimestamp();
        if (await db.ServerTimeAsync(cancellationToken) is not { } time)
            return;
        var taken = node.GetTimestamp();
        // the answer was on its way for about half of the time that it took
        time += node.GetElapsedTime(asked, taken) / 2;
        last = new Look(time, taken, node.GetUtcNow() - time);
    }

    private sealed record Look(DateTimeOffset Time, long Taken, TimeSpan Skew);
}
