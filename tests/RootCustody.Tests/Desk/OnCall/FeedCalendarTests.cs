using RootCustody.Desk.OnCall;
using RootCustody.Tests.OnCall;

namespace RootCustody.Tests.Desk.OnCall;

/// <summary>What the events of a calendar mean.</summary>
public sealed class FeedCalendarTests : IDisposable
{
    private readonly FeedStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task An_all_day_event_is_a_day_of_the_groups_zone()
    {
        stage.Settings.Zone = "America/New_York";
        var book = stage.ReadsEvents("SUMMARY:paul\nDTSTART;VALUE=DATE:20270314"); // the day has 23 hours there

        Assert.Equal(
            [
                "2027-03-14T00:00Z 2027-03-14T05:00Z -",
                "2027-03-14T05:00Z 2027-03-15T04:00Z paul",
                "2027-03-15T04:00Z 2027-03-16T00:00Z -",
            ],
            await FeedStage.ToldAsync(book, "2027-03-14", "2027-03-16")
        );
    }

    [Fact]
    public async Task All_days_repeat_and_are_dropped_by_their_date()
    {
        var book = stage.ReadsEvents(
            "SUMMARY:paul\nDTSTART;VALUE=DATE:20261124\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20261126"
        );

        Assert.Equal(
            [
                "2026-11-23T23:00Z 2026-11-25T23:00Z paul",
                "2026-11-25T23:00Z 2026-11-26T23:00Z -",
                "2026-11-26T23:00Z 2026-11-27T23:00Z paul",
                "2026-11-27T23:00Z 2026-11-28T00:00Z -",
            ],
            await FeedStage.ToldAsync(book, "2026-11-23T23:00Z", "2026-11-28")
        );
    }

    [Fact]
    public async Task A_time_without_a_zone_is_meant_in_the_groups() =>
        Assert.Equal(
            ["2026-11-24T08:00Z 2026-11-24T16:00Z paul"],
            await FeedStage.ToldAsync(
                stage.ReadsEvents("SUMMARY:paul\nDTSTART:20261124T090000\nDTEND:20261124T170000"),
                "2026-11-24T08:00Z",
                "2026-11-24T16:00Z"
            )
        );

    [Theory] // the clock in Berlin goes forward on 2027-03-28, that of New York on 2027-03-14, Lord Howe's back on 2027-04-04
    [InlineData("Europe/Berlin", "20270327T020000", "2027-03-27T01:00Z,2027-03-28T01:00Z,2027-03-29T00:00Z")]
    [InlineData("America/New_York", "20270313T090000", "2027-03-13T14:00Z,2027-03-14T13:00Z,2027-03-15T13:00Z")]
    [InlineData("Australia/Lord_Howe", "20270403T090000", "2027-04-02T22:00Z,2027-04-03T22:30Z,2027-04-04T22:30Z")]
    public async Task A_repeated_event_follows_the_clock_of_its_own_zone(string zone, string start, string begins)
    {
        var book = stage.ReadsEvents(
            $"SUMMARY:paul\nDTSTART;TZID={zone}:{start}\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
        );

        var stretches = await FeedStage.ToldAsync(book, "2027-03-01", "2027-05-01");

        Assert.Equal(
            begins.Split(','),
            stretches.Where(s => s.EndsWith("paul", StringComparison.Ordinal)).Select(s => s.Split(' ')[0])
        );
    }

    [Theory]
    [InlineData("EXDATE:20261125T080000Z")] // in UTC, although the series is in Berlin's time
    [InlineData("EXDATE;TZID=Europe/Berlin:20261125T090000")]
    [InlineData("EXDATE;TZID=America/New_York:20261125T030000")]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261124T100000,20261125T090000")] // the first is no occurrence
    [InlineData("EXDATE;VALUE=DATE:20261125")]
    public async Task A_dropped_occurrence_may_be_written_in_any_zone(string exception)
    {
        var book = stage.ReadsEvents($"{Series}\n{exception}");

        Assert.Equal(["24", "26"], await DaysOf("paul", book));
    }

    [Theory]
    [InlineData("RECURRENCE-ID:20261125T080000Z")]
    [InlineData("RECURRENCE-ID;TZID=Europe/Berlin:20261125T090000")]
    public async Task A_replaced_occurrence_is_somebody_elses(string instance)
    {
        var other = $"UID:series\n{instance}\nSUMMARY:petra\nDTSTART:20261127T080000Z\nDTEND:20261127T090000Z";

        var book = stage.ReadsEvents(other, $"UID:series\n{Series}");

        Assert.Equal(["24", "26"], await DaysOf("paul", book));
        Assert.Equal(["27"], await DaysOf("petra", book));
    }

