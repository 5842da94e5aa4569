using System.Globalization;
using System.Text.Json.Nodes;

namespace RootCustody.Tests.Teams;

/// <summary>A moment is picked as a date and a time on the reader's own clock.</summary>
public class MomentTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-07-14", "12:00", "2026-07-14T10:00:00Z")]
    [InlineData("Europe/Paris", "2026-12-24", "12:00", "2026-12-24T11:00:00Z")]
    [InlineData("America/New_York", "2026-12-31", "23:30", "2027-01-01T04:30:00Z")]
    [InlineData("Asia/Kolkata", "2026-12-24", "05:30", "2026-12-24T00:00:00Z")]
    [InlineData("UTC", "2026-12-24", "12:00", "2026-12-24T12:00:00Z")]
    [InlineData("Nowhere/At_All", "2026-12-24", "12:00", "2026-12-24T12:00:00Z")]
    [InlineData("", "2026-12-24", "12:00", "2026-12-24T12:00:00Z")]
    [InlineData(null, "2026-12-24", "12:00", "2026-12-24T12:00:00Z")]
    public void Date_and_time_are_joined_in_the_readers_zone(string? zone, string date, string time, string moment)
    {
        var inputs = Inputs(zone, ("in.until.date", date), ("in.until.time", time));

        var expected = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), inputs["until"]);
        Assert.Single(inputs);
    }

    [Fact]
    public void The_hour_that_spring_leaves_out_is_read_all_the_same()
    {
        var inputs = Inputs("Europe/Paris", ("in.until.date", "2026-03-29"), ("in.until.time", "02:30"));

        var moment = DateTimeOffset.FromUnixTimeSeconds(long.Parse(inputs["until"], CultureInfo.InvariantCulture));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), moment);
    }

    [Theory]
    [InlineData("2026-12-24", "")]
    [InlineData("", "12:00")]
    [InlineData("2026-02-30", "12:00")]
    [InlineData("2026-12-24", "24:00")]
    [InlineData("24.12.2026", "12:00")]
    [InlineData("2026-12-24", "noon")]
    public void What_is_no_moment_is_not_there(string date, string time) =>
        Assert.Empty(Inputs("Europe/Paris", ("in.until.date", date), ("in.until.time", time)));

    [Fact]
    public void A_date_without_a_time_is_not_there() =>
        Assert.Empty(Inputs("Europe/Paris", ("in.until.date", "2026-12-24")));

    [Theory]
    [InlineData("Europe/Paris", "0001-01-01", "00:00")]
    [InlineData("Asia/Tokyo", "0001-01-01", "00:00")]
    [InlineData("America/New_York", "9999-12-31", "23:59")]
    public void A_moment_at_the_ends_of_time_is_not_there(string zone, string date, string time) =>
        Assert.Empty(Inputs(zone, ("in.until.date", date), ("in.until.time", time)));

    private static IReadOnlyDictionary<string, string> Inputs(string? zone, params (string Name, string Value)[] data)
    {
        var sent = new JsonObject { ["action"] = "request" };
        foreach (var (name, value) in data)
            sent[name] = value;
        var activity = Activities.Dialog("task/submit", sent.ToJsonString());
        activity["localTimezone"] = zone;
        return Activities.Read(activity)!.Inputs;
    }
}
