using System.Text;
using CsCheck;
using RootCustody.Desk.OnCall;
using RootCustody.Tests.OnCall;

namespace RootCustody.Tests.Desk.OnCall;

/// <summary>Whatever a feed holds, nobody who asks gets an exception, and what was known before counts on.</summary>
public sealed class HostileFeedTests : IDisposable
{
    private const string Marked = "MARKED-9f3c";

    private static readonly string Good = FeedStage.Calendar(
        "SUMMARY:paul\nDTSTART:20261123T000000Z\nDTEND:20261225T000000Z"
    );

    private static readonly string[] Lines =
    [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "UID:a",
        "SUMMARY:paul",
        "DTSTART;TZID=Europe/Berlin:20261124T090000",
        "DTSTART;VALUE=DATE:20261124",
        "DTSTART:20261124T090000Z",
        "DTEND;TZID=America/New_York:20261124T170000",
        "DTEND:20261124T170000Z",
        "DTEND;VALUE=DATE:20261126",
        "DURATION:PT8H",
        "DURATION:P1D",
        "DURATION:P",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,5TU;BYSETPOS=-1;COUNT=5",
        "RRULE:FREQ=YEARLY;BYWEEKNO=53;UNTIL=20301231",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-31,31;UNTIL=20301231T000000Z",
        "EXDATE;VALUE=DATE:20261125",
        "EXDATE:20261125T080000Z,",
        "RDATE;VALUE=PERIOD:20261128T080000Z/PT5H,20261129T080000Z/20261129T070000Z",
        "RECURRENCE-ID:20261125T080000Z",
        "RECURRENCE-ID;VALUE=DATE:20261125",
        "SEQUENCE:many",
        "STATUS:CANCELLED",
        "ATTENDEE;CN=paul:mailto:",
        "TRIGGER:-PT5M",
        " folded",
    ];

    private readonly FeedStage stage = new();

    public void Dispose() => stage.Dispose();

