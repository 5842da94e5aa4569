using System.Text;
using CsCheck;
using QRCoder;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Tests.Chat;

namespace RootCustody.Tests.Desk.People;

public sealed class QrMakerTests
{
    private const string Key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    [Fact]
    public void An_authenticator_finds_the_key_in_it()
    {
        using var qr = Make(Key, "Petra van den Berg");

        Assert.Equal(
            $"otpauth://totp/RootCustody:Petra%20van%20den%20Berg?secret={Key}&issuer=RootCustody",
            Scanner.Read(qr)
        );
    }

    [Fact]
    public void It_is_the_code_that_the_library_makes()
    {
        var uri = Encoding.ASCII.GetBytes($"otpauth://totp/RootCustody:Paul?secret={Key}&issuer=RootCustody");
        using var expected = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);

        using var qr = Make(Key, "Paul");

        for (var row = 0; row < expected.ModuleMatrix.Count; row++)
        for (var column = 0; column < expected.ModuleMatrix.Count; column++)
            Assert.Equal(expected.ModuleMatrix[row][column], qr.IsDark(column - QrMatrix.Quiet, row - QrMatrix.Quiet));
    }

    [Fact]
    public void Whatever_the_name_the_key_arrives_and_the_code_can_be_drawn() =>
        Gen.Select(
                Gen.String[0, 300],
                Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"].Array[16, 52].Select(letters => new string(letters))
            )
            .Sample(
                (name, key) =>
                {
                    using var qr = Make(key, name);

                    var uri = Scanner.Read(qr);

                    Assert.StartsWith("otpauth://totp/RootCustody:", uri, StringComparison.Ordinal);
                    Assert.EndsWith($"?secret={key}&issuer=RootCustody", uri, StringComparison.Ordinal);
                    Assert.Equal(1, uri!.Count(c => c == '?'));
                },
                iter: 200
            );

    [Fact]
    [Trait("Law", "8")]
    public void The_key_itself_is_left_to_its_owner()
    {
        using var key = Secret.OfText(Key);

        QrMaker.OfKey(key, "Paul").Dispose();

        Assert.True(key.Matches(Encoding.ASCII.GetBytes(Key)));
    }

    private static QrMatrix Make(string key, string name)
    {
        using var secret = Secret.OfText(key);
        return QrMaker.OfKey(secret, name);
    }
}
