namespace RootCustody.Data;

/// <summary>Rings after each commit, so that the loops behind it (outbox, audit sequencer) need not wait for their sweep.</summary>
public sealed class CommitBell
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = New();

    public void Ring()
    {
        TaskCompletionSource rung;
        lock (gate)
        {
            rung = next;
            next = New();
        }
        rung.SetResult();
    }

    /// <summary>Completes at the next ring after this call.</summary>
    public Task NextAsync()
    {
        lock (gate)
            return next.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
