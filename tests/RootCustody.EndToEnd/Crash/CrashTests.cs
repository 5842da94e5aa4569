using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

[Trait("Suite", "crash")]
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Trial()
    {
        await using var template = new SqliteTemplate();
        await template.FoundAsync("72f988bf-86f1-41af-91ab-2d7cd011db47");
        var node = NodeProcess.Start();
        var (result, left) = await CrashCase.PlayAsync(template, node, []);
        output.WriteLine($"{result.Took} {left.CpuTime}");
        var points = result.Points;
        foreach (var x in result.Found)
            output.WriteLine(x);
        (result, left) = await CrashCase.PlayAsync(template, left, []);
        output.WriteLine($"{result.Took} {left.CpuTime}");
        output.WriteLine(string.Join('\n', points.Except(result.Points)));
        output.WriteLine("--");
        output.WriteLine(string.Join('\n', result.Points.Except(points)));
        for (var i = 0; i < 6; i++)
        {
            var deadly = points
                .GroupBy(DeathPoints.ActOf)
                .Select(g => g.ElementAtOrDefault(i * 5))
                .OfType<string>()
                .ToList();
            (result, left) = await CrashCase.PlayAsync(template, left, deadly);
            output.WriteLine(
                $"{result.Took} {left.CpuTime} {Environment.CpuUsage.TotalTime} {result.Deaths.Count}/{deadly.Count} {result.Strays}"
            );
            foreach (var x in result.Found)
                output.WriteLine(x);
            foreach (var x in deadly.Except(result.Deaths))
                output.WriteLine("missed " + x);
        }
        await left.DisposeAsync();
    }
}
