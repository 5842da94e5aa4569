namespace RootCustody.OnCall;

/// <summary>What duties, in any order and over one another, say together.</summary>
public static class Duties
{
    public static IReadOnlySet<string> PersonsAt(IEnumerable<Duty> duties, DateTimeOffset at) =>
        duties.Where(d => d.IsAt(at)).Select(d => d.Person).ToHashSet(StringComparer.Ordinal);

    /// <summary>The interval cut where other persons come on call: without holes, gaps with nobody included. Nothing if it is empty.</summary>
    public static IReadOnlyList<Stretch> Stretches(IEnumerable<Duty> duties, DateTimeOffset from, DateTimeOffset until)
    {
        var coming = new Queue<Duty>(duties.Where(d => d.From < until && from < d.Until).OrderBy(d => d.From));
        var ends = coming.SelectMany(d => (DateTimeOffset[])[d.From, d.Until]).Where(m => from < m && m < until);
        var on = new List<Duty>();
        var stretches = new List<Stretch>();
        var begin = from;
        foreach (var end in ends.Append(until).Order().Distinct().Where(m => m > from).ToList())
        {
            on.RemoveAll(d => d.Until <= begin);
            while (coming.TryPeek(out var next) && next.From <= begin)
                on.Add(coming.Dequeue());
            Add(stretches, new Stretch(begin, end, PersonsAt(on, begin)));
            begin = end;
        }
        return stretches;
    }

    /// <summary>The first where it has anybody, the second elsewhere.</summary>
    /// <param name="first">Without holes, as from <see cref="Stretches"/>.</param>
    /// <param name="second">Over the same interval.</param>
    public static IReadOnlyList<Stretch> Over(IReadOnlyList<Stretch> first, IReadOnlyList<Stretch> second)
    {
        var stretches = new List<Stretch>();
        var (i, j) = (0, 0);
        while (i < first.Count && j < second.Count)
        {
            var (upper, lower) = (first[i], second[j]);
            var from = upper.From > lower.From ? upper.From : lower.From;
            var until = upper.Until < lower.Until ? upper.Until : lower.Until;
            Add(stretches, new Stretch(from, until, upper.Persons.Count > 0 ? upper.Persons : lower.Persons));
            if (upper.Until == until)
                i++;
            if (lower.Until == until)
                j++;
        }
        return stretches;
    }

    /// <summary>Two neighbours with the same persons are one stretch.</summary>
    private static void Add(List<Stretch> stretches, Stretch next)
    {
        if (stretches is [.., var last] && last.Persons.SetEquals(next.Persons))
            stretches[^1] = last with { Until = next.Until };
        else
            stretches.Add(next);
    }
}
