using System.Collections.Concurrent;

namespace RootCustody.Playground.Nodes;

/// <summary>Several nodes on one database, each of which is started again when it is dead, as a supervisor does.</summary>
internal sealed class Farm(int size, IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly RemoteNode?[] nodes = new RemoteNode?[size];
    private readonly ConcurrentBag<string> surprises = [];

    public int Size => size;

    /// <summary>Nodes that ended although nobody had killed them.</summary>
    public IReadOnlyCollection<string> Surprises => surprises;

    /// <summary>Where the load balancer sends requests: as it takes a while to see that a node is dead, also to those.</summary>
    public IReadOnlyList<Uri> Addresses => [.. nodes.Select(n => n?.Address).OfType<Uri>()];

    public Task StartAsync() => Task.WhenAll(Enumerable.Range(0, size).Select(StartAsync));

    /// <summary>Starts a node; while the database is away it ends at once and is started again.</summary>
    public async Task StartAsync(int place)
    {
        while (true)
        {
            var node = RemoteNode.Start(diesSoon: true);
            try
            {
                await node.HostAsync(new HostOrder(settings));
                nodes[place] = node;
                return;
            }
            catch (Exception end) when (end is NodeDiedException or NodeFailedException)
            {
                await node.DisposeAsync();
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    public async Task KillAsync(int place)
    {
        if (nodes[place] is not { } node)
            return;
        if (node.Process.IsDead)
            surprises.Add($"a node ended by itself ({node.Process.ExitCode}): {node.Process.Errors}");
        await node.DisposeAsync();
    }

    /// <summary>Waits until no node has anything under way.</summary>
    public async Task SettleAsync()
    {
        foreach (var node in nodes)
            await node!.AskAsync("settle");
    }

    public async ValueTask DisposeAsync()
    {
        for (var place = 0; place < size; place++)
            await KillAsync(place);
    }
}
