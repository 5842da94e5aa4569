namespace RootCustody.Data;

/// <summary>One writer at a time in this process: for SQLite, which has one anyway and whose busy retries cost far more than waiting in turn, and for those who have lost a race.</summary>
public sealed class WriterTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Given(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed class Given(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
