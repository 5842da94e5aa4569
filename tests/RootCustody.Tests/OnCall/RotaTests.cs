using RootCustody.OnCall;
using static RootCustody.Tests.OnCall.Told;

namespace RootCustody.Tests.OnCall;

public sealed class RotaTests
{
    [Theory]
    [InlineData("2026-11-23T07:59Z", "-")] // the first turn begins on Monday at nine in Berlin
    [InlineData("2026-11-23T08:00Z", "paul")]
    [InlineData("2026-11-30T07:59Z", "paul")]
    [InlineData("2026-11-30T08:00Z", "petra")]
    [InlineData("2026-12-07T08:00Z", "pia")]
    [InlineData("2026-12-14T08:00Z", "paul")]
    [InlineData("2027-07-05T06:59Z", "petra")] // in summer nine is seven UTC
    [InlineData("2027-07-05T07:00Z", "pia")]
    public void Persons_take_turns_by_the_week(string at, string persons) =>
        Assert.Equal(persons, Persons(Weekly("Europe/Berlin").PersonsAt(At(at))));

    [Theory]
    [InlineData("2026-11-18", "2026-11-23T09:00Z")] // a Wednesday: the next hand-over
    [InlineData("2026-11-23", "2026-11-23T09:00Z")]
    [InlineData("2026-11-24", "2026-11-30T09:00Z")]
    public void The_first_turn_begins_at_the_first_hand_over_from_the_start_on(string start, string begins)
    {
        var rota = new Rota(TimeZoneInfo.Utc, Turns.Of("Mon 09:00", start, ["paul"]), []);

        Assert.Equal("-", Persons(rota.PersonsAt(At(begins).AddTicks(-1))));
        Assert.Equal("paul", Persons(rota.PersonsAt(At(begins))));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-22", "2026-03-22T01:30Z 2026-03-29T01:00Z 2026-04-05T00:30Z")]
    [InlineData("Europe/Berlin", "2026-10-18", "2026-10-18T00:30Z 2026-10-25T00:30Z 2026-11-01T01:30Z")]
    [InlineData("America/New_York", "2026-03-01", "2026-03-01T07:30Z 2026-03-08T07:00Z 2026-03-15T06:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-09-27", "2026-09-26T16:00Z 2026-10-03T15:30Z 2026-10-10T15:30Z")]
    public void A_hand_over_at_half_past_two_is_kept_when_the_clock_changes(string zone, string start, string handOvers)
    {
        var moments = handOvers.Split(' ').Select(At).ToList();
        var rota = new Rota(
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            Turns.Of("Sun 02:30", start, ["paul", "petra"]),
            []
        );

        Assert.Equal(
            [$"{Of(moments[0])} {Of(moments[1])} paul", $"{Of(moments[1])} {Of(moments[2])} petra"],
            Of(rota.Stretches(moments[0], moments[2]))
        );
    }

    [Theory]
    [InlineData("2026-11-23T16:59Z", "-")]
    [InlineData("2026-11-23T17:00Z", "paul")] // Monday, 18:00 in Berlin
    [InlineData("2026-11-24T06:59Z", "paul")]
    [InlineData("2026-11-24T07:00Z", "-")]
    [InlineData("2026-11-28T06:59Z", "paul")] // the night of Friday ends on Saturday
    [InlineData("2026-11-28T17:00Z", "-")]
    [InlineData("2026-11-23T06:00Z", "-")] // the night of Sunday is no shift
    public void A_shift_may_go_over_midnight(string at, string persons) =>
        Assert.Equal(persons, Persons(Shifts("Europe/Berlin", "Mon-Fri 18:00-08:00").PersonsAt(At(at))));

    [Theory]
    [InlineData("Europe/Berlin", "Sat 18:00-08:00", "2026-03-28T17:00Z 2026-03-29T06:00Z")] // 13 hours
    [InlineData("Europe/Berlin", "Sat 18:00-08:00", "2026-10-24T16:00Z 2026-10-25T07:00Z")] // 15 hours
    [InlineData("Europe/Berlin", "Sun 00:00-24:00", "2026-03-28T23:00Z 2026-03-29T22:00Z")] // a day of 23 hours
    [InlineData("Europe/Berlin", "Sun 00:00-24:00", "2026-10-24T22:00Z 2026-10-25T23:00Z")] // a day of 25 hours
    [InlineData("Europe/Berlin", "Sun 02:30-08:00", "2026-03-29T01:00Z 2026-03-29T06:00Z")]
    [InlineData("Europe/Berlin", "Sun 02:30-08:00", "2026-10-25T00:30Z 2026-10-25T07:00Z")]
    [InlineData("America/New_York", "Sat 20:00-02:30", "2026-03-08T01:00Z 2026-03-08T07:00Z")]
    [InlineData("America/New_York", "Sun 00:00-24:00", "2026-11-01T04:00Z 2026-11-02T05:00Z")]
    [InlineData("Australia/Lord_Howe", "Sun 00:00-24:00", "2026-04-04T13:00Z 2026-04-05T13:30Z")] // 24 and a half
    [InlineData("Australia/Lord_Howe", "Sun 02:15-03:00", "2026-10-03T15:30Z 2026-10-03T16:00Z")]
    public void A_shift_follows_the_clock_on_the_wall(string zone, string hours, string shift)
    {
        var (from, until) = (At(shift.Split(' ')[0]), At(shift.Split(' ')[1]));

        Assert.Equal(
            [$"{Of(from.AddHours(-1))} {Of(from)} -", $"{shift} paul", $"{Of(until)} {Of(until.AddHours(1))} -"],
            Of(Shifts(zone, hours).Stretches(from.AddHours(-1), until.AddHours(1)))
        );
    }

    [Fact]
    public void A_shift_within_the_hour_that_is_skipped_has_no_time()
    {
        var (from, until) = (At("2026-03-28T00:00Z"), At("2026-03-30T00:00Z"));

        Assert.Equal(
            ["2026-03-28T00:00Z 2026-03-30T00:00Z -"],
            Of(Shifts("Europe/Berlin", "Sun 02:15-02:45").Stretches(from, until))
        );
    }

    [Theory]
    [InlineData("Sat 08:00-08:00", "2026-11-28T08:00Z 2026-11-29T08:00Z")]
    [InlineData("Sat-Mon 20:00-24:00", "2026-11-28T20:00Z 2026-11-29T00:00Z")]
    public void Hours_that_end_as_they_begin_are_a_day_and_24_is_the_end_of_one(string hours, string shift)
    {
        var (from, until) = (At(shift.Split(' ')[0]), At(shift.Split(' ')[1]));

        Assert.Equal([$"{shift} paul"], Of(Shifts("UTC", hours).Stretches(from, until)));
    }

    [Fact]
    public void Turns_and_shifts_add_up_and_gaps_are_said()
    {
        var rota = new Rota(
            TimeZoneInfo.Utc,
            Turns.Of("Mon 09:00", "2026-11-23", ["paul", "petra"]),
            [Shift.Of("Mon 08:00-10:00", ["pia"])]
        );

        Assert.Equal(
            [
                "2026-11-23T00:00Z 2026-11-23T08:00Z -",
                "2026-11-23T08:00Z 2026-11-23T09:00Z pia",
                "2026-11-23T09:00Z 2026-11-23T10:00Z paul,pia",
                "2026-11-23T10:00Z 2026-11-30T08:00Z paul",
                "2026-11-30T08:00Z 2026-11-30T09:00Z paul,pia",
                "2026-11-30T09:00Z 2026-11-30T10:00Z petra,pia",
                "2026-11-30T10:00Z 2026-12-01T00:00Z petra",
            ],
            Of(rota.Stretches(At("2026-11-23T00:00Z"), At("2026-12-01T00:00Z")))
        );
    }

    [Fact]
    public void Nothing_breaks_at_the_ends_of_the_calendar()
    {
        var rota = new Rota(
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            Turns.Of("Mon 09:00", "2026-11-23", ["paul"]),
            [Shift.Of("Mon-Sun 00:00-24:00", ["pia"])]
        );

        foreach (var end in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
        {
            Assert.Empty(rota.PersonsAt(end));
            Assert.Empty(rota.Stretches(end, end));
        }
    }

    [Theory]
    [InlineData("Mon-Fri")]
    [InlineData("Mon-Fri 8-18")]
    [InlineData("Mon-Fry 08:00-18:00")]
    [InlineData("Mon-Fri 24:00-08:00")]
    [InlineData("Mon-Fri 08:00-25:00")]
    [InlineData("Mon-Fri 18:00-08:00 UTC")]
    [InlineData("")]
    public void Hours_that_cannot_be_read_are_said(string hours)
    {
        Assert.Contains("'", Shift.Fault(hours), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Shift.Of(hours, ["paul"]));
    }

    [Theory]
    [InlineData("", "2026-11-23")]
    [InlineData("Mon", "2026-11-23")]
    [InlineData("Mon 24:00", "2026-11-23")]
    [InlineData("Monday 09:00", "2026-11-23")]
    [InlineData("Mon 09:00", "")]
    [InlineData("Mon 09:00", "23.11.2026")]
    [InlineData("Mon 09:00", "9999-12-31")]
    public void Turns_that_cannot_be_read_are_said(string handOver, string start)
    {
        Assert.Contains("'", Turns.HandOverFault(handOver) ?? Turns.StartFault(start), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Turns.Of(handOver, start, ["paul"]));
    }

    private static Rota Weekly(string zone) =>
        new(
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            Turns.Of("Mon 09:00", "2026-11-23", ["paul", "petra", "pia"]),
            []
        );

    private static Rota Shifts(string zone, string hours) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(zone), null, [Shift.Of(hours, ["paul"])]);
}
