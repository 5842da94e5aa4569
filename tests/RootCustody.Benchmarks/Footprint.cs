using System.Diagnostics;
using System.Globalization;
using RootCustody.Playground.Nodes;

namespace RootCustody.Benchmarks;

/// <summary>What a node takes up, and how soon it answers; on SQLite.</summary>
internal static class Footprint
{
    private const double Load = 25;

    public static async Task MemoryAsync(Report report, Size size)
    {
        report.Title("Memory of the host process (SQLite, all roles)", ["state", "resident MB"]);
        await using var rig = await Rig.FoundAsync(1, server: null);
        await rig.ServeAsync();
        await Task.Delay(size.Idle);
        report.Line($"| idle for {size.Idle.TotalSeconds:0} s | {ResidentOf(rig.Node.Process):0} |");
        using var http = new HttpClient();
        var loop = new OpenLoop(http, Load).RunAsync(() => rig.StatusClick(rig.Node.Address!), size.Turn * 2);
        var most = 0.0;
        while (!loop.IsCompleted)
        {
            most = Math.Max(most, ResidentOf(rig.Node.Process));
            await Task.Delay(100);
        }
        await loop;
        report.Line($"| at most, under {Load:0} clicks per second | {most:0} |");
    }

    public static async Task StartAsync(Report report, Size size)
    {
        report.Title($"Start to first answer ({size.Starts} starts, warm file cache)", ["answer", "seconds"]);
        await using var rig = await Rig.FoundAsync(1, server: null);
        using var http = new HttpClient();
        var (live, clicked) = (new List<double>(), new List<double>());
        for (var start = 0; start < size.Starts; start++)
        {
            var began = Stopwatch.GetTimestamp();
            var address = await rig.StartNodeAsync();
            using (var answer = await http.GetAsync(new Uri(address, "/healthz/live")))
                answer.EnsureSuccessStatusCode();
            live.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            using (var click = rig.StatusClick(address))
            using (var answer = await http.SendAsync(click))
                answer.EnsureSuccessStatusCode();
            clicked.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await rig.StopNodeAsync();
        }
        report.Line($"| `/healthz/live` | {Report.Spread(live, "0.00")} |");
        report.Line($"| a signed click | {Report.Spread(clicked, "0.00")} |");
    }

    private static double ResidentOf(NodeProcess node)
    {
        var line = File.ReadLines($"/proc/{node.Id}/status")
            .First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
