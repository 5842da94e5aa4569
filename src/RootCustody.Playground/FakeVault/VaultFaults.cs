namespace RootCustody.Playground.FakeVault;

/// <summary>How the server, or what stands before it, misbehaves on a call.</summary>
public enum VaultFault
{
    /// <summary>The connection is cut, before anything was done.</summary>
    DropsBefore,

    /// <summary>The connection is cut, after it was done.</summary>
    DropsAfter,

    /// <summary>500 <c>local node not active but active cluster node not found</c>, before anything was done.</summary>
    NoLeader,

    /// <summary>500 <c>internal error</c>, after it was done: no audit device could take the answer down.</summary>
    AuditFails,

    /// <summary>412: this node does not have the state yet.</summary>
    NotYet,

    /// <summary>429 with <c>Retry-After: 1</c>, before anything was done.</summary>
    Throttled,

    /// <summary>429 without a word on when, before anything was done.</summary>
    ThrottledSilently,

    /// <summary>503 with a page of a proxy, which knows nothing of the seal.</summary>
    ProxyFails,

    /// <summary>502, before anything was done.</summary>
    BadGateway,

    /// <summary>Nothing happens before <see cref="VaultFaults.Release"/>; then it is done.</summary>
    HangsBefore,

    /// <summary>It is done, and no answer comes before <see cref="VaultFaults.Release"/>.</summary>
    HangsAfter,
}

/// <summary>The faults that wait for their call.</summary>
public sealed class VaultFaults
{
    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];
    private TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asked, where no fault waits for a call, whether it misbehaves.</summary>
    public Func<VaultFault?>? ByChance { get; set; }

    /// <summary>Lets what hangs go on; what hangs afterwards hangs anew.</summary>
    public void Release()
    {
        lock (gate)
        {
            released.SetResult();
            released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Meets the next calls below a path.</summary>
    /// <param name="path">How it begins, without <c>/v1/</c>: <c>rc-password/data</c>; empty for any.</param>
    /// <param name="method">Null for any.</param>
    public void Next(string path, VaultFault fault, int times = 1, HttpMethod? method = null)
    {
        lock (gate)
            waiting.AddRange(Enumerable.Repeat(new Waiting(path, method?.Method, fault), times));
    }

    internal VaultFault? Take(string path, string method)
    {
        lock (gate)
        {
            var met = waiting.Find(w =>
                path.StartsWith(w.Path, StringComparison.Ordinal) && (w.Method is null || w.Method == method)
            );
            if (met is null)
                return ByChance?.Invoke();
            waiting.Remove(met);
            return met.Fault;
        }
    }

    internal async Task HangAsync(CancellationToken gone)
    {
        Task free;
        lock (gate)
            free = released.Task;
        try
        {
            await free.WaitAsync(gone);
        }
        catch (OperationCanceledException)
        {
            // whoever asked waits no longer; what hangs before the work is then done all the same, as a server would
        }
    }

    private sealed record Waiting(string Path, string? Method, VaultFault Fault);
}
