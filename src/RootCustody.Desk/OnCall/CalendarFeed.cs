using Microsoft.Extensions.Logging;
using RootCustody.OnCall;

namespace RootCustody.Desk.OnCall;

/// <summary>The state of a feed, for whoever looks after it.</summary>
/// <param name="ReadAt">When it was last read whole; null if never.</param>
/// <param name="Faults">What is wrong, each in a sentence without anything of the feed's content or address.</param>
public sealed record FeedStatus(string Group, DateTimeOffset? ReadAt, IReadOnlyList<string> Faults);

/// <summary>The feed of one group, read again when somebody asks and what is known is too old.</summary>
internal sealed partial class CalendarFeed : IDisposable
{
    private static readonly TimeSpan Behind = TimeSpan.FromDays(31);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1); // after a failure: nobody waits for each click anew

    private readonly string group;
    private readonly FeedSettings settings;
    private readonly FeedSource source;
    private readonly FeedCalendar calendar;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim one = new(1);
    private volatile State state = new(null, null, null, DateTimeOffset.MinValue);

    public CalendarFeed(string group, OnCallSettings settings, HttpClient http, TimeProvider clock, ILogger logger)
    {
        this.group = group;
        this.settings = settings.Feed;
        this.clock = clock;
        this.logger = logger;
        source = new FeedSource(settings.Feed, http);
        calendar = new FeedCalendar(new FeedNames(settings.Feed), settings.FoundZone());
    }

    /// <summary>
    /// The duties from a month before the last reading to 400 days after it. If it cannot be read, what was read last counts on.
    /// </summary>
    /// <returns>Null if it was never read.</returns>
    public async Task<IReadOnlyList<Duty>?> DutiesAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < state.ReadAgainAt)
            return state.Content?.Duties;
        await one.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() >= state.ReadAgainAt)
                await RefreshAsync(cancellationToken);
            return state.Content?.Duties;
        }
        finally
        {
            one.Release();
        }
    }

    public FeedStatus Status()
    {
        var now = state;
        var faults = new List<string>();
        if (now.Why is { } why)
            faults.Add($"The on-call feed of group {group} could not be read: {why}.");
        if (now.Content is { Unnamed: > 0 and var unnamed })
            faults.Add(
                $"In the on-call feed of group {group} this many events name nobody: {unnamed}. Add their titles to Feed:Names."
            );
        if (now.Content is { Unread: > 0 and var unread })
            faults.Add(
                $"In the on-call feed of group {group} this many events do not count: {unread}. They have an unknown time zone, no start, or a repetition that is not supported."
            );
        return new FeedStatus(group, now.ReadAt, faults);
    }

    public void Dispose() => one.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var text = await source.ReadAsync(either.Token);
            var now = clock.GetUtcNow();
            var content = calendar.Read(text, now - Behind, now + Ahead, either.Token);
            state = new State(content, now, null, now + settings.MaxAge);
        }
#pragma warning disable CA1031 // an edge: what a foreign calendar breaks, in our code or the library's, stays with the feed
        catch (Exception broken)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            var why = limit.IsCancellationRequested
                ? $"it took longer than {settings.Timeout.TotalSeconds:0.#} seconds"
                : Why(broken);
            var pause = settings.MaxAge < Pause ? settings.MaxAge : Pause;
            state = state with { Why = why, ReadAgainAt = clock.GetUtcNow() + pause };
            Log.NotRead(logger, group, why); // without the exception: the library quotes lines of the calendar in its own
        }
    }

    private static string Why(Exception broken) =>
        broken switch
        {
            FeedException known => known.Message,
            HttpRequestException => "the server was not reached",
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            UnauthorizedAccessException => "the file may not be read",
            IOException => "reading broke off",
            _ => "it is no calendar, or a broken one",
        };

    /// <param name="Why">Why the last try failed; null if it did not.</param>
    private sealed record State(FeedContent? Content, DateTimeOffset? ReadAt, string? Why, DateTimeOffset ReadAgainAt);

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The on-call feed of group {Group} could not be read: {Why}. What it said last counts on."
        )]
        public static partial void NotRead(ILogger logger, string group, string why);
    }
}
