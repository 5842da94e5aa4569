using System.Text.Json;

namespace RootCustody.Playground.Nodes;

/// <summary>The node died before it answered.</summary>
public sealed class NodeDiedException(string order, string said = "")
    : Exception($"The node died before it answered '{order}'. {said}");

/// <summary>The node lives and could not do what it was ordered to.</summary>
public sealed class NodeFailedException(string order, string said) : Exception($"The node failed to '{order}': {said}");

/// <summary>A node as seen from outside: it is ordered about, and may die at any moment.</summary>
public sealed class RemoteNode : IAsyncDisposable
{
    internal const string Dying = "dies ";
    internal const string Failing = "fails ";

    /// <summary>What is answered to <c>settle</c> when nothing is under way any more.</summary>
    public const string Settled = "settled";

    private readonly int number;
    private readonly SemaphoreSlim one = new(1);
    private readonly Lock gate = new();
    private TaskCompletionSource<string?>? asked;
    private bool isGone;

    internal RemoteNode(NodeProcess process, int number) => (Process, this.number) = (process, number);

    public NodeProcess Process { get; }

    /// <summary>The deadly point at which it stood still; null if it has come to none.</summary>
    public string? DiedAt { get; private set; }

    public Uri? Address { get; private set; }

    internal bool IsAlive => DiedAt is null && !isGone;

    /// <summary>A node in a process of its own.</summary>
    /// <inheritdoc cref="NodeProcess.Start" path="/param"/>
    public static RemoteNode Start(bool diesSoon) => NodeProcess.Start(diesSoon).House();

    /// <exception cref="NodeDiedException">It died.</exception>
    /// <exception cref="NodeFailedException">It lives, and did not do it.</exception>
    public async Task<Uri> HostAsync(HostOrder order)
    {
        try
        {
            return Address = new Uri(await AskAsync($"host {JsonSerializer.Serialize(order)}"));
        }
        catch (NodeDiedException)
        {
            await Process.BuryAsync();
            throw new NodeDiedException("host", $"It ended with {Process.ExitCode}. {Process.Errors}");
        }
    }

    /// <inheritdoc cref="HostAsync"/>
    public async Task<string> AskAsync(string order)
    {
        await one.WaitAsync();
        try
        {
            var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                if (!IsAlive)
                    answer.SetResult(null);
                else
                    asked = answer;
            }
            if (!answer.Task.IsCompleted)
                Process.Write($"{number} {order}");
            var said = await answer.Task ?? throw new NodeDiedException(order.Split(' ')[0]);
            return said.StartsWith(Failing, StringComparison.Ordinal)
                ? throw new NodeFailedException(order.Split(' ')[0], said[Failing.Length..])
                : said;
        }
        catch (IOException)
        {
            throw new NodeDiedException(order.Split(' ')[0]); // nobody reads its orders any more
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Nobody needs it any more: those that die with it need not wait for it.</summary>
    public void Leave()
    {
        HearNothing();
        Process.OneLess();
    }

    /// <summary>Kills its process.</summary>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    internal void Hear(string line)
    {
        var dies = line.StartsWith(Dying, StringComparison.Ordinal);
        lock (gate)
        {
            if (dies)
                DiedAt = line[Dying.Length..];
            asked?.TrySetResult(dies ? null : line);
            asked = null;
        }
        if (dies)
            Process.OneLess();
    }

    internal void HearNothing()
    {
        lock (gate)
        {
            isGone = true;
            asked?.TrySetResult(null);
            asked = null;
        }
    }
}
