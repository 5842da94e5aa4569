using CsCheck;
using OtpNet;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.MfaCodes;

public sealed class SeedTextTests
{
    private const string Rfc = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // RfcSeed in Base32

    [Theory]
    [InlineData(Rfc)]
    [InlineData("gezdgnbvgy3tqojqgezdgnbvgy3tqojq")]
    [InlineData("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")]
    [InlineData("  gezd-gnbv-gy3t-qojq-gezd-gnbv-gy3t-qojq\r\n")]
    [InlineData("otpauth://totp/Amazon%20Web%20Services:root@acme?secret=" + Rfc + "&issuer=Amazon%20Web%20Services")]
    [InlineData("otpauth://totp/x?algorithm=SHA1&digits=6&period=30&secret=" + Rfc)]
    [InlineData("OTPAUTH://TOTP/x?Algorithm=sha1&Secret=gezdgnbvgy3tqojqgezdgnbvgy3tqojq")]
    [InlineData("otpauth://totp?secret=GEZD%20GNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void What_an_operator_pastes_is_read(string text)
    {
        using var accepted = Assert.IsType<SeedText.Accepted>(SeedText.Read(text));

        Assert.Equal(RfcSeed, Text(accepted.Seed));
        Assert.Equal(TotpShape.Usual, accepted.Shape);
    }

    [Fact]
    public void Every_seed_is_read_back_with_and_without_padding() =>
        Gen.Select(Gen.Byte.Array[SeedText.Shortest, SeedText.Longest], Gen.Bool, Gen.Bool)
            .Sample(
                (bytes, padded, asUri) =>
                {
                    var text = Base32Encoding.ToString(bytes);
                    text = padded ? text : text.TrimEnd('=');
                    text = asUri ? $"otpauth://totp/x?secret={Uri.EscapeDataString(text)}" : text;
                    using var accepted = Assert.IsType<SeedText.Accepted>(SeedText.Read(text));
                    Assert.Equal(bytes, accepted.Seed.Bytes);
                }
            );

    [Theory]
    [InlineData("", "no seed")]
    [InlineData(" \n", "no seed")]
    [InlineData("GEZDGNBVGY3TQOJ0GEZDGNBVGY3TQOJQ", "no Base32")] // a zero
    [InlineData("GEZDGNBV=GY3TQOJQGEZDGNBVGY3TQOJQ", "no Base32")]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQG", "part of it is missing")]
    [InlineData("ſEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "no Base32")]
    [InlineData("correct horse battery staple!", "no Base32")]
    [InlineData("GEZDGNBVGY3TQOI", "too short")] // 9 bytes
    [InlineData("====", "too short")]
    [InlineData("otpauth://hotp/x?secret=" + Rfc + "&counter=1", "counter-based")]
    [InlineData("otpauth://yubi/x?secret=" + Rfc, "incomplete")]
    [InlineData("otpauth://totp/x", "incomplete")]
    [InlineData("otpauth://totp/x?issuer=AWS", "no secret")]
    [InlineData("otpauth://totp/x?secret=", "no secret")]
    [InlineData("otpauth://totp/x?secret=" + Rfc + "&period=60", "period of 30 seconds")]
    [InlineData("otpauth://totp/x?secret=" + Rfc + "&digits=8", "6 digits")]
    [InlineData("otpauth://totp/x?algorithm=SHA256&secret=" + Rfc, "SHA1")]
    [InlineData("otpauth://totp/x?secret=GEZDGNBVGY3TQOI", "too short")]
    [InlineData("otpauth://totp/x?secret=%00%ff%zz", "no Base32")]
    public void What_AWS_does_not_give_is_refused_with_a_sentence(string text, string sentence)
    {
        var refused = Assert.IsType<SeedText.Refused>(SeedText.Read(text));

        Assert.Contains(sentence, refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_is_too_long_is_refused()
    {
        var seed = Assert.IsType<SeedText.Refused>(SeedText.Read(new string('A', 208))); // 130 bytes
        var text = Assert.IsType<SeedText.Refused>(SeedText.Read(new string('A', 100_000)));

        Assert.Contains("too long", seed.Why, StringComparison.Ordinal);
        Assert.Contains("too long", text.Why, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "8")]
    public void Whatever_is_pasted_is_read_or_refused_and_never_repeated() =>
        Gen.OneOf(
                Gen.String[Gen.Char.AlphaNumeric, 20, 60],
                Gen.String[20, 60],
                Gen.String[20, 60].Select(s => "otpauth://totp/" + s),
                Gen.String[20, 60].Select(s => "otpauth://totp/x?secret=" + s)
            )
            .Sample(text =>
            {
                var read = SeedText.Read(text);

                if (read is SeedText.Refused refused)
                    Assert.DoesNotContain(text[^20..], refused.Why, StringComparison.OrdinalIgnoreCase);
                else
                    Assert.IsType<SeedText.Accepted>(read).Dispose();
                Assert.DoesNotContain(text[^20..], read.ToString(), StringComparison.OrdinalIgnoreCase);
            });
}
