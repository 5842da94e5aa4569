namespace RootCustody.Playground.Nodes;

/// <summary>Counts what is under way in a node: requests, calls, clicks.</summary>
public sealed class Traffic
{
    private int underWay;

    public bool IsQuiet => Volatile.Read(ref underWay) == 0;

    public IDisposable Begin()
    {
        Interlocked.Increment(ref underWay);
        return new Trip(this);
    }

    private sealed class Trip(Traffic traffic) : IDisposable
    {
        private int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) == 0)
                Interlocked.Decrement(ref traffic.underWay);
        }
    }
}
