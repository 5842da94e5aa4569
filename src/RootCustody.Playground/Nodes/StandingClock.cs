namespace RootCustody.Playground.Nodes;

/// <summary>A clock that stands until it is moved. Its timers run in real time, so that loops keep looking.</summary>
public sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
