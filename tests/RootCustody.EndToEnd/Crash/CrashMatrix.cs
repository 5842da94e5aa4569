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
    private const int AtOnce = 3;

    private readonly ConcurrentBag<string> found = [];
    private readonly ConcurrentDictionary<(string Database, string Point), byte> died = new();
    private IReadOnlyList<string> points = [];
    private IReadOnlyList<string> places = [];
    private int stories;
    private int strays;
    private long cpuTicks;

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
        await using var worker = new Worker(this, withRotation);
        var run = await worker.TellAsync(new Story(databases[0], []));
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

    private Task TellAsync(IReadOnlyCollection<Story> all)
    {
        var waiting = new ConcurrentQueue<Story>(all);
        return Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, all.Count)).Select(_ => WorkAsync(waiting)));
    }

    private async Task WorkAsync(ConcurrentQueue<Story> waiting)
    {
        await using var worker = new Worker(this, withRotation);
        while (waiting.TryDequeue(out var story))
        {
            var result = await worker.TellAsync(story);
            if (story.Deadly.Count == 1 || Problems(result).Count == 0)
                Judge(story, result);
            else
            {
                foreach (var point in story.Deadly)
                    Judge(
                        new Story(story.Database, [point]),
                        await worker.TellAsync(new Story(story.Database, [point]))
                    );
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
            $"{points.Count} points; {wanted} deaths wanted on {string.Join(" and ", databases.Select(d => d.Name))}, {died.Count} died, {missed} of them alone; {stories} stories."
        );
        report.AppendLine(
            CultureInfo.InvariantCulture,
            $"{strays} cards were posted once more; {found.Count} problems; {took.TotalSeconds:0} s, of which the nodes that died computed {TimeSpan.FromTicks(cpuTicks).TotalSeconds:0} s."
        );
        foreach (var act in points.CountBy(DeathPoints.ActOf, StringComparer.Ordinal))
            report.AppendLine(CultureInfo.InvariantCulture, $"  {act.Key}: {act.Value}");
        foreach (var problem in found.Order(StringComparer.Ordinal))
            report.AppendLine(problem);
        return report.ToString();
    }

    private sealed record Story(Template Database, IReadOnlyList<string> Deadly);

    /// <summary>Tells one story after the other. The process that outlives one is the first to die in the next.</summary>
    private sealed class Worker(CrashMatrix matrix, bool withRotation) : IAsyncDisposable
    {
        private NodeProcess node = NodeProcess.Start();

        public async Task<CrashResult> TellAsync(Story story)
        {
            CrashResult result;
            try
            {
                (result, node) = await CrashCase.PlayAsync(story.Database, node, story.Deadly, withRotation);
            }
            catch (Exception end) when (end is NodeDiedException or InvalidOperationException)
            {
                await node.DisposeAsync();
                node = NodeProcess.Start();
                return new CrashResult(story.Deadly, [], [], [end.Message], 0, matrix.places, default, default);
            }
            Interlocked.Increment(ref matrix.stories);
            Interlocked.Add(ref matrix.strays, result.Strays);
            Interlocked.Add(ref matrix.cpuTicks, result.CpuTime.Ticks);
            return result;
        }

        public ValueTask DisposeAsync() => node.DisposeAsync();
    }
}
