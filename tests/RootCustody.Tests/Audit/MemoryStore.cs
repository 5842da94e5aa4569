using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

/// <summary>A store in memory whose transaction is a lock.</summary>
internal sealed class MemoryStore : SequencerStore
{
    private readonly Lock transaction = new();
    private readonly List<string> arrived = [];
    private readonly List<SequencedEntry> numbered = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];

    /// <summary>Runs once, after the next look at what waits and before anything is saved.</summary>
    public Action? WhileItLooks { get; set; }

    public IReadOnlyList<string> Arrived => arrived;

    public IReadOnlyList<SequencedEntry> Numbered => numbered;

    public void Add(int count)
    {
        lock (transaction)
            arrived.AddRange(Enumerable.Range(arrived.Count, count).Select(n => Logs.Entry($"entry {n}", n)));
    }

    public Task HasNumberedAsync(int count)
    {
        lock (transaction)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
            Tell();
            // a wait that ends only where the test fails anyway
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    public override Task<int> AppendAsync(
        Func<ChainHead, IReadOnlyList<string>, IReadOnlyList<SequencedEntry>> number,
        int most,
        CancellationToken cancellationToken
    )
    {
        lock (transaction)
        {
            var waiting = arrived.Skip(numbered.Count).Take(most).ToList();
            var happens = WhileItLooks;
            WhileItLooks = null;
            happens?.Invoke();

            numbered.AddRange(number(numbered.Count == 0 ? ChainHead.Genesis : numbered[^1].Head, waiting));
            Tell();
            return Task.FromResult(waiting.Count);
        }
    }

    private void Tell() =>
        waiters.Where(w => w.Count <= numbered.Count).ToList().ForEach(w => w.Reached.TrySetResult());
}
