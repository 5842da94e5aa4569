namespace RootCustody.Data;

/// <summary>One writer at a time in this process: SQLite has one writer anyway, and waiting in turn costs far less than its busy retries.</summary>
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
