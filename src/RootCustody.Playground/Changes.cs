namespace RootCustody.Playground;

/// <summary>Tells those who wait that something in a fake has changed.</summary>
public sealed class Changes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private TaskCompletionSource next = New();

    /// <summary>Called each second once somebody has waited for three: where the host's clock is set by hand it must not stand still while one waits for what the host does a second later.</summary>
    public Action? SecondWaited { get; set; }

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
        var began = TimeProvider.System.GetTimestamp();
        var beat = Calm;
        while (true)
        {
            Task changed;
            lock (gate)
                changed = next.Task;
            if (look() is { } found)
                return found;
            var waited = TimeProvider.System.GetElapsedTime(began);
            if (waited >= Patience)
                throw new TimeoutException($"Waited in vain for {what}. What is there: {instead()}");
            if (waited >= beat)
            {
                SecondWaited?.Invoke();
                beat += Beat;
                continue; // it may have led to what is looked for
            }
            await Task.WhenAny(changed, Task.Delay(beat - waited, TimeProvider.System));
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