    [Fact]
    public async Task Of_several_replacements_the_one_that_was_changed_last_counts()
    {
        const string Instance = "UID:series\nRECURRENCE-ID:20261125T080000Z\nDTSTART:20261125T080000Z\nDURATION:PT1H";

        var book = stage.ReadsEvents(
            $"UID:series\n{Series}",
            $"{Instance}\nSEQUENCE:2\nSUMMARY:petra",
            $"{Instance}\nSEQUENCE:1\nSUMMARY:pia"
        );

        Assert.Equal(["24", "26"], await DaysOf("paul", book));
        Assert.Equal(["25"], await DaysOf("petra", book));
        Assert.Empty(await DaysOf("pia", book));
    }

    [Fact]
    public async Task What_is_cancelled_is_nobodys()
    {
        var book = stage.ReadsEvents(
            $"UID:series\n{Series}",
            "UID:series\nRECURRENCE-ID:20261125T080000Z\nSTATUS:CANCELLED\nSUMMARY:paul\nDTSTART:20261125T080000Z\nDURATION:PT1H",
            "STATUS:CANCELLED\nSUMMARY:petra\nDTSTART:20261125T080000Z\nDURATION:PT1H"
        );

        Assert.Equal(["24", "26"], await DaysOf("paul", book));
        Assert.Empty(await DaysOf("petra", book));
    }

    [Fact]
    public async Task The_same_name_of_another_series_replaces_nothing()
    {
        var book = stage.ReadsEvents(
            $"UID:series\n{Series}",
            "UID:other\nRECURRENCE-ID:20261125T080000Z\nSUMMARY:petra\nDTSTART:20261125T080000Z\nDURATION:PT1H"
        );

        Assert.Equal(["24", "25", "26"], await DaysOf("paul", book));
    }

    [Fact]
    public async Task Added_dates_count()
    {
        var book = stage.ReadsEvents($"{Series}\nRDATE:20261128T080000Z");

        Assert.Equal(["24", "25", "26", "28"], await DaysOf("paul", book));
    }

    [Theory]
    [InlineData("20200127", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "11-23 12-07 12-21")]
    [InlineData("20200127", "FREQ=MONTHLY;BYDAY=-1MO", "11-30 12-28")]
    [InlineData("20200131", "FREQ=MONTHLY;BYMONTHDAY=31", "12-31")]
    [InlineData("20200113", "FREQ=DAILY;INTERVAL=10", "11-27 12-07 12-17 12-27")]
    [InlineData("20200113", "FREQ=DAILY;INTERVAL=10;COUNT=252", "11-27")]
    [InlineData("20200101", "FREQ=YEARLY;BYMONTH=12;BYDAY=1SU,-1SU", "12-06 12-27")]
    public async Task A_series_that_began_years_ago_keeps_its_step(string first, string rule, string days)
    {
        var book = stage.ReadsEvents(
            $"SUMMARY:paul\nDTSTART;TZID=Europe/Berlin:{first}T090000\nDURATION:PT1H\nRRULE:{rule}"
        );

        var told = await FeedStage.ToldAsync(book, "2026-11-23", "2027-01-01");

        Assert.Equal(
            days.Split(' '),
            told.Where(s => s.EndsWith("paul", StringComparison.Ordinal)).Select(s => s[5..10])
        );
    }

    [Fact]
    public async Task A_shift_that_began_before_the_month_behind_still_counts() =>
        Assert.Equal(
            "paul",
            Told.Persons(
                await FeedStage.KeysAsync(
                    stage.ReadsEvents("SUMMARY:paul\nDTSTART:20260101T000000Z\nDTEND:20270101T000000Z"),
                    "2026-11-23T12:00Z"
                )
            )
        );

    [Fact]
    public async Task Events_over_one_another_add_up()
    {
        var book = stage.ReadsEvents(
            "SUMMARY:paul\nDTSTART:20261124T080000Z\nDURATION:PT4H",
            "SUMMARY:petra\nDTSTART:20261124T100000Z\nDURATION:PT4H"
        );

        Assert.Equal(
            [
                "2026-11-24T08:00Z 2026-11-24T10:00Z paul",
                "2026-11-24T10:00Z 2026-11-24T12:00Z paul,petra",
                "2026-11-24T12:00Z 2026-11-24T14:00Z petra",
            ],
            await FeedStage.ToldAsync(book, "2026-11-24T08:00Z", "2026-11-24T14:00Z")
        );
    }

