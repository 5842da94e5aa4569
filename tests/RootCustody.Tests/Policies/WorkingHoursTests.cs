using System.Globalization;

namespace RootCustody.Tests.Policies;

public sealed class WorkingHoursTests
{
    private const string Office = "Mon-Fri 08:00-18:00 Europe/Berlin; Sat 10:00-12:00 Europe/Berlin";

    [Theory]
    [InlineData("2026-11-23T07:00Z", 60, true)] // Monday, 08:00 in Berlin
    [InlineData("2026-11-23T06:59Z", 60, false)]
    [InlineData("2026-11-23T16:00Z", 60, true)] // ends at 18:00
    [InlineData("2026-11-23T16:01Z", 60, false)]
    [InlineData("2026-11-28T09:30Z", 60, true)] // Saturday
    [InlineData("2026-11-29T09:30Z", 60, false)] // Sunday
    [InlineData("2026-07-06T06:00Z", 60, true)] // summer: 08:00 is 06:00 UTC
    public void Work_lies_within_the_hours_of_the_time_zone(string start, int minutes, bool allowed)
    {
        var from = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);

        Assert.Equal(allowed, WorkingHours.Of(Office).Allow(from, from.AddMinutes(minutes)));
    }

    [Fact]
    public void On_the_day_that_the_clocks_change_eight_is_eight()
    {
        var sundays = WorkingHours.Of("Sun 08:00-18:00 Europe/Berlin");
        var eight = new DateTimeOffset(2026, 10, 25, 8, 0, 0, TimeSpan.FromHours(1));

        Assert.True(sundays.Allow(eight, eight.AddHours(10)));
        Assert.False(sundays.Allow(eight.AddMinutes(-1), eight));
    }

    [Fact]
    public void A_week_may_go_over_its_end()
    {
        var weekend = WorkingHours.Of("Sat-Mon 00:00-24:00 UTC");

        Assert.True(weekend.Allow(At(29), At(29).AddHours(23)));
        Assert.True(weekend.Allow(At(30), At(30).AddHours(1)));
        Assert.False(weekend.Allow(At(24), At(24).AddHours(1)));
    }

    [Fact]
    public void Without_any_hours_it_is_always_allowed() =>
        Assert.True(WorkingHours.Of("").Allow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));

    [Theory]
    [InlineData("Mon-Fri 08:00-18:00")]
    [InlineData("Mon-Fry 08:00-18:00 UTC")]
    [InlineData("Mon 18:00-08:00 UTC")]
    [InlineData("Mon 8-18 UTC")]
    [InlineData("Mon 08:00-18:00 Europe/Nowhere")]
    public void What_cannot_be_read_is_said(string text)
    {
        Assert.Contains("'", WorkingHours.Fault(text), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => WorkingHours.Of(text));
    }

    private static DateTimeOffset At(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
}
