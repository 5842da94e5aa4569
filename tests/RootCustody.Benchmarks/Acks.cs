using System.Diagnostics;
using HdrHistogram;
using RootCustody.Playground;

namespace RootCustody.Benchmarks;

/// <summary>How long a signed click waits for its answer, beside an endpoint that only checks the signature; in turns, at the same rate.</summary>
internal static class Acks
{
    private const double PerSecond = 25;
    private const int AtOnce = 8;

    public static async Task RunAsync(Report report, Size size)
    {
        report.Title(
            $"Acks: `/root status` at {PerSecond:0} per second",
            [
                "database",
                "ack p50 ms",
                "ack p99 ms",
                "empty p50 ms",
                "empty p99 ms",
                "ratio p50",
                "ratio p99",
                "ratio p99.9",
                "failed",
                "acks/s, closed loop",
            ]
        );
        await OneAsync(report, "SQLite", null, size);
        if (await PostgreSqlServer.StartAsync(isSafe: true) is { } server)
            await OneAsync(report, "PostgreSQL", server, size);
    }

    private static async Task OneAsync(Report report, string name, PostgreSqlServer? server, Size size)
    {
        await using var rig = await Rig.FoundAsync(1, server);
        await rig.ServeAsync();
        using var baseline = await Baseline.StartAsync();
        using var http = new HttpClient();
        var loop = new OpenLoop(http, PerSecond);
        var ours = rig.Node.Address!;
        foreach (var warm in (Uri[])[ours, baseline.Address])
            await new OpenLoop(http, PerSecond * 2).RunAsync(() => rig.StatusClick(warm), size.Turn);

        var (pairs, failed) = (new List<(LongHistogram Ours, LongHistogram Empty)>(), 0);
        for (var pair = 0; pair < size.Pairs; pair++)
        {
            var click = await loop.RunAsync(() => rig.StatusClick(ours), size.Turn);
            var empty = await loop.RunAsync(() => rig.StatusClick(baseline.Address), size.Turn);
            failed += click.Failed + empty.Failed;
            pairs.Add((click.Latencies, empty.Latencies));
        }
        var most = await ClosedAsync(http, rig, ours, size.Turn);
        var row = string.Join(
            " | ",
            Of(p => Milliseconds(p.Ours, 50)),
            Of(p => Milliseconds(p.Ours, 99)),
            Of(p => Milliseconds(p.Empty, 50)),
            Of(p => Milliseconds(p.Empty, 99)),
            Of(p => Ratio(p, 50)),
            Of(p => Ratio(p, 99)),
            Of(p => Ratio(p, 99.9))
        );
        report.Line($"| {name} | {row} | {failed} | {most:0} |");

        string Of(Func<(LongHistogram Ours, LongHistogram Empty), double> value) => Report.Spread(pairs.Select(value));
    }

    /// <summary>So many at once, each sending as soon as it is answered: the most that the host gets done.</summary>
    private static async Task<double> ClosedAsync(HttpClient http, Rig rig, Uri to, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(GoOnAsync)));
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;

        async Task GoOnAsync()
        {
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                using var click = rig.StatusClick(to);
                using var answer = await http.SendAsync(click);
                if (answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref done);
            }
        }
    }

    private static double Milliseconds(LongHistogram of, double percentile) =>
        of.GetValueAtPercentile(percentile) / 1000.0;

    private static double Ratio((LongHistogram Ours, LongHistogram Empty) pair, double percentile) =>
        (double)pair.Ours.GetValueAtPercentile(percentile) / pair.Empty.GetValueAtPercentile(percentile);
}

/// <summary>How much is measured.</summary>
/// <param name="Turn">How long each of a pair is under load.</param>
internal sealed record Size(int Pairs, TimeSpan Turn, int Flows, int AtOnce, int[] Accounts, int Starts, TimeSpan Idle)
{
    public static Size Quick { get; } =
        new(5, TimeSpan.FromSeconds(4), 48, 12, [1_000, 100_000], 3, TimeSpan.FromSeconds(15));

    public static Size Full { get; } =
        new(9, TimeSpan.FromSeconds(20), 49, 16, [1_000, 100_000, 1_000_000], 10, TimeSpan.FromSeconds(30));
}
