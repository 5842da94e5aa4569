namespace RootCustody.Requests;

/// <summary>Whether an emergency would find its custodians.</summary>
public static class Readiness
{
    /// <summary>So many people who may hold a half are enough: one may sleep.</summary>
    public const int Enough = 2;

    /// <summary>How far ahead it looks.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(14);

    /// <param name="able">Those who may hold the half, with the moment from which they may: an absence or a cooling-off ends.</param>
    /// <param name="shifts">Who is on call when; without any the group has no rota.</param>
    /// <returns>The stretches, in their order, in which too few may hold the half or nobody who may is on call.</returns>
    public static IReadOnlyList<Gap> Gaps(
        IReadOnlyCollection<Able> able,
        IReadOnlyCollection<Shift> shifts,
        DateTimeOffset now
    )
    {
        var end = now + Horizon;
        DateTimeOffset[] moments =
        [
            .. able.Select(a => a.From)
                .Concat(shifts.SelectMany(s => (DateTimeOffset[])[s.From, s.Until]))
                .Where(m => now < m && m < end)
                .Append(now)
                .Append(end)
                .Distinct()
                .Order(),
        ];
        var gaps = new List<Gap>();
        foreach (var (from, until) in moments.Zip(moments.Skip(1)))
        {
            var here = able.Where(a => a.From <= from).Select(a => a.Person).ToHashSet();
            if (here.Count < Enough)
                Add(gaps, new Gap(GapKind.TooFew, from, until, here.Count));
            else if (shifts.Count > 0 && !shifts.Any(s => s.From <= from && from < s.Until && here.Contains(s.Person)))
                Add(gaps, new Gap(GapKind.NobodyOnCall, from, until, here.Count));
        }
        return gaps;
    }

    /// <summary>Two that follow each other and say the same are one.</summary>
    private static void Add(List<Gap> gaps, Gap gap)
    {
        if (gaps is [.., var last] && last.Until == gap.From && (last.Kind, last.Able) == (gap.Kind, gap.Able))
            gaps[^1] = last with { Until = gap.Until };
        else
            gaps.Add(gap);
    }
}

/// <summary>Someone who may hold a half from a moment on.</summary>
public sealed record Able(PersonId Person, DateTimeOffset From);

/// <summary>Someone is on call: <paramref name="From"/> &lt;= now &lt; <paramref name="Until"/>.</summary>
public sealed record Shift(PersonId Person, DateTimeOffset From, DateTimeOffset Until);

public enum GapKind
{
    /// <summary>Fewer than two people may hold the half.</summary>
    TooFew = 1,

    /// <summary>The group has a rota, and nobody who may hold the half is on call.</summary>
    NobodyOnCall = 2,
}

/// <param name="Able">How many may hold the half in that time.</param>
public sealed record Gap(GapKind Kind, DateTimeOffset From, DateTimeOffset Until, int Able);
