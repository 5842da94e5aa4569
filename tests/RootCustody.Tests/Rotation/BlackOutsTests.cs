using RootCustody.Rotation;

namespace RootCustody.Tests.Rotation;

public sealed class BlackOutsTests
{
    [Fact]
    public void Both_ends_belong_to_it()
    {
        var blackOuts = BlackOuts.Of("2026-12-20..2027-01-06; 2027-04-02");

        Assert.True(blackOuts.Hold(new DateOnly(2026, 12, 20)) && blackOuts.Hold(new DateOnly(2027, 1, 6)));
        Assert.True(blackOuts.Hold(new DateOnly(2027, 4, 2)));
        Assert.False(blackOuts.Hold(new DateOnly(2026, 12, 19)) || blackOuts.Hold(new DateOnly(2027, 1, 7)));
    }

    [Theory]
    [InlineData("Christmas")]
    [InlineData("2026-12-20-2027-01-06")]
    [InlineData("2027-01-06..2026-12-20")]
    [InlineData("2026-02-30")]
    public void What_cannot_be_read_is_said(string text)
    {
        Assert.Contains(text, BlackOuts.Fault(text), StringComparison.Ordinal);
        Assert.Contains(text, new Policy { RotationBlackOuts = text }.Fault(), StringComparison.Ordinal);
    }
}
