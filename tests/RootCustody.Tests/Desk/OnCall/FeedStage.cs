using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Desk.OnCall;
using RootCustody.Tests.Couriers;
using RootCustody.Tests.OnCall;

namespace RootCustody.Tests.Desk.OnCall;

/// <summary>One group, <c>passwords</c>, with a feed in a file; it is Monday, 2026-11-23, noon UTC. Keeps what was logged.</summary>
internal sealed class FeedStage : IDisposable, ILogger<OnCallBook>
{
    public const string Group = "passwords";

    private readonly TempFolder folder = new();
    private readonly List<OnCallBook> books = [];

    public FakeTimeProvider Clock { get; } = new(Told.At("2026-11-23T12:00Z"));

    public OnCallSettings Settings { get; } = new() { Zone = "Europe/Berlin" };

    public List<string> Logged { get; } = [];

    public string File => folder.In("on-call.ics");

    public OnCallBook Book()
    {
        Assert.Empty(Settings.Faults($"RootCustody:OnCall:{Group}"));
        books.Add(new OnCallBook([new(Group, Settings)], Clock, this));
        return books[^1];
    }

    /// <summary>A book of which the feed is this text.</summary>
    public OnCallBook Reads(string calendar)
    {
        Write(calendar);
        Settings.Feed.Source = File;
        return Book();
    }

    /// <summary>A book of which the feed is a calendar with these events, each a few lines without BEGIN and END.</summary>
    public OnCallBook ReadsEvents(params string[] events) => Reads(Calendar(events));

    public void Write(string calendar) => System.IO.File.WriteAllText(File, calendar);

    public static string Calendar(params string[] events) =>
        string.Join(
            "\r\n",
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//RootCustody//Tests//EN",
                .. events.Select((e, i) => Event(e, i)),
                "END:VCALENDAR",
                "",
            ]
        );

    /// <summary>Who is on call when, from one midnight UTC to another.</summary>
    public static async Task<string[]> ToldAsync(OnCallBook book, string from, string until) =>
        Told.Of(await book.StretchesAsync(Group, Told.At(from), Told.At(until), TestContext.Current.CancellationToken));

    public static Task<IReadOnlySet<string>?> KeysAsync(OnCallBook book, string at) =>
        book.KeysAtAsync(Group, Told.At(at), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        books.ForEach(b => b.Dispose());
        folder.Dispose();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Logged.Add($"{logLevel} {formatter(state, exception)} {exception}".TrimEnd());

    private static string Event(string lines, int number)
    {
        var named = lines.Contains("UID:", StringComparison.Ordinal) ? lines : $"UID:event-{number}\n{lines}";
        return $"BEGIN:VEVENT\nDTSTAMP:20261101T000000Z\n{named}\nEND:VEVENT".ReplaceLineEndings("\r\n");
    }
}
