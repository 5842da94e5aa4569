using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RootCustody.Data;

/// <summary>Hands each due id to a use case in a scope and transaction of its own, so that one bad row stops no other.</summary>
public sealed partial class Sweep(IServiceScopeFactory scopes, ILogger<Sweep> logger)
{
    /// <summary>So many rows at a time; what is left is found by the next sweep.</summary>
    public const int Batch = 200;

    /// <param name="handle">What has begun is finished; it gets no token of the job.</param>
    /// <param name="stopping">Ends the job between two ids: Hangfire hands it back, and another process takes it up.</param>
    public async Task EachAsync<TUseCase, TId>(
        IEnumerable<TId> due,
        Func<TUseCase, TId, Task> handle,
        CancellationToken stopping
    )
        where TUseCase : notnull
    {
        foreach (var id in due)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await handle(scope.ServiceProvider.GetRequiredService<TUseCase>(), id);
            }
#pragma warning disable CA1031 // the edge of a job: the other rows must not wait for this one
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Log.Broken(logger, broken, typeof(TUseCase).Name, id);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{UseCase} failed for {Id}; the next sweep tries again.")]
        public static partial void Broken(ILogger logger, Exception exception, string useCase, object? id);
    }
}
