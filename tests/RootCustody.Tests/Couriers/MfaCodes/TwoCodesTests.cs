using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.MfaCodes;

public sealed class TwoCodesTests : IDisposable
{
    private readonly Secret seed = Secret.OfText(RfcSeed);

    public void Dispose() => seed.Dispose();

    [Theory]
    [InlineData(-2, -1, -1)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(9, 10, 10)]
    [InlineData(-31, -30, -30)]
    [InlineData(29, 30, 30)]
    [InlineData(30, 31, null)] // too far off to be recognised
    [InlineData(-32, -31, null)]
    [InlineData(0, 0, null)] // the same twice
    [InlineData(0, -1, null)] // the wrong way round
    [InlineData(-1, 1, null)] // one left out
    public void Two_codes_in_a_row_prove_the_seed_and_tell_how_far_their_clock_is_ahead(
        int first,
        int second,
        int? drift
    ) => Assert.Equal(drift, TwoCodes.DriftOf(seed, CodeAt(first), CodeAt(second), Noon));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_clock_that_is_too_far_off_does_not_fit(int drift, bool fits) =>
        Assert.Equal(fits, TwoCodes.Fits(drift));

    [Theory]
    [InlineData(0, "agrees with ours")]
    [InlineData(-1, "typed slowly")]
    [InlineData(2, "60 seconds ahead")]
    [InlineData(-10, "5 minutes behind")]
    public void A_person_is_told_in_words_how_far_the_clock_is_off(int drift, string words) =>
        Assert.Contains(words, TwoCodes.Say(drift), StringComparison.Ordinal);

    [Fact]
    public void One_right_code_proves_nothing()
    {
        Assert.Null(TwoCodes.DriftOf(seed, CodeAt(0), "000000", Noon));
        Assert.Null(TwoCodes.DriftOf(seed, "000000", CodeAt(1), Noon));
        Assert.Null(TwoCodes.DriftOf(seed, CodeAt(0), "", Noon));
    }

    [Fact]
    public void Codes_of_another_seed_prove_nothing()
    {
        using var other = Secret.OfText("09876543210987654321");

        Assert.Null(TwoCodes.DriftOf(other, CodeAt(0), CodeAt(1), Noon));
    }

    [Fact] // with this seed the steps 59061240 and 59061241 happen to have one code
    public void One_code_that_two_steps_share_is_no_proof() =>
        Assert.Null(TwoCodes.DriftOf(seed, "963181", "963181", DateTimeOffset.FromUnixTimeSeconds(59061241 * 30L)));

    private string CodeAt(int away)
    {
        using var code = TotpCodes.Of(seed, TotpShape.Usual, TotpShape.Usual.StepAt(Noon) + away);
        return Text(code);
    }
}
