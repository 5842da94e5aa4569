using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data.Chat;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>The world around one case: it puts a new process in the place of the dead one, moves the clock, and looks at the moment of each reveal whether it is recorded.</summary>
internal sealed class CrashPace(
    Household household,
    int place,
    HostOrder order,
    StandingClock clock,
    Backstage backstage,
    Action<Uri> connect
) : Pace
{
    /// <summary>The step of an authenticator.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Later = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<(string Person, Half Half), int> seen = new();
    private readonly List<string> findings = [];
    private readonly List<string> deaths = [];
    private readonly List<string> begun = [];

    public RemoteNode Node { get; private set; } = household.NodeOf(place);

    public IReadOnlyDictionary<(string Person, Half Half), int> Seen => seen;

    /// <summary>What was found on the way.</summary>
    public IReadOnlyList<string> Findings => findings;

    /// <summary>The points at which a process died.</summary>
    public IReadOnlyList<string> Deaths => deaths;

    public async Task StartAsync() => connect(await Node.HostAsync(order));

    public override Task BeginAsync(string act)
    {
        if (begun.LastOrDefault() != act)
            begun.Add(act);
        return OrderAsync($"act {act}");
    }

    public override async Task RestAsync(Func<bool> seen)
    {
        var settled = await OrderAsync("settle");
        if (settled != RemoteNode.Settled)
            findings.Add($"{settled} {Node.Process.Errors}");
    }

    public override async Task<T> WaitAsync<T>(Task<T> shown)
    {
        var gone = Task.Delay(Timeout.Infinite, Node.Process.Gone);
        return await Task.WhenAny(shown, gone) == shown
            ? await shown
            : throw new NoAnswerException("The host is gone.");
    }

    public override Task NewCodeAsync() => PassAsync(Step);

    public override async Task PassAsync(TimeSpan by)
    {
        clock.Advance(by);
        await OrderAsync($"advance {by}");
    }

    public override Task SweepAsync() => OrderAsync("sweep");

    public override async Task SawAsync(string person, Half half)
    {
        var times = seen.AddOrUpdate((person, half), 1, (_, n) => n + 1);
        var recorded = await backstage.InDbAsync(db =>
            db.Exposures.CountAsync(e =>
                e.Request != null && e.Half == half && db.People.Any(p => p.Id == e.Person && p.Key == person)
            )
        );
        if (recorded < times)
            findings.Add($"broken: law 4: {person} sees the {half} half before it is recorded");
    }

    /// <summary>Time passes until what a dead process left on a screen counts as left open, and the sweeps come.</summary>
    public async Task EndAsync()
    {
        await PassAsync(Later);
        await SweepAsync();
        await RestAsync(() => true);
    }

    /// <summary>The story ends here: whatever the node hosts is stopped, for the next one.</summary>
    public async Task LetGoAsync()
    {
        try
        {
            await Node.AskAsync("stop");
        }
        catch (Exception end) when (end is NodeDiedException or NodeFailedException)
        {
            // it hosts nothing any more
        }
    }

    /// <summary>A process that died on the way has a successor, which is asked again.</summary>
    private async Task<string> OrderAsync(string what)
    {
        while (true)
        {
            try
            {
                return await Node.AskAsync(what);
            }
            catch (NodeDiedException)
            {
                await ReviveAsync();
            }
        }
    }

    private async Task ReviveAsync()
    {
        await Node.Process.BuryAsync(); // once the others that live in it are to die too
        deaths.Add(
            Node.DiedAt
                ?? throw new NodeDiedException(
                    "anything",
                    $"Nothing deadly was near. It ended with {Node.Process.ExitCode}. {Node.Process.Errors}"
                )
        );
        Node = household.NodeOf(place);
        clock.Advance(SendOutbox.Lease); // what the dead process had claimed is free then
        string[] later = [.. order.Deadly!.Where(point => !begun.Contains(DeathPoints.ActOf(point)))];
        connect(await Node.HostAsync(order with { Deadly = later, At = clock.GetUtcNow() }));
        if (begun.Count > 0)
            await Node.AskAsync($"act {begun[^1]}");
    }
}
