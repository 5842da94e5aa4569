namespace RootCustody.Audit;

/// <summary>Where the entries lie: numbered ones, and those that wait for their number.</summary>
public abstract class SequencerStore
{
    /// <summary>Numbers the oldest waiting entries, in one transaction that nobody else can be in at the same time.</summary>
    /// <param name="number">Given the head and the waiting entries in the order of their arrival, says what to save. Calls nothing outside and may be called again if the transaction is tried again.</param>
    /// <param name="most">How many entries to number at most.</param>
    /// <returns>How many were numbered.</returns>
    public abstract Task<int> AppendAsync(
        Func<ChainHead, IReadOnlyList<string>, IReadOnlyList<SequencedEntry>> number,
        int most,
        CancellationToken cancellationToken
    );
}

/// <summary>Puts into the chain, within a second, what feature code appended unnumbered in its own transaction.</summary>
/// <remarks>Feature code does not number its entries itself: all writers would then wait for one row.</remarks>
/// <param name="report">Told of each failure of the store; the loop goes on.</param>
public sealed class Sequencer(SequencerStore store, TimeProvider clock, Action<Exception> report)
{
    /// <summary>How many entries one transaction numbers at most.</summary>
    public const int Batch = 500;

    /// <summary>The longest that the loop waits between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private volatile TaskCompletionSource woken = new();

    /// <summary>Ends the pause: there is something to number.</summary>
    public void Wake() => woken.TrySetResult();

    /// <summary>Numbers entries until it is cancelled, and then ends without an exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // Before the look, so that whoever comes during it is not missed
            woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                var numbered = await store.AppendAsync(Chain.Number, Batch, cancellationToken);
                if (numbered < Batch)
                    await Task.WhenAny(woken.Task, Task.Delay(Pause, clock, cancellationToken));
            }
#pragma warning disable CA1031 // an edge: whatever the store throws, the entries still want their numbers
            catch (Exception broken)
#pragma warning restore CA1031
            {
                if (!cancellationToken.IsCancellationRequested)
                    report(broken);
                await Task.Delay(Pause, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
