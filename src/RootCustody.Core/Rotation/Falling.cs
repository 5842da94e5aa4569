namespace RootCustody.Rotation;

/// <summary>A half that has to be rotated by a moment, and when it may fall due before.</summary>
/// <param name="Earliest">It does not fall due before, unless nothing later is left.</param>
/// <param name="Limit">The policy's limit: when it has to be rotated at the latest.</param>
/// <param name="Stands">When the plan so far lets it fall due; null if it has none.</param>
/// <param name="Pinned">The plan so far was moved by a person, and holds whatever the calendar says.</param>
public sealed record Falling(
    AccountId Account,
    Half Half,
    DateTimeOffset Earliest,
    DateTimeOffset Limit,
    RotationDays Days,
    DateTimeOffset? Stands = null,
    bool Pinned = false
)
{
    /// <summary>How much this half likes this day: the same for ever, and different for each half, so that they spread.</summary>
    internal ulong Liking(DateOnly day)
    {
        var bytes = Account.Value.ToByteArray();
        var mixed = Mix(BitConverter.ToUInt64(bytes, 0) ^ (ulong)Half);
        mixed = Mix(mixed ^ BitConverter.ToUInt64(bytes, 8));
        return Mix(mixed ^ (ulong)day.DayNumber);
    }

    /// <summary>The days in the allowed interval, each with the moment on it.</summary>
    public IEnumerable<(DateOnly Day, DateTimeOffset At)> Candidates(DateTimeOffset now)
    {
        var from = Earliest > now ? Earliest : now;
        // the clocks by which the days are meant are less than a day off
        for (var day = Days.DayOf(from); day <= Days.DayOf(Limit).AddDays(1); day = day.AddDays(1))
        {
            if (Days.On(day, from) is { } at && at <= Limit)
                yield return (day, at);
        }
    }

    /// <summary>The day of the one of <see cref="Candidates"/> that has this moment; null if none has.</summary>
    internal DateOnly? CandidateAt(DateTimeOffset at, DateTimeOffset now)
    {
        var from = Earliest > now ? Earliest : now;
        if (at < from || at > Limit)
            return null;
        var day = Days.DayOf(at);
        // by the clocks of another stretch it may be the day before or after
        foreach (var near in (DateOnly[])[day, day.AddDays(-1), day.AddDays(1)])
        {
            if (Days.On(near, from) == at)
                return near;
        }
        return null;
    }

    /// <summary>The finalizer of MurmurHash3 (public domain): each bit of the input changes about half of the output.</summary>
    private static ulong Mix(ulong x)
    {
        x ^= x >> 33;
        x *= 0xff51afd7ed558ccd;
        x ^= x >> 33;
        x *= 0xc4ceb9fe1a85ec53;
        return x ^ (x >> 33);
    }
}

/// <summary>What about a plan is not as policy wants it; people are told.</summary>
public enum Strain
{
    None = 0,

    /// <summary>More fall due on that day than the group can do: every allowed day before the limit is full.</summary>
    OverCapacity = 1,

    /// <summary>No day before the limit is allowed: it falls due on the first allowed one after it.</summary>
    PastLimit = 2,

    /// <summary>No day is allowed for a year: it falls due at its limit, whatever the calendar says.</summary>
    NoDay = 3,
}

/// <summary>When a half falls due by the plan.</summary>
public sealed record Fallen(Falling What, DateTimeOffset DueAt, Strain Strain);
