using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>
/// All points at which a process can die while a plot is played: enumerated by a run that nobody dies in, then died at. In one
/// story the process dies once in each act, each time to be followed by a new one; where something is found, each point of
/// that story is tried alone, and if nothing is found then, all of them once more together.
/// </summary>
internal sealed class CrashMatrix(IReadOnlyList<Template> databases, params IReadOnlyList<Plot> plots)
{
    private const int Households = 2;
    private const int Places = 16;
    private const int MostTries = 3;

    private readonly ConcurrentBag<string> found = [];
    private readonly ConcurrentBag<string> once = [];
    private readonly ConcurrentDictionary<Wanted, byte> died = new();
    private readonly Dictionary<Plot, CrashResult> undisturbed = [];
    private int stories;
    private int strays;
    private int retold;
    private int processes;
    private TimeSpan cpuTime;

    /// <summary>What is wrong, with the point at which the process died.</summary>
    public IReadOnlyCollection<string> Found => found;

    /// <summary>Tries the points.</summary>
    /// <returns>A report.</returns>
    public async Task<string> RunAsync(Reach reach)
    {
        var watch = Stopwatch.StartNew();
        await EnumerateAsync();
        var wanted = plots.SelectMany(plot => WantedOf(plot, reach)).ToList();
        await TellAsync([.. wanted.GroupBy(w => (w.Database, w.Plot)).SelectMany(StoriesOf)]);
        // chance may have led past a point: then it is tried alone
        var missed = wanted.Where(w => !died.ContainsKey(w)).ToList();
        await TellAsync([.. missed.Select(m => new Story(m.Database, m.Plot, [m.Point]))]);
        foreach (var at in wanted.Where(w => !died.ContainsKey(w)))
            found.Add($"{at}: it was never reached");
        return ReportOf(wanted, missed.Count, watch.Elapsed);
    }

    private async Task EnumerateAsync()
    {
        await using var household = new Household(plots.Count);
        var runs = await Task.WhenAll(
            plots.Select(
                async (plot, place) =>
                {
                    var run = await TellAsync(household, place, new Story(databases[0], plot, []));
                    household.Leave(place);
                    return run;
                }
            )
        );
        foreach (var (plot, run) in plots.Zip(runs))
        {
            undisturbed[plot] = run;
            foreach (var problem in run.Found)
                found.Add($"{plot.Name}, nobody died: {problem}");
        }
    }

    private IEnumerable<Wanted> WantedOf(Plot plot, Reach reach)
    {
        var points = undisturbed[plot].Points;
        return reach switch
        {
            Reach.EachOnEachDatabase => points.SelectMany(
                _ => databases,
                (point, database) => new Wanted(database, plot, point)
            ),
            Reach.EachOnce => InTurn(points),
            Reach.EachKind => OfEachKind(points).SelectMany(act => InTurn(act)),
            Reach.EachStep => InTurn(OfEachStep(points)),
        };

        IEnumerable<Wanted> InTurn(IEnumerable<string> some) =>
            some.Select((point, at) => new Wanted(databases[at % databases.Count], plot, point));
    }

    /// <summary>One point of each kind, by acts. Those of the rarest kinds are chosen first, each in the act that has the fewest: so that few stories are needed, in which the process dies often.</summary>
    private static IEnumerable<IReadOnlyList<string>> OfEachKind(IEnumerable<string> points)
    {
        var acts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (
            var kind in points
                .GroupBy(DeathPoints.KindOf, StringComparer.Ordinal)
                .OrderBy(k => k.Select(DeathPoints.ActOf).Distinct(StringComparer.Ordinal).Count())
        )
        {
            var point = kind.MinBy(p => acts.TryGetValue(DeathPoints.ActOf(p), out var those) ? those.Count : 0)!;
            if (!acts.TryGetValue(DeathPoints.ActOf(point), out var chosen))
                acts[DeathPoints.ActOf(point)] = chosen = [];
            chosen.Add(point);
        }
        return acts.Values;
    }

