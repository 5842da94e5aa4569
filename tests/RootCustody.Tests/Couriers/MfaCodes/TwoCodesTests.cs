using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.MfaCodes;

public sealed class TwoCodesTests : IDisposable
{
    private readonly Secret seed = Secret.OfText(RfcSeed);

    public void Dispose() => seed.Dispose();

    [Theory]
    [InlineData(-3, -2, false)]
    [InlineData(-2, -1, true)]
    [InlineData(-1, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(0, 0, false)] // the same twice
    [InlineData(0, -1, false)] // the wrong way round
    [InlineData(-1, 1, false)] // one left out
    public void Two_codes_in_a_row_near_now_prove_the_seed(int first, int second, bool proven) =>
        Assert.Equal(proven, TwoCodes.Match(seed, CodeAt(first), CodeAt(second), Noon));

    [Fact]
    public void One_right_code_proves_nothing()
    {
        Assert.False(TwoCodes.Match(seed, CodeAt(0), "000000", Noon));
        Assert.False(TwoCodes.Match(seed, "000000", CodeAt(1), Noon));
        Assert.False(TwoCodes.Match(seed, CodeAt(0), "", Noon));
    }

    [Fact]
    public void Codes_of_another_seed_prove_nothing()
    {
        using var other = Secret.OfText("09876543210987654321");

        Assert.False(TwoCodes.Match(other, CodeAt(0), CodeAt(1), Noon));
    }

    [Fact] // with this seed the steps 59061240 and 59061241 happen to have one code
    public void One_code_that_two_steps_share_is_no_proof() =>
        Assert.False(TwoCodes.Match(seed, "963181", "963181", DateTimeOffset.FromUnixTimeSeconds(59061241 * 30L)));

    private string CodeAt(int away)
    {
        using var code = TotpCodes.Of(seed, TotpShape.Usual, TotpShape.Usual.StepAt(Noon) + away);
        return Text(code);
    }
}
