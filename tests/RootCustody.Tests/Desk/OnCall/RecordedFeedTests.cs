namespace RootCustody.Tests.Desk.OnCall;

/// <summary>Calendars of the shape that well-known products export.</summary>
public sealed class RecordedFeedTests : IDisposable
{
    private const string PagerDutyLike = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID;X-RICAL-TZSOURCE=TZINFO:-//com.denhaven2/NONSGML ri_cal gem//EN
        CALSCALE:GREGORIAN
        X-WR-CALNAME:On Call Schedule for Passwords
        BEGIN:VEVENT
        DTEND;VALUE=DATE-TIME:20261124T080000Z
        DTSTART;VALUE=DATE-TIME:20261123T080000Z
        ATTENDEE:paul@provider.example
        URL:https://provider.pagerduty.example/schedules#PXYZ123
        UID:Q0AAA@provider.pagerduty.example
        SUMMARY:On Call - Paul Peters - Passwords
        END:VEVENT
        BEGIN:VEVENT
        DTEND;VALUE=DATE-TIME:20261125T080000Z
        DTSTART;VALUE=DATE-TIME:20261124T080000Z
        ATTENDEE:petra@provider.example
        UID:Q0BBB@provider.pagerduty.example
        SUMMARY:On Call - Petra Pohl - Passwords
        END:VEVENT
        END:VCALENDAR
        """;

    private const string OpsgenieLike = """
        BEGIN:VCALENDAR
        PRODID:-//Opsgenie//Schedules//EN
        VERSION:2.0
        METHOD:PUBLISH
        BEGIN:VEVENT
        DTSTAMP:20261120T101112Z
        DTSTART:20261123T080000Z
        DTEND:20261123T200000Z
        SUMMARY:Paul Peters\, Passwords_rotation: first
        TRANSP:TRANSPARENT
        UID:0f6c1a9e-0001
        ORGANIZER;CN=Opsgenie:mailto:noreply@opsgenie.example
        END:VEVENT
        BEGIN:VEVENT
        DTSTAMP:20261120T101112Z
        DTSTART:20261123T200000Z
        DTEND:20261124T080000Z
        SUMMARY:Petra Pohl\, Passwords_rotation: second
        TRANSP:TRANSPARENT
        UID:0f6c1a9e-0002
        END:VEVENT
        END:VCALENDAR
        """;

    private const string GoogleLike = """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Keepers
        X-WR-TIMEZONE:Europe/Berlin
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        X-LIC-LOCATION:Europe/Berlin
        BEGIN:DAYLIGHT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        TZNAME:CEST
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        TZNAME:CET
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20261123T090000
        DTEND;TZID=Europe/Berlin:20261123T170000
        RRULE:FREQ=WEEKLY;UNTIL=20261211T225959Z;BYDAY=MO,TU,WE,TH,FR
        EXDATE;TZID=Europe/Berlin:20261125T090000
        DTSTAMP:20261120T101112Z
        UID:4abc@google.com
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN="Peters
         , Paul";X-NUM-GUESTS=0:mailto:paul@provider.example
        SEQUENCE:1
        STATUS:CONFIRMED
        SUMMARY:On call (day)
        TRANSP:OPAQUE
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:This is an event reminder
        TRIGGER:-P0DT0H30M0S
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;TZID=Europe/Berlin:20261126T120000
        DTEND;TZID=Europe/Berlin:20261126T170000
        DTSTAMP:20261120T101112Z
        UID:4abc@google.com
        RECURRENCE-ID;TZID=Europe/Berlin:20261126T090000
        SEQUENCE:2
        SUMMARY:petra
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261128
        DTEND;VALUE=DATE:20261130
        DTSTAMP:20261120T101112Z
        UID:5def@google.com
        SUMMARY:pia
        END:VEVENT
        END:VCALENDAR
        """;

    private const string OutlookLike = """
        BEGIN:VCALENDAR
        METHOD:PUBLISH
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=MO
        UID:040000008200E00074C5B7101A82E008
        SUMMARY:paul
        DTSTART;TZID=W. Europe Standard Time:20261123T180000
        DTEND;TZID=W. Europe Standard Time:20261124T080000
        CLASS:PUBLIC
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY
        END:VEVENT
        END:VCALENDAR
        """;

    private readonly FeedStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task PagerDuty_says_it_in_titles()
    {
        stage.Settings.Feed.Names["paul"] = ["On Call - Paul Peters - Passwords"];
        stage.Settings.Feed.Names["petra"] = ["On Call - Petra Pohl - Passwords"];
        var book = stage.Reads(PagerDutyLike);

        Assert.Equal(
            [
                "2026-11-23T00:00Z 2026-11-23T08:00Z -",
                "2026-11-23T08:00Z 2026-11-24T08:00Z paul",
                "2026-11-24T08:00Z 2026-11-25T08:00Z petra",
                "2026-11-25T08:00Z 2026-11-26T00:00Z -",
            ],
            await FeedStage.ToldAsync(book, "2026-11-23", "2026-11-26")
        );
        Assert.Empty(Assert.Single(book.Feeds()).Faults);
    }

    [Fact]
    public async Task Opsgenie_says_it_in_titles_with_commas_and_colons()
    {
        stage.Settings.Feed.Names["paul"] = ["Paul Peters, Passwords_rotation: first"];
        stage.Settings.Feed.Names["petra"] = ["Petra Pohl, Passwords_rotation: second"];

        Assert.Equal(
            ["2026-11-23T08:00Z 2026-11-23T20:00Z paul", "2026-11-23T20:00Z 2026-11-24T08:00Z petra"],
            await FeedStage.ToldAsync(stage.Reads(OpsgenieLike), "2026-11-23T08:00Z", "2026-11-24T08:00Z")
        );
    }

    [Fact]
    public async Task A_shared_calendar_repeats_drops_and_moves_and_names_the_invited()
    {
        stage.Settings.Feed.Names["paul"] = ["Peters, Paul"];

        Assert.Equal(
            [
                "2026-11-23T00:00Z 2026-11-23T08:00Z -",
                "2026-11-23T08:00Z 2026-11-23T16:00Z paul",
                "2026-11-23T16:00Z 2026-11-24T08:00Z -",
                "2026-11-24T08:00Z 2026-11-24T16:00Z paul", // Wednesday is dropped
                "2026-11-24T16:00Z 2026-11-26T11:00Z -", // Thursday is Petra's, and later
                "2026-11-26T11:00Z 2026-11-26T16:00Z petra",
                "2026-11-26T16:00Z 2026-11-27T08:00Z -",
                "2026-11-27T08:00Z 2026-11-27T16:00Z paul",
                "2026-11-27T16:00Z 2026-11-27T23:00Z -",
                "2026-11-27T23:00Z 2026-11-29T23:00Z pia", // two days of Berlin
                "2026-11-29T23:00Z 2026-11-30T08:00Z -",
                "2026-11-30T08:00Z 2026-11-30T16:00Z paul",
            ],
            await FeedStage.ToldAsync(stage.Reads(GoogleLike), "2026-11-23", "2026-11-30T16:00Z")
        );
        Assert.Equal(
            ["2026-12-11T16:00Z 2026-12-31T00:00Z -"],
            await FeedStage.ToldAsync(stage.Book(), "2026-12-11T16:00Z", "2026-12-31")
        );
    }

    [Fact]
    public async Task Windows_names_of_time_zones_are_known() =>
        Assert.Equal(
            [
                "2026-11-23T17:00Z 2026-11-24T07:00Z paul",
                "2026-11-24T07:00Z 2026-12-07T17:00Z -",
                "2026-12-07T17:00Z 2026-12-08T07:00Z paul",
            ],
            await FeedStage.ToldAsync(stage.Reads(OutlookLike), "2026-11-23T17:00Z", "2026-12-08T07:00Z")
        );
}