    /// <summary>In each act one point, in turn the first and the last of the kind that is the rarest of all that pass there: what this step does and no other.</summary>
    private static IEnumerable<string> OfEachStep(IReadOnlyList<string> points)
    {
        var often = points.CountBy(DeathPoints.KindOf, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return points
            .GroupBy(DeathPoints.ActOf, StringComparer.Ordinal)
            .Select(act => act.GroupBy(p => often[DeathPoints.KindOf(p)]).MinBy(rare => rare.Key)!)
            .Select((rarest, at) => at / 2 % 2 == 0 ? rarest.First() : rarest.Last()); // two in turn: so are the databases
    }

    /// <summary>The first points of all acts, then the second ones, and so on.</summary>
    private static IEnumerable<Story> StoriesOf(IGrouping<(Template Database, Plot Plot), Wanted> wanted)
    {
        var acts = wanted
            .Select(w => w.Point)
            .GroupBy(DeathPoints.ActOf, StringComparer.Ordinal)
            .Select(g => g.ToList())
            .ToList();
        for (var round = 0; round < acts.Max(a => a.Count); round++)
            yield return new Story(
                wanted.Key.Database,
                wanted.Key.Plot,
                [.. acts.Where(a => round < a.Count).Select(a => a[round])]
            );
    }

    private async Task TellAsync(IReadOnlyCollection<Story> all)
    {
        var waiting = new ConcurrentQueue<Story>(all);
        // while the nodes of one household start, those of the other work
        await Task.WhenAll(Enumerable.Range(0, Households).Select(_ => TellInOneAsync(waiting)));
    }

    private async Task TellInOneAsync(ConcurrentQueue<Story> waiting)
    {
        var size = Math.Clamp(waiting.Count, 1, Places);
        await using var household = new Household(size);
        await Task.WhenAll(Enumerable.Range(0, size).Select(place => WorkAsync(household, place, waiting)));
        lock (died)
        {
            processes += household.Deaths;
            cpuTime += household.CpuTime;
            foreach (var surprise in household.Surprises)
                found.Add(surprise);
        }
    }

    private async Task WorkAsync(Household household, int place, ConcurrentQueue<Story> waiting)
    {
        try
        {
            await TellAllAsync(household, place, waiting);
        }
        finally
        {
            household.Leave(place); // or the others would wait for it
        }
    }

    private async Task TellAllAsync(Household household, int place, ConcurrentQueue<Story> waiting)
    {
        while (waiting.TryDequeue(out var story))
        {
            var result = await TellAsync(household, place, story);
            if (story.Deadly.Count == 1 || ProblemsOf(story, result).Count == 0)
                Judge(story, result);
            else if (!await IsFoundAloneAsync(household, place, story))
                await JudgeTogetherAsync(household, place, story, ProblemsOf(story, result));
        }
    }

    /// <summary>Whether one of its deaths alone leads to a problem, which is told instead of that of all together.</summary>
    private async Task<bool> IsFoundAloneAsync(Household household, int place, Story story)
    {
        var problems = 0;
        foreach (var point in story.Deadly)
        {
            var alone = story with { Deadly = [point] };
            var result = await TellAsync(household, place, alone);
            problems += ProblemsOf(alone, result).Count;
            Judge(alone, result);
        }
        return problems > 0;
    }

    /// <summary>It may take all of its deaths; what is not found a second time is only reported, unless a law was broken though people came to their end: once is enough.</summary>
    private async Task JudgeTogetherAsync(Household household, int place, Story story, List<string> before)
    {
        var result = await TellAsync(household, place, story);
        Judge(story, result);
        if (ProblemsOf(story, result).Count > 0)
            return;
        var ended = !before.Exists(problem => problem.Contains(": gave up.", StringComparison.Ordinal));
        foreach (var problem in before)
        {
            var counts = ended && problem.StartsWith("broken:", StringComparison.Ordinal);
            (counts ? found : once).Add($"{story}: {problem}");
        }
    }

    /// <summary>What could not be told to its end, because the process died that it shares with others or the machine was too busy to start a host, is told again.</summary>
    private async Task<CrashResult> TellAsync(Household household, int place, Story story)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = await CrashCase.PlayAsync(story.Database, story.Plot, household, place, story.Deadly);
                Interlocked.Increment(ref stories);
                Interlocked.Add(ref strays, result.Strays);
                return result;
            }
            catch (Exception end) when (end is NodeDiedException or NodeFailedException or InvalidOperationException)
            {
                if (end is InvalidOperationException || tries == MostTries)
                    return new CrashResult(story.Deadly, [], [], [end.Message], 0, LeftBy(story.Plot));
                Interlocked.Increment(ref retold);
            }
        }
    }

    private IReadOnlyList<string> LeftBy(Plot plot) => undisturbed.TryGetValue(plot, out var run) ? run.Left : [];

    private void Judge(Story story, CrashResult result)
    {
        foreach (var point in result.Deaths)
            died[new Wanted(story.Database, story.Plot, point)] = 0;
        foreach (var problem in ProblemsOf(story, result))
            found.Add($"{story}: {problem}");
    }

    private List<string> ProblemsOf(Story story, CrashResult result)
    {
        var problems = result.Found.ToList();
        var usual = LeftBy(story.Plot);
        problems.AddRange(More(usual, result.Left).Select(l => $"less than usual: {l}"));
        problems.AddRange(
            More(result.Left.Where(l => !story.Plot.MayRepeat.Contains(l, StringComparer.Ordinal)), usual)
                .Select(l => $"more than usual: {l}")
        );
        return problems;
    }

    /// <summary>What is in one more often than in the other.</summary>
    private static IEnumerable<string> More(IEnumerable<string> one, IEnumerable<string> other)
    {
        var there = other.CountBy(o => o, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return one.CountBy(o => o, StringComparer.Ordinal)
            .Where(o => o.Value > there.GetValueOrDefault(o.Key))
            .Select(o => o.Key);
    }

    private string ReportOf(IReadOnlyCollection<Wanted> wanted, int missed, TimeSpan took)
    {
        var report = new StringBuilder();
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{undisturbed.Values.Sum(u => u.Points.Count)} points; {wanted.Count} deaths wanted on {string.Join(" and ", databases.Select(d => d.Name))}, {died.Count} died, {missed} of them alone; {stories} stories, {retold} begun anew."
        );
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{strays} cards were posted once more; {found.Count} problems; {took.TotalSeconds:0} s, of which the {processes} processes that died computed {cpuTime.TotalSeconds:0} s."
        );
        foreach (var plot in plots)
        {
            var tried = wanted
                .Where(w => w.Plot == plot)
                .ToLookup(w => DeathPoints.ActOf(w.Point), StringComparer.Ordinal);
            foreach (var act in undisturbed[plot].Points.CountBy(DeathPoints.ActOf, StringComparer.Ordinal))
                report.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {plot.Name}, {act.Key}: {tried[act.Key].Count()} of {act.Value}"
                );
        }
        foreach (var problem in found.Order(StringComparer.Ordinal))
            report.AppendLine(problem);
        foreach (var problem in once.Order(StringComparer.Ordinal))
            report.AppendLine(CultureInfo.InvariantCulture, $"found once, and not again: {problem}");
        return report.ToString();
    }

    private sealed record Story(Template Database, Plot Plot, IReadOnlyList<string> Deadly)
    {
        public override string ToString() => $"{Database.Name}, {Plot.Name}, {string.Join(" & ", Deadly)}";
    }

    private sealed record Wanted(Template Database, Plot Plot, string Point)
    {
        public override string ToString() => $"{Database.Name}, {Plot.Name}, {Point}";
    }
}

/// <summary>How many of the points are tried.</summary>
internal enum Reach
{
    /// <summary>Each on each database.</summary>
    EachOnEachDatabase,

    /// <summary>Each once, the databases in turn.</summary>
    EachOnce,

    /// <summary>Of those that differ in nothing but their act, and in how often it has passed there, one; the databases in turn.</summary>
    EachKind,

    /// <summary>One in each act, the databases in turn: so that a story goes on from every step of it.</summary>
    EachStep,
}
