using System.Text;
using RootCustody.People;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.People;

public class EnrolmentCodeTests
{
    private readonly EnrolmentCode code = EnrolmentCode.Of(Paul, "K7QX-29MB-AA31-ZZTP", At(60));

    [Theory]
    [InlineData("K7QX-29MB-AA31-ZZTP")]
    [InlineData("k7qx29mbaa31zztp")]
    [InlineData("  K7QX 29MB AA31 ZZTP\n")]
    public void It_opens_however_people_copy_it(string typed) => Assert.True(code.Opens(typed, Noon));

    [Theory]
    [InlineData("K7QX-29MB-AA31-ZZTQ")]
    [InlineData("K7QX-29MB-AA31")]
    [InlineData("")]
    public void Another_code_opens_nothing(string typed) => Assert.False(code.Opens(typed, Noon));

    [Fact]
    public void It_opens_until_its_time_is_over()
    {
        Assert.True(code.Opens("K7QX29MBAA31ZZTP", At(60).AddTicks(-1)));
        Assert.False(code.Opens("K7QX29MBAA31ZZTP", At(60)));
    }

    [Fact, Trait("Law", "8")]
    public void Only_its_hash_is_kept()
    {
        Assert.Equal(32, code.Hash.Length);
        Assert.DoesNotContain("K7QX", Encoding.Latin1.GetString(code.Hash), StringComparison.OrdinalIgnoreCase);
    }
}
