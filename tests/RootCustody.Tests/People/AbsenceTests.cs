using System.Globalization;
using CsCheck;
using RootCustody.People;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.People;

public sealed class AbsenceTests
{
    /// <summary>It is Noon UTC on 2026-11-23, 13:00 in Berlin.</summary>
    [Theory]
    [InlineData("until 2026-12-24 18:00 Europe/Berlin", "2026-12-24T17:00Z")]
    [InlineData("until 2026-12-24 18:00", "2026-12-24T18:00Z")]
    [InlineData("until 18:00", "2026-11-23T18:00Z")]
    [InlineData("until 8:00", "2026-11-24T08:00Z")] // the next one
    [InlineData("until 12:00", "2026-11-24T12:00Z")]
    [InlineData("until 18:00 Europe/Berlin", "2026-11-23T17:00Z")]
    [InlineData("until 00:30 Asia/Tokyo", "2026-11-23T15:30Z")] // tomorrow there
    [InlineData("for 3d", "2026-11-26T12:00Z")]
    [InlineData("for 90m", "2026-11-23T13:30Z")]
    [InlineData(" for  2W ", "2026-12-07T12:00Z")]
    [InlineData("until 2027-03-28 02:30 Europe/Berlin", "2027-03-28T01:30Z")] // the clocks leave it out: 03:30 there
    [InlineData("until 2027-10-31 02:30 Europe/Berlin", "2027-10-31T00:30Z")] // it comes twice: the first
    public void It_is_read_as_one_means_it(string text, string until) =>
        Assert.Equal(
            (DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), null),
            ((DateTimeOffset, string?))(Absence.Read(text, Noon).Until!.Value, Absence.Read(text, Noon).Fault)
        );

    [Theory]
    [InlineData("")]
    [InlineData("until")]
    [InlineData("until tomorrow")]
    [InlineData("until 25:00")]
    [InlineData("until 2026-02-30 18:00")]
    [InlineData("until 2026-12-24")]
    [InlineData("until 18:00 Middle/Earth")]
    [InlineData("until 18:00 ../../etc/passwd")]
    [InlineData("until 18:00 /etc/passwd")]
    [InlineData("until 2026-11-23 12:00")] // now
    [InlineData("until 2026-11-22 18:00")]
    [InlineData("until 0001-01-01 00:00 Asia/Tokyo")]
    [InlineData("until 9999-12-31 23:59 America/New_York")]
    [InlineData("for 0d")]
    [InlineData("for -3d")]
    [InlineData("for 3")]
    [InlineData("for d")]
    [InlineData("for 400d")]
    [InlineData("for 99999w")]
    [InlineData("for 3 d")]
    public void What_is_no_time_to_come_gets_a_sentence(string text)
    {
        var (until, fault) = Absence.Read(text, Noon);

        Assert.Null(until);
        Assert.NotEmpty(fault!);
    }

    [Fact]
    public void Whatever_is_typed_there_is_a_time_to_come_or_a_sentence() =>
        Gen.OneOf(
                Gen.String,
                Gen.Select(
                    Gen.OneOf(Gen.Const("until "), Gen.Const("for "), Gen.Const("")),
                    Gen.String[Gen.Char["0123456789:- dhmwUTC/"], 0, 25],
                    (word, rest) => word + rest
                )
            )
            .Sample(text =>
            {
                var (until, fault) = Absence.Read(text, Noon);
                Assert.True(until is null ? fault is not null : until > Noon && fault is null);
            });
}
