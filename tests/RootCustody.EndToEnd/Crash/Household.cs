using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>Stories told side by side, each with a node of its own in one process. It dies once none of them can go on without its death; then all of them go on in the next one.</summary>
internal sealed class Household(int places) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<int> left = [];
    private readonly List<RemoteNode> nodes = [];
    private readonly List<string> surprises = [];
    private NodeProcess? process;

    /// <summary>How many processes have died.</summary>
    public int Deaths { get; private set; }

    /// <summary>What they had computed.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <summary>Processes that ended although nobody had killed them.</summary>
    public IReadOnlyList<string> Surprises => surprises;

    /// <summary>The node of a story, in a new process if the last one is dead.</summary>
    /// <param name="place">The number of the story, from 0 on.</param>
    public RemoteNode NodeOf(int place)
    {
        lock (gate)
        {
            if (process is null or { IsDead: true })
                MoveIn();
            return nodes[place];
        }
    }

    /// <summary>There is no further story at this place: the others need not wait for it.</summary>
    public void Leave(int place)
    {
        lock (gate)
        {
            left.Add(place);
            if (process is not null)
                nodes[place].Leave();
        }
    }

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void MoveIn()
    {
        if (process is not null)
        {
            Deaths++;
            CpuTime += process.CpuTime;
            if (!process.IsKilled)
                surprises.Add($"A process ended by itself with {process.ExitCode}: {process.Errors}");
        }
        process = NodeProcess.Start(diesSoon: true);
        nodes.Clear();
        nodes.AddRange(Enumerable.Range(0, places).Select(_ => process.House()));
        foreach (var place in left)
            nodes[place].Leave();
    }
}
