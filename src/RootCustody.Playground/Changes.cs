namespace RootCustody.Playground;

/// <summary>Tells those who wait that something in a fake has changed.</summary>
public sealed class Changes
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = New();

    /// <summary>How long somebody waits. Default 20 seconds.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    public void Happened()
    {
        TaskCompletionSource changed;
        lock (gate)
        {
            changed = next;
            next = New();
        }
        changed.SetResult();
    }

    /// <summary>Waits until what is looked for is there. In real time, because it waits for real HTTP.</summary>
    /// <param name="look">Null while it is not there.</param>
    /// <param name="instead">What is there instead, for the error.</param>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    public async Task<T> WaitForAsync<T>(Func<T?> look, string what, Func<string> instead)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (gate)
                changed = next.Task;
            if (look() is { } found)
                return found;
            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException tired)
            {
                throw new TimeoutException($"Waited in vain for {what}. What is there: {instead()}", tired);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
