using System.Diagnostics.Metrics;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Host.Jobs;
using RootCustody.Requests;

namespace RootCustody.Host.Watching;

/// <summary>What only the database knows: how long things have been waiting. Read every few seconds whoever asks, and told from memory, so that no scrape waits for a database, fails with it, or adds to its load.</summary>
internal sealed partial class Ages : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What was read longer ago is told as not a number: nothing is better than yesterday's ages.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(2);

    private static readonly RequestState[] States = [RequestState.Asked, RequestState.Approved, RequestState.Open];

    private readonly IServiceScopeFactory scopes;
    private readonly JobStorage jobs;
    private readonly DatabaseTime clock;
    private readonly ILogger<Ages> logger;
    private volatile Read? last;

    public Ages(
        IMeterFactory meters,
        IServiceScopeFactory scopes,
        JobStorage jobs,
        DatabaseTime clock,
        ILogger<Ages> logger
    )
    {
        (this.scopes, this.jobs, this.clock, this.logger) = (scopes, jobs, clock, logger);
        var meter = meters.Create(Telemetry.Name);
        Gauge(meter, "rootcustody.requests.running", null, "Requests that have not ended", RunningNow);
        Gauge(meter, "rootcustody.requests.oldest", "s", "Age of the oldest request that has not ended", OldestNow);
        Gauge(
            meter,
            "rootcustody.outbox.oldest",
            "s",
            "Age of the oldest message that is not sent and not parked",
            UnsentNow
        );
        Gauge(meter, "rootcustody.outbox.parked", null, "Messages that are tried no more", ParkedNow);
        Gauge(
            meter,
            "rootcustody.clock.skew",
            "s",
            "How far the clock of this machine is ahead of the database's",
            SkewNow
        );
        Gauge(meter, "rootcustody.job.age", "s", "Time since a job last ended well, whoever ran it", JobsNow);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Patience);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
            last = new Read(
                clock.GetUtcNow(),
                await RequestsAsync(db, limit.Token),
                await OutboxAsync(db, limit.Token),
                await Task.Run(() => JobRuns.LastOf(jobs), limit.Token).WaitAsync(limit.Token)
            );
        }
#pragma warning disable CA1031 // the edge of a loop: a database that is away must not end the looking for ever
        catch (Exception broken)
#pragma warning restore CA1031
        {
            if (!stopping.IsCancellationRequested)
                Log.Broken(logger, broken);
        }
    }

    private static Task<List<Running>> RequestsAsync(CustodyDb db, CancellationToken cancellationToken) =>
        db
            .Requests.Where(r => States.Contains(r.State))
            .GroupBy(r => new { r.State, r.Kind })
            .Select(g => new Running(g.Key.State, g.Key.Kind, g.Count(), g.Min(r => r.AskedAt)))
            .ToListAsync(cancellationToken);

    private static Task<List<Unsent>> OutboxAsync(CustodyDb db, CancellationToken cancellationToken) =>
        db
            .Outbox.Where(r => r.SentAt == null)
            .GroupBy(r => new { r.Bot, r.Parked })
            .Select(g => new Unsent(g.Key.Bot, g.Key.Parked, g.Count(), g.Min(r => r.WrittenAt)))
            .ToListAsync(cancellationToken);

    private static void Gauge(
        Meter meter,
        string name,
        string? unit,
        string description,
        Func<IEnumerable<Measurement<double>>> observe
    ) => meter.CreateObservableGauge(name, observe, unit, description);

    private IEnumerable<Measurement<double>> RunningNow() => OfRequests(found => found?.Count ?? 0);

    private IEnumerable<Measurement<double>> OldestNow() => OfRequests(found => Since(found?.Oldest));

    private IEnumerable<Measurement<double>> UnsentNow() => OfOutbox(parked: false, found => Since(found?.Oldest));

    private IEnumerable<Measurement<double>> ParkedNow() => OfOutbox(parked: true, found => found?.Count ?? 0);

    private IEnumerable<Measurement<double>> JobsNow() =>
        (last?.Jobs ?? new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)).Select(
            j => new Measurement<double>(IsStale() ? double.NaN : Since(j.Value), [new("job", j.Key)])
        );

    /// <summary>A file has no clock of its own: nothing to tell.</summary>
    private IEnumerable<Measurement<double>> SkewNow() =>
        clock.Skew is { } skew ? [new Measurement<double>(skew.TotalSeconds)] : [];

    // every combination each time: what is left out of one reading would keep the value of the one before

    private IEnumerable<Measurement<double>> OfRequests(Func<Running?, double> value) =>
        from state in States
        from kind in Enum.GetValues<RequestKind>()
        let found = last?.Requests.SingleOrDefault(r => r.State == state && r.Kind == kind)
        select new Measurement<double>(
            IsStale() ? double.NaN : value(found),
            [new("state", state.ToString()), new("kind", kind.ToString())]
        );

    private IEnumerable<Measurement<double>> OfOutbox(bool parked, Func<Unsent?, double> value) =>
        from bot in Enum.GetValues<Bot>()
        let found = last?.Outbox.SingleOrDefault(u => u.Bot == bot && u.Parked == parked)
        select new Measurement<double>(IsStale() ? double.NaN : value(found), [new("bot", bot.ToString())]);

    private bool IsStale() => last is not { } read || clock.GetUtcNow() - read.At >= Stale;

    private double Since(DateTimeOffset? at) =>
        at is { } then ? Math.Max(0, (clock.GetUtcNow() - then).TotalSeconds) : 0;

    private sealed record Read(
        DateTimeOffset At,
        IReadOnlyList<Running> Requests,
        IReadOnlyList<Unsent> Outbox,
        IReadOnlyDictionary<string, DateTimeOffset> Jobs
    );

    private sealed record Running(RequestState State, RequestKind Kind, int Count, DateTimeOffset Oldest);

    private sealed record Unsent(Bot Bot, bool Parked, int Count, DateTimeOffset Oldest);

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The ages for the metrics could not be read; they are left out until they can."
        )]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
