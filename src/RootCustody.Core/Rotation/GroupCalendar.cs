namespace RootCustody.Rotation;

/// <summary>Spreads what the halves of one custodian group have to be rotated by over the days before. The same facts give the same plan, and what stands is moved only to make room.</summary>
public sealed class GroupCalendar
{
    private const int Year = 366;

    private readonly int capacity;
    private readonly DateTimeOffset now;
    private readonly Dictionary<Falling, Place> places = [];
    private readonly Dictionary<DateOnly, List<Falling>> days = [];
    private readonly HashSet<DateOnly> full = []; // no chain of moves leads from these to a free place

    private GroupCalendar(int capacity, DateTimeOffset now) => (this.capacity, this.now) = (capacity, now);

    /// <param name="fallings">All of one group; each half of an account once.</param>
    /// <param name="capacity">How many may fall due on one day.</param>
    /// <returns>One for each of <paramref name="fallings"/>, none is dropped.</returns>
    public static IReadOnlyList<Fallen> Plan(IReadOnlyCollection<Falling> fallings, int capacity, DateTimeOffset now)
    {
        var calendar = new GroupCalendar(capacity, now);
        var open = new List<Falling>();
        foreach (var falling in fallings.OrderBy(f => f.Stands is null ? 1 : 0).ThenBy(f => f.Limit).ThenBy(Tie))
        {
            if (!calendar.Keep(falling))
                open.Add(falling);
        }
        foreach (var falling in open)
            calendar.Put(falling);
        return [.. fallings.Select(f => new Fallen(f, calendar.places[f].At, calendar.places[f].Strain))];
    }

    private static ulong Tie(Falling falling) => falling.Liking(DateOnly.MinValue);

    /// <summary>What stands stays, if people have been asked by it already or it is as good as any other.</summary>
    private bool Keep(Falling falling)
    {
        if (falling.Stands is not { } at)
            return false;
        var bound = at <= now || (falling.Pinned && at <= falling.Limit);
        if ((falling.CandidateAt(at, now) ?? (bound ? falling.Days.DayOf(at) : null)) is not { } day)
            return false;
        if (!bound && IsFull(day))
            return false;
        Set(falling, new Place(day, at, Strain.None, IsMovable: !bound));
        return true;
    }

    private void Put(Falling falling)
    {
        var candidates = falling.Candidates(now).OrderBy(c => falling.Liking(c.Day)).ToList();
        if (candidates.Count == 0)
        {
            Set(falling, Elsewhere(falling));
            return;
        }
        var free = candidates.FindIndex(c => !IsFull(c.Day));
        if (free < 0 && MakeRoom(candidates) is { } made)
            free = candidates.FindIndex(c => c.Day == made);
        var (day, at) = free >= 0 ? candidates[free] : candidates.MinBy(c => days[c.Day].Count);
        var strain = free >= 0 ? Strain.None : Strain.OverCapacity;
        Set(falling, new Place(day, at, strain, IsMovable: strain == Strain.None));
    }

    /// <summary>Moves as few others as it takes, each to another day of its own, until one of these days has a place.</summary>
    /// <returns>The day; null if no moves can do it.</returns>
    private DateOnly? MakeRoom(List<(DateOnly Day, DateTimeOffset At)> candidates)
    {
        var cameBy = new Dictionary<DateOnly, Move?>();
        var queue = new Queue<DateOnly>();
        foreach (var (day, _) in candidates.Where(c => !full.Contains(c.Day)))
        {
            cameBy[day] = null;
            queue.Enqueue(day);
        }
        while (queue.TryDequeue(out var from))
        {
            foreach (var other in days[from].Where(f => places[f].IsMovable))
            {
                foreach (var (day, at) in other.Candidates(now))
                {
                    if (full.Contains(day) || !cameBy.TryAdd(day, new Move(other, from, day, at)))
                        continue;
                    if (!IsFull(day))
                        return MoveAlong(cameBy, day);
                    queue.Enqueue(day);
                }
            }
        }
        full.UnionWith(cameBy.Keys);
        return null;
    }

    private DateOnly MoveAlong(Dictionary<DateOnly, Move?> cameBy, DateOnly free)
    {
        var day = free;
        while (cameBy[day] is { } move)
        {
            days[move.From].Remove(move.What);
            Set(move.What, new Place(move.To, move.At, Strain.None, IsMovable: true));
            day = move.From;
        }
        return day;
    }

    /// <summary>No day of the interval is allowed: an earlier one, else the first after the limit, else the limit itself.</summary>
    private Place Elsewhere(Falling falling)
    {
        var limit = falling.Days.DayOf(falling.Limit);
        if (falling.Limit <= now)
            return new Place(limit, falling.Limit, Strain.None, IsMovable: false); // it is late already
        for (var day = falling.Days.DayOf(falling.Earliest); day >= falling.Days.DayOf(now); day = day.AddDays(-1))
        {
            if (falling.Days.On(day, now) is { } early && early <= falling.Limit)
                return new Place(day, early, Strain.None, IsMovable: false);
        }
        for (var day = limit; day < limit.AddDays(Year); day = day.AddDays(1))
        {
            if (falling.Days.On(day, falling.Limit) is { } late)
                return new Place(day, late, Strain.PastLimit, IsMovable: false);
        }
        return new Place(limit, falling.Limit, Strain.NoDay, IsMovable: false);
    }

    private bool IsFull(DateOnly day) => days.TryGetValue(day, out var there) && there.Count >= capacity;

    private void Set(Falling falling, Place place)
    {
        places[falling] = place;
        if (!days.TryGetValue(place.Day, out var there))
            days[place.Day] = there = [];
        there.Add(falling);
    }

    private sealed record Place(DateOnly Day, DateTimeOffset At, Strain Strain, bool IsMovable);

    private sealed record Move(Falling What, DateOnly From, DateOnly To, DateTimeOffset At);
}
