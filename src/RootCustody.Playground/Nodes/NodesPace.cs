using System.Collections.Concurrent;

namespace RootCustody.Playground.Nodes;

/// <summary>People before many nodes in real time: some press twice, and who sees nothing for a while presses again.</summary>
internal sealed class NodesPace(Dice dice, Action<string> count, ConcurrentDictionary<(string, Half), int> seen) : Pace
{
    private const int Doubled = 15; // of 100 clicks
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public override async Task RestAsync(Func<bool> seen)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!seen() && TimeProvider.System.GetElapsedTime(began) < Patience)
            await Task.Delay(Look, TimeProvider.System);
    }

    public override async Task NewCodeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var left = Step.Ticks - now.Ticks % Step.Ticks;
        await Task.Delay(TimeSpan.FromTicks(left) + TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    public override Task SweepAsync() => Task.CompletedTask;

    public override Task SawAsync(string person, Half half)
    {
        seen.AddOrUpdate((person, half), 1, (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public override async Task<T> PressAsync<T>(Func<Task<T>> press)
    {
        if (!dice.Chance(Doubled))
            return await press();
        count("clicks doubled");
        var both = await Task.WhenAll(press(), press());
        return both[0];
    }
}