    public static TheoryData<string, string> Broken =>
        new()
        {
            { "empty", "" },
            { "a page to sign in", $"<html><body>Please sign in, {Marked}</body></html>" },
            { "json", $$"""{"error":"{{Marked}}"}""" },
            { "cut off", Good[..(Good.Length / 2)] + Marked },
            { "no end", Good.Replace("END:VCALENDAR\r\n", "", StringComparison.Ordinal) },
            { "ends crossed", $"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{Marked}\nEND:VCALENDAR\nEND:VEVENT\n" },
            { "an end too many", Good + "END:VCALENDAR\r\n" },
            { "another component", $"BEGIN:VEVENT\nSUMMARY:{Marked}\nEND:VEVENT\n" },
            { "no line of a calendar", Good.Replace("VERSION:2.0", $"{Marked} \u0001", StringComparison.Ordinal) },
            { "an hour that is none", Event("DTSTART:20261124T250000Z") },
            { "a month that is none", Event("DTSTART:20261324T050000Z") },
            { "an end before the start", Event("DTSTART:20261124T100000Z\nDTEND:20261124T090000Z") },
            { "a length below nothing", Event("DTSTART:20261124T100000Z\nDURATION:-PT5H") },
            { "a length beyond the calendar", Event("DTSTART:20261124T100000Z\nDURATION:P99999999D") },
            { "a length beyond numbers", Event("DTSTART:20261124T100000Z\nDURATION:P99999999999999999999W") },
            { "a rule that is none", Event($"DTSTART:20261124T100000Z\nRRULE:{Marked}") },
            { "a rule without steps", Event("DTSTART:20261124T100000Z\nRRULE:FREQ=DAILY;INTERVAL=0") },
            { "a rule that never holds", Event("DTSTART:20261101T100000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") },
            {
                "a rule that never holds, by days",
                Event("DTSTART:19700101T100000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
            },
            {
                "a day of the month that is none",
                Event("DTSTART:20261101T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=0MO")
            },
            { "nested", string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 20_000)) + Marked },
            { "nested and closed", Nested(20_000) },
            { "zeros", new string('\0', 100_000) },
            { "one long line", "BEGIN:VCALENDAR" + new string('A', 1_000_000) },
            {
                "one long parameter",
                "BEGIN:VCALENDAR\nX;A=" + string.Concat(Enumerable.Repeat("\"a\",", 200_000)) + "\n"
            },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_calendar_leaves_what_was_read_before(string what, string text)
    {
        Assert.NotEmpty(what);
        var book = stage.Reads(Good);
        await FeedStage.KeysAsync(book, "2026-11-24");

        stage.Write(text);
        stage.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("paul", Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24T12:00Z")));
        AssertBroken(book);
        Assert.Equal(Told.At("2026-11-23T12:00Z"), book.Feeds()[0].ReadAt);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_feed_that_was_always_broken_says_nothing(string what, string text)
    {
        Assert.NotEmpty(what);
        var book = stage.Reads(text);

        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24T12:00Z"));
        AssertBroken(book);
        Assert.Null(book.Feeds()[0].ReadAt);
    }

    [Fact]
    public async Task A_calendar_without_events_is_a_gap_and_no_fault()
    {
        var book = stage.ReadsEvents();

        Assert.Empty((await FeedStage.KeysAsync(book, "2026-11-24"))!);
        Assert.Empty(Assert.Single(book.Feeds()).Faults);
        Assert.Empty(stage.Logged);
    }

    [Fact]
    public async Task Too_many_shifts_are_refused()
    {
        var book = stage.ReadsEvents([
            .. Enumerable
                .Range(0, 60)
                .Select(i => $"SUMMARY:p{i}\nDTSTART:20200101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"),
        ]);

        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));
        Assert.Contains("more than 20000 shifts", Assert.Single(book.Feeds()[0].Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_of_a_busy_rota_is_read()
    {
        var from = new DateTime(2026, 1, 1);
        var book = stage.ReadsEvents([
            .. Enumerable
                .Range(0, 6_000)
                .Select(i => $"SUMMARY:p{i % 7}\nDTSTART:{from.AddHours(2 * i):yyyyMMdd'T'HHmmss'Z'}\nDURATION:PT2H"),
        ]);

        Assert.Equal("p4", Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24T00:00Z")));
        Assert.Equal(12 * 30, (await FeedStage.ToldAsync(book, "2026-11-23", "2026-12-23")).Length);
    }

    /// <summary>A calendar with lines changed, dropped, doubled and bytes replaced.</summary>
    [Fact]
    public void Nothing_that_a_calendar_is_changed_to_throws()
    {
        Gen.OneOf(
                Gen.OneOf(Lines)
                    .Array[0, 12]
                    .Select(l =>
                        string.Join(
                            '\n',
                            (string[])["BEGIN:VCALENDAR", "BEGIN:VEVENT", .. l, "END:VEVENT", "END:VCALENDAR"]
                        )
                    ),
                Gen.OneOf(Lines).Array[0, 20].Select(l => string.Join('\n', l)),
                Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char).Select((at, c) => Good[..at] + c + Good[(at + 1)..])
            )
            .Sample(
                text =>
                {
                    using var fresh = new FeedStage();
                    var book = fresh.Reads(text);

                    var keys = FeedStage.KeysAsync(book, "2026-11-24T12:00Z").GetAwaiter().GetResult();

                    Assert.Equal(keys is null, book.Feeds()[0].ReadAt is null);
                    Assert.Equal(keys is null, fresh.Logged.Count > 0);
                },
                iter: 400,
                threads: 1
            );
    }

    private void AssertBroken(OnCallBook book)
    {
        var fault = Assert.Single(Assert.Single(book.Feeds()).Faults);
        Assert.StartsWith("The on-call feed of group passwords could not be read: ", fault, StringComparison.Ordinal);
        var warning = Assert.Single(stage.Logged);
        Assert.StartsWith("Warning The on-call feed of group passwords", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(Marked, fault + warning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', warning);
    }

    private static string Event(string lines) => FeedStage.Calendar($"SUMMARY:{Marked}\n{lines}");

    private static string Nested(int depth)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\n");
        for (var i = 0; i < depth; i++)
            text.Append("BEGIN:VEVENT\r\n");
        for (var i = 0; i < depth; i++)
            text.Append("END:VEVENT\r\n");
        return text.Append("END:VCALENDAR\r\n").ToString();
    }
}
