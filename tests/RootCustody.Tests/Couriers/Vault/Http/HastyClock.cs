namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>A clock that stands until it is set. Whoever waits by it waits no time, and finds it later by as much.</summary>
internal sealed class HastyClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return now;
        }
        set
        {
            lock (gate)
                now = value;
        }
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Now += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Fired();
    }

    private sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
