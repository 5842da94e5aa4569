using Microsoft.Extensions.Logging;
using RootCustody.OnCall;

namespace RootCustody.Desk.OnCall;

/// <summary>Who is on call in which custodian group. It orders who is asked first and grants nothing (law 16).</summary>
/// <remarks>
/// The keys come from settings and calendars: one of them may be of no person, or of none of the group. A feed knows the
/// time from a month before it was read to 400 days after; elsewhere it says nothing.
/// </remarks>
public sealed class OnCallBook : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private readonly HttpClient http = FeedSource.Client();
    private readonly TimeProvider clock;
    private readonly ILogger<OnCallBook> logger;
    private volatile Dictionary<string, (Rota? Rota, CalendarFeed? Feed)> groups;

    /// <param name="groups">By the key of the group; without faults.</param>
    public OnCallBook(
        IEnumerable<KeyValuePair<string, OnCallSettings>> groups,
        TimeProvider clock,
        ILogger<OnCallBook> logger
    )
    {
        (this.clock, this.logger) = (clock, logger);
        this.groups = Read(groups);
    }

    /// <summary>Goes by other settings from now on; the feeds are read anew.</summary>
    /// <param name="next">By the key of the group; without faults.</param>
    // those before are left as they are: someone may be reading one, and what they hold goes with them
    public void Become(IEnumerable<KeyValuePair<string, OnCallSettings>> next) => groups = Read(next);

    /// <summary>The keys of the groups that have a rota or a feed.</summary>
    public IReadOnlyCollection<string> Groups => groups.Keys;

    /// <summary>The keys of the persons on call at a moment; empty in a gap.</summary>
    /// <returns>
    /// Null if nothing says who is on call, and so everyone in the group is: it has neither rota nor feed, or only a feed that
    /// was never read.
    /// </returns>
    public async Task<IReadOnlySet<string>?> KeysAtAsync(
        string groupKey,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var (rota, feed) = groups.GetValueOrDefault(groupKey);
        var fed = await DutiesAsync(feed, cancellationToken);
        if (fed is null)
            return rota?.PersonsAt(at);
        var keys = Duties.PersonsAt(fed, at);
        return keys.Count > 0 || rota is null ? keys : rota.PersonsAt(at);
    }

    /// <summary>Who is on call when, gaps included: the interval without holes.</summary>
    /// <param name="until">Not included; not before <paramref name="from"/> and at most 400 days after it.</param>
    /// <returns>Null as with <see cref="KeysAtAsync"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval ends before it begins, or is too long.</exception>
    public async Task<IReadOnlyList<Stretch>?> StretchesAsync(
        string groupKey,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(until, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until - from, Longest, nameof(until));
        var (rota, feed) = groups.GetValueOrDefault(groupKey);
        var fed = await DutiesAsync(feed, cancellationToken);
        if (fed is null)
            return rota?.Stretches(from, until);
        var stretches = Duties.Stretches(fed, from, until);
        return rota is null ? stretches : Duties.Over(stretches, rota.Stretches(from, until));
    }

    /// <summary>What is known of each feed, without reading it.</summary>
    public IReadOnlyList<FeedStatus> Feeds() => [.. groups.Values.Select(g => g.Feed?.Status()).OfType<FeedStatus>()];

    public void Dispose()
    {
        foreach (var (_, feed) in groups.Values)
            feed?.Dispose();
        http.Dispose();
    }

    private Dictionary<string, (Rota? Rota, CalendarFeed? Feed)> Read(
        IEnumerable<KeyValuePair<string, OnCallSettings>> settings
    ) =>
        settings.ToDictionary(
            g => g.Key,
            g => (g.Value.Rota(), g.Value.Feed.IsSet ? new CalendarFeed(g.Key, g.Value, http, clock, logger) : null),
            StringComparer.Ordinal
        );

    private static async Task<IReadOnlyList<Duty>?> DutiesAsync(
        CalendarFeed? feed,
        CancellationToken cancellationToken
    ) => feed is null ? null : await feed.DutiesAsync(cancellationToken);
}
