using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>
/// All points at which a process can die while one request is handled: enumerated by a run that nobody dies in, then died at,
/// each once for each database, or in turn. In one story the process dies once in each act, each time to be followed by a
/// new one; where something is found, each point of that story is tried alone.
/// </summary>
/// <param name="withRotation">Whether the story goes on to the rotated password.</param>
internal sealed class CrashMatrix(IReadOnlyList<Template> databases, bool withRotation)
{
    private const int Households = 2;
    private const int Places = 16;
    private const int MostTries = 3;

    private readonly ConcurrentBag<string> found = [];
    private readonly ConcurrentDictionary<(string Database, string Point), byte> died = new();
    private IReadOnlyList<string> points = [];
    private IReadOnlyList<string> places = [];
    private int stories;
    private int strays;
    private int retold;
    private int processes;
    private TimeSpan cpuTime;

    /// <summary>What is wrong, with the point at which the process died.</summary>
    public IReadOnlyCollection<string> Found => found;

    /// <summary>Tries each point.</summary>
    /// <param name="everywhere">On each database; otherwise on one of them, in turn.</param>
    /// <returns>A report.</returns>
    public async Task<string> RunAsync(bool everywhere)
    {
        var watch = Stopwatch.StartNew();
        await EnumerateAsync();
        var wanted = points
            .SelectMany(
                (point, at) =>
                    everywhere ? databases.Select(d => (d, point)) : [(databases[at % databases.Count], point)]
            )
            .ToList();
        await TellAsync([.. wanted.GroupBy(w => w.Item1).SelectMany(g => StoriesOf(g.Key, g.Select(w => w.point)))]);
        // chance may have led past a point: then it is tried alone
        var missed = wanted.Where(w => !died.ContainsKey((w.Item1.Name, w.point))).ToList();
        await TellAsync([.. missed.Select(m => new Story(m.Item1, [m.point]))]);
        foreach (var (database, point) in wanted.Where(w => !died.ContainsKey((w.Item1.Name, w.point))))
            found.Add($"{database.Name}, {point}: it was never reached");
        return ReportOf(wanted.Count, missed.Count, watch.Elapsed);
    }

    private async Task EnumerateAsync()
    {
        await using var household = new Household(1);
        var run = await TellAsync(household, 0, new Story(databases[0], []));
        points = run.Points;
        places = run.Places;
        foreach (var problem in run.Found)
            found.Add($"nobody died: {problem}");
    }

    /// <summary>The first points of all acts, then the second ones, and so on.</summary>
    private static IEnumerable<Story> StoriesOf(Template database, IEnumerable<string> points)
    {
        var acts = points.GroupBy(DeathPoints.ActOf, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        for (var round = 0; round < acts.Max(a => a.Count); round++)
            yield return new Story(database, [.. acts.Where(a => round < a.Count).Select(a => a[round])]);
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
            if (story.Deadly.Count == 1 || Problems(result).Count == 0)
                Judge(story, result);
            else
            {
                foreach (var point in story.Deadly)
                {
                    var alone = new Story(story.Database, [point]);
                    Judge(alone, await TellAsync(household, place, alone));
                }
            }
        }
    }

    /// <summary>What could not be told to its end, because the process died that it shares with others or the machine was too busy to start a host, is told again.</summary>
    private async Task<CrashResult> TellAsync(Household household, int place, Story story)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = await CrashCase.PlayAsync(story.Database, household, place, story.Deadly, withRotation);
                Interlocked.Increment(ref stories);
                Interlocked.Add(ref strays, result.Strays);
                return result;
            }
            catch (Exception end) when (end is NodeDiedException or NodeFailedException or InvalidOperationException)
            {
                if (end is InvalidOperationException || tries == MostTries)
                    return new CrashResult(story.Deadly, [], [], [end.Message], 0, places);
                Interlocked.Increment(ref retold);
            }
        }
    }

    private void Judge(Story story, CrashResult result)
    {
        foreach (var point in result.Deaths)
            died[(story.Database.Name, point)] = 0;
        foreach (var problem in Problems(result))
            found.Add($"{story.Database.Name}, {string.Join(" & ", story.Deadly)}: {problem}");
    }

    private List<string> Problems(CrashResult result)
    {
        var problems = result.Found.ToList();
        if (!result.Places.SequenceEqual(places, StringComparer.Ordinal))
            problems.Add(
                $"other cards than usual: {string.Join(", ", places.Except(result.Places, StringComparer.Ordinal).Select(p => $"no {p}"))} {string.Join(", ", result.Places.Except(places, StringComparer.Ordinal))}"
            );
        return problems;
    }

    private string ReportOf(int wanted, int missed, TimeSpan took)
    {
        var report = new StringBuilder();
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{points.Count} points; {wanted} deaths wanted on {string.Join(" and ", databases.Select(d => d.Name))}, {died.Count} died, {missed} of them alone; {stories} stories, {retold} begun anew."
        );
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{strays} cards were posted once more; {found.Count} problems; {took.TotalSeconds:0} s, of which the {processes} processes that died computed {cpuTime.TotalSeconds:0} s."
        );
        foreach (var act in points.CountBy(DeathPoints.ActOf, StringComparer.Ordinal))
            report.AppendLine(CultureInfo.InvariantCulture, $"  {act.Key}: {act.Value}");
        foreach (var problem in found.Order(StringComparer.Ordinal))
            report.AppendLine(problem);
        return report.ToString();
    }

    private sealed record Story(Template Database, IReadOnlyList<string> Deadly);
}
