using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Takes halves off the screens when their time or their window is over, when their holder hides them or is their holder no more, or when this process stops. The surfaces live here and nowhere else.</summary>
public sealed partial class Removals(
    IServiceScopeFactory scopes,
    CommitBell bell,
    TimeProvider clock,
    ILogger<Removals> logger
) : IHostedService
{
    private const int Tries = 3;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ExposureId, Standing> up = new();
    private readonly ConcurrentDictionary<Standing, Task> watched = new();
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says before the showing what has to go afterwards: the holder may hide it before we know what became of it.</summary>
    /// <returns>To be disposed when the showing is over; nothing is removed before, or it would come up after its removal.</returns>
    public IDisposable Expect(RevealSurface surface, IReadOnlyList<Exposure> exposures, DateTimeOffset until)
    {
        var first = exposures[0];
        var standing = new Standing(surface, first.Person, first.Request, [.. exposures.Select(e => e.Id)]);
        up[first.Id] = standing;
        watched[standing] = WaitAsync(first.Id, standing, until);
        _ = watched[standing]
            .ContinueWith(
                _ => watched.TryRemove(standing, out Task? _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        return standing;
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

    public Task StopAsync(CancellationToken cancellationToken)
    {
        stopping.TrySetResult();
        // nobody asks the database any more when it is closed
        return Task.WhenAll(watched.Values).WaitAsync(cancellationToken);
    }

    private async Task WaitAsync(ExposureId id, Standing standing, DateTimeOffset until)
    {
        while (up.ContainsKey(id) && !stopping.Task.IsCompleted)
        {
            var rung = bell.NextAsync();
            var left = until - clock.GetUtcNow();
            if (left <= TimeSpan.Zero || !await StillTheirsAsync(standing))
                break;
            // another process may end the window, whose bell is not heard here
            using var cut = new CancellationTokenSource();
            await Task.WhenAny(
                rung,
                standing.Ended,
                stopping.Task,
                Task.Delay(left < Look ? left : Look, clock, cut.Token)
            );
            await cut.CancelAsync();
        }
        await EndAsync(id, byHolder: false);
        await standing.Ended; // by whomever
    }

    /// <summary>Whether the window is open, and they are its holder and neither suspended nor frozen.</summary>
    private async Task<bool> StillTheirsAsync(Standing standing)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
            return await db.Requests.AnyAsync(r =>
                r.Id == standing.Request
                && r.State == RequestState.Open
                && (
                    r.PasswordReceiver == null
                        ? r.PasswordApprover == standing.Person || r.MfaApprover == standing.Person
                        : (r.PasswordReceiver == standing.Person && r.PasswordApprover != null)
                            || (r.MfaReceiver == standing.Person && r.MfaApprover != null)
                )
                && db.People.Any(p => p.Id == standing.Person && !p.Suspended && p.FrozenAt == null)
            );
        }
#pragma warning disable CA1031 // fail closed: what cannot be asked about comes off the screen (law 11)
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, standing.Exposures[0]);
            return false;
        }
    }

    private async Task EndAsync(ExposureId id, bool byHolder)
    {
        if (!up.TryRemove(id, out var standing))
            return; // someone else ends it
        try
        {
            await standing.Shown;
            var removal = await RemoveAsync(standing.Surface);
            if (byHolder && !standing.Surface.CanRemove)
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
            standing.End();
        }
    }

    private async Task<Removal> RemoveAsync(RevealSurface surface)
    {
        for (var attempt = 1; ; attempt++)
        {
            var removal = await surface.RemoveAsync(CancellationToken.None);
            if (removal == Removal.Removed || !surface.CanRemove || attempt == Tries)
                return removal;
            await Task.WhenAny(Task.Delay(Look, clock), stopping.Task); // a stop leaves no time to wait
        }
    }

    /// <summary>A half that is up, or on its way.</summary>
    private sealed class Standing(
        RevealSurface surface,
        PersonId person,
        RequestId? request,
        IReadOnlyList<ExposureId> exposures
    ) : IDisposable
    {
        private readonly TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RevealSurface Surface => surface;
        public PersonId Person => person;
        public RequestId? Request => request;
        public IReadOnlyList<ExposureId> Exposures => exposures;
        public Task Shown => shown.Task;
        public Task Ended => ended.Task;

        public void End() => ended.TrySetResult();

        public void Dispose() => shown.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The half of exposure {Exposure} could not be taken off the screen.")]
        public static partial void Broken(ILogger logger, Exception exception, ExposureId exposure);
    }
}
