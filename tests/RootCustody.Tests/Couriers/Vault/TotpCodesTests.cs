using System.Text;
using CsCheck;
using OtpNet;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

public sealed class TotpCodesTests
{
    [Theory] // RFC 6238, appendix B
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void The_vectors_of_the_standard_come_out(long unixSeconds, string sha1, string sha256, string sha512)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

        Assert.Equal(sha1, CodeAt(now, TotpAlgorithm.Sha1, 20));
        Assert.Equal(sha256, CodeAt(now, TotpAlgorithm.Sha256, 32));
        Assert.Equal(sha512, CodeAt(now, TotpAlgorithm.Sha512, 64));
    }

    [Fact]
    public void Six_digit_codes_are_those_of_the_library() =>
        Gen.Select(Gen.Byte.Array[10, 64], Gen.Long[0, 100_000_000])
            .Sample(
                (seed, step) =>
                {
                    var theirs = new Totp(seed).ComputeTotp(DateTime.UnixEpoch.AddSeconds(step * 30));
                    using var pinned = Secret.Take(seed);
                    using var ours = TotpCodes.Of(pinned, TotpShape.Usual, step);
                    Assert.Equal(theirs, Text(ours));
                }
            );

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_typed_code_tells_its_step_if_it_is_near_enough(int away, bool found)
    {
        using var seed = Secret.OfText(RfcSeed);
        var step = TotpShape.Usual.StepAt(Noon);
        using var code = TotpCodes.Of(seed, TotpShape.Usual, step + away);

        Assert.Equal(found ? step + away : null, TotpCodes.StepOf(seed, TotpShape.Usual, Text(code), Noon, around: 1));
    }

    [Theory] // with this seed the steps 59061240 and 59061241 happen to have one code
    [InlineData(59061240)]
    [InlineData(59061241)]
    public void A_code_that_two_steps_share_counts_as_the_older(long step)
    {
        using var seed = Secret.OfText(RfcSeed);
        var now = DateTimeOffset.FromUnixTimeSeconds(step * 30);

        Assert.Equal(59061240, TotpCodes.StepOf(seed, TotpShape.Usual, "963181", now, around: 1));
    }

    [Fact]
    public void A_step_lasts_until_just_before_its_end()
    {
        var step = TotpShape.Usual.StepAt(Noon);

        Assert.Equal(Noon.AddSeconds(30), TotpShape.Usual.EndOf(step));
        Assert.Equal(step, TotpShape.Usual.StepAt(Noon.AddSeconds(30).AddTicks(-1)));
        Assert.Equal(step + 1, TotpShape.Usual.StepAt(Noon.AddSeconds(30)));
    }

    [Theory]
    [InlineData("287082", true)]
    [InlineData("287 082", true)]
    [InlineData(" 287082 ", true)]
    [InlineData("287083", false)]
    [InlineData("28708", false)]
    [InlineData("2870820", false)]
    [InlineData("", false)]
    [InlineData("28708x", false)]
    [InlineData("٢٨٧٠٨٢", false)]
    public void A_code_is_what_was_typed_or_it_is_not(string typed, bool same)
    {
        using var code = Secret.OfText("287082");

        Assert.Equal(same, TotpCodes.IsTyped(code, typed));
    }

    private static string CodeAt(DateTimeOffset now, TotpAlgorithm algorithm, int seedLength)
    {
        var shape = new TotpShape(8, TimeSpan.FromSeconds(30), algorithm);
        var repeated = string.Concat(Enumerable.Repeat(RfcSeed, 4))[..seedLength];
        using var seed = Secret.Take(Encoding.ASCII.GetBytes(repeated));
        using var code = TotpCodes.Of(seed, shape, shape.StepAt(now));
        return Text(code);
    }
}