    [Theory]
    [InlineData("SUMMARY:paul", "paul")]
    [InlineData("SUMMARY:  paul ", "paul")]
    [InlineData("SUMMARY:Der Passwortmensch", "petra")] // what the settings say
    [InlineData("SUMMARY:der passwortmensch", "-")] // letter for letter
    [InlineData("SUMMARY:Paul", "-")] // no key of a person
    [InlineData("SUMMARY:On call\nATTENDEE;CN=Pia Pohl:mailto:nobody@elsewhere.example", "pia")]
    [InlineData(
        "SUMMARY:On call\nATTENDEE;CN=Pia Pohl:mailto:a@b.example\nATTENDEE;CN=Der Passwortmensch:mailto:c@d.example",
        "petra,pia"
    )]
    [InlineData("SUMMARY:Der Passwortmensch\nATTENDEE;CN=Pia Pohl:mailto:a@b.example", "petra")]
    [InlineData("SUMMARY:paul\nATTENDEE;CN=Pia Pohl:mailto:a@b.example", "pia")] // a name of the settings before the bare key
    [InlineData("SUMMARY:On call\nATTENDEE;CN=paul:mailto:paul@provider.example", "-")] // only a title may be a bare key
    [InlineData("SUMMARY:On call\nATTENDEE:mailto:paul@provider.example", "-")] // law 2: never by an address
    [InlineData("DESCRIPTION:paul", "-")]
    public async Task An_event_means_whom_the_settings_or_its_title_say(string lines, string persons)
    {
        stage.Settings.Feed.Names["petra"] = ["Der Passwortmensch"];
        stage.Settings.Feed.Names["pia"] = ["Pia Pohl", "Pia"];
        var book = stage.ReadsEvents($"{lines}\nDTSTART:20261124T080000Z\nDURATION:PT4H");

        Assert.Equal(persons, Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24T09:00Z")));
        Assert.Equal(
            persons == "-"
                ?
                [
                    "In the on-call feed of group passwords this many events name nobody: 1. Add their titles to Feed:Names.",
                ]
                : [],
            Assert.Single(book.Feeds()).Faults
        );
    }

    [Theory]
    [InlineData("DTSTART;TZID=Somewhere/Else:20261124T080000")]
    [InlineData("DTSTART;TZID=Customized Time Zone:20261124T080000")]
    [InlineData("DTSTART;TZID=Europe/Berlin or so:20261124T080000")] // the library would guess
    [InlineData("DTSTART:20261124T080000Z\nRRULE:FREQ=HOURLY")]
    [InlineData("DTSTART:20261124T080000Z\nRRULE:FREQ=SECONDLY")]
    [InlineData("DTSTART:19691231T080000Z\nRRULE:FREQ=DAILY")]
    [InlineData("DTSTART:20261124T080000Z\nRRULE:FREQ=DAILY;BYMINUTE=0,1,2")]
    [InlineData("DTSTART:20261124T080000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY")]
    [InlineData("DTSTART:20261124T080000Z\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY")]
    [InlineData("DTSTART:20261124T080000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261124T080000Z")]
    [InlineData("DTSTART:00010101T000000")]
    [InlineData("DTSTART:99991231T235959")]
    [InlineData("DTSTART:soon")]
    [InlineData("LOCATION:without a start")]
    public async Task What_would_be_understood_wrongly_does_not_count_and_is_said(string lines)
    {
        var book = stage.ReadsEvents($"SUMMARY:pia\n{lines}\nDURATION:PT4H", $"UID:series\n{Series}");

        Assert.Equal(["24", "25", "26"], await DaysOf("paul", book));
        Assert.Empty(await DaysOf("pia", book));
        Assert.Contains(
            "this many events do not count: 1.",
            Assert.Single(Assert.Single(book.Feeds()).Faults),
            StringComparison.Ordinal
        );
    }

    /// <summary>An hour from 09:00 in Berlin on the 24th, 25th and 26th of November.</summary>
    private const string Series =
        "SUMMARY:paul\nDTSTART;TZID=Europe/Berlin:20261124T090000\nDTEND;TZID=Europe/Berlin:20261124T100000\nRRULE:FREQ=DAILY;COUNT=3";

    /// <summary>The days of November on which somebody is on call.</summary>
    private static async Task<string[]> DaysOf(string person, OnCallBook book) =>
        [
            .. (await FeedStage.ToldAsync(book, "2026-11-01", "2026-12-01"))
                .Where(s => s.Split(' ')[2].Split(',').Contains(person))
                .Select(s => s[8..10]),
        ];
}
