using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Takes halves off the screens when their time is over, when their holder hides them, or when this process stops. The surfaces live here and nowhere else.</summary>
public sealed partial class Removals(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Removals> logger)
    : IHostedService
{
    private readonly ConcurrentDictionary<ExposureId, Standing> up = new();

    public void Schedule(RevealSurface surface, IReadOnlyList<Exposure> exposures, DateTimeOffset until)
    {
        var first = exposures[0];
        var standing = new Standing(
            surface,
            first.Person,
            [.. exposures.Select(e => e.Id)],
            new CancellationTokenSource()
        );
        up[first.Id] = standing;
        _ = WaitAsync(first.Id, standing, until);
    }

    /// <summary>The holder ends it now.</summary>
    /// <returns>False if nothing of theirs stands under this id.</returns>
    public async Task<bool> HideAsync(ExposureId id, PersonId person)
    {
        if (!up.TryGetValue(id, out var standing) || standing.Person != person)
            return false;
        await EndAsync(id, byHolder: true);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(up.Keys.Select(id => EndAsync(id, byHolder: false)));

    private async Task WaitAsync(ExposureId id, Standing standing, DateTimeOffset until)
    {
        var left = until - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left, clock, standing.Ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync(id, byHolder: false);
    }

    private async Task EndAsync(ExposureId id, bool byHolder)
    {
        if (!up.TryRemove(id, out var standing))
            return; // someone else ends it
        await standing.Ended.CancelAsync();
        try
        {
            var removal = await standing.Surface.RemoveAsync(CancellationToken.None);
            if (byHolder && removal == Removal.LeftOpen)
                removal = Removal.ClosedByHolder; // the platform leaves the closing to them, and they said so
            await using var scope = scopes.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<RecordRemoval>()
                .HandleAsync(standing.Exposures, removal, CancellationToken.None);
        }
#pragma warning disable CA1031 // nobody awaits this: what is not recorded here, the tidying job records as left open
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, id);
        }
        finally
        {
            standing.Ended.Dispose();
        }
    }

    private sealed record Standing(
        RevealSurface Surface,
        PersonId Person,
        IReadOnlyList<ExposureId> Exposures,
        CancellationTokenSource Ended
    );

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The half of exposure {Exposure} could not be taken off the screen.")]
        public static partial void Broken(ILogger logger, Exception exception, ExposureId exposure);
    }
}
