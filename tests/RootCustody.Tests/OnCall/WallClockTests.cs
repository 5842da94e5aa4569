using CsCheck;
using NodaTime;
using NodaTime.TimeZones;
using RootCustody.OnCall;

namespace RootCustody.Tests.OnCall;

public sealed class WallClockTests
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/Santiago",
        "Africa/Casablanca",
        "Pacific/Chatham",
    ];

    [Theory]
    [InlineData("Europe/Berlin", "2026-07-06 08:00", "2026-07-06T06:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29 01:59", "2026-03-29T00:59Z")]
    [InlineData("Europe/Berlin", "2026-03-29 02:00", "2026-03-29T01:00Z")] // from 02:00 to 03:00 there is no time
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30Z")] // from 02:00 to 03:00 twice
    [InlineData("Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00Z")]
    [InlineData("America/New_York", "2026-03-08 02:30", "2026-03-08T07:00Z")]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30Z")] // half an hour: 02:00 is 02:30
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03T15:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45Z")] // 02:00 is 01:30 again
    [InlineData("Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04T15:30Z")]
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00Z")] // a day that Samoa did not have
    public void A_time_begins_when_the_clock_first_shows_it_or_has_jumped_over_it(string zone, string local, string at)
    {
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(at, Told.Of(WallClock.FirstAt(time, TimeZoneInfo.FindSystemTimeZoneById(zone))));
    }

    [Fact]
    public void Another_library_of_time_zones_says_the_same()
    {
        var resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

        Gen.OneOf(Zones)
            .Select(Gen.DateTime[new DateTime(2015, 1, 1), new DateTime(2030, 1, 1)])
            .Sample(
                (zone, time) =>
                {
                    var local = LocalDateTime.FromDateTime(time);

                    var said = local.InZone(DateTimeZoneProviders.Tzdb[zone], resolver).ToDateTimeOffset();

                    Assert.Equal(
                        said.UtcDateTime,
                        WallClock
                            .FirstAt(
                                DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
                                TimeZoneInfo.FindSystemTimeZoneById(zone)
                            )
                            .UtcDateTime
                    );
                },
                iter: 5_000
            );
    }

    [Fact]
    public void So_it_does_around_every_change_of_the_clock()
    {
        var resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
        foreach (var zone in Zones)
        {
            var theirs = DateTimeZoneProviders.Tzdb[zone];
            var ours = TimeZoneInfo.FindSystemTimeZoneById(zone);
            var (from, until) = (Instant.FromUtc(2015, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));
            foreach (var change in theirs.GetZoneIntervals(from, until).Where(i => i.HasStart && i.Start > from))
            {
                for (var minutes = -240; minutes <= 240; minutes += 15)
                {
                    var local = change.IsoLocalStart.PlusMinutes(minutes);

                    var said = local.InZone(theirs, resolver).ToDateTimeUtc();

                    Assert.Equal(said, WallClock.FirstAt(local.ToDateTimeUnspecified(), ours).UtcDateTime);
                }
            }
        }
    }
}
