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
        var (result, left) = await CrashCase.PlayAsync(template, node, null);
        output.WriteLine($"{result.Took}");
        foreach (var x in result.Found)
            output.WriteLine(x);
        foreach (var x in result.Points)
            output.WriteLine(x);
        foreach (var x in result.Places)
            output.WriteLine(x);
        (result, left) = await CrashCase.PlayAsync(template, left, null);
        output.WriteLine($"{result.Took} {result.Found.Count}");
        await left.DisposeAsync();
    }
}
