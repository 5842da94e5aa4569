using RootCustody.Accounts;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Accounts;

public class KeeperTests
{
    [Theory]
    [InlineData(KeptThing.MfaDevice, "MFA device")]
    [InlineData(KeptThing.RootMailbox, "root mailbox")]
    [InlineData(KeptThing.RootPhone, "root phone")]
    [InlineData(KeptThing.ManagementAccount, "administration of the management account")]
    public void What_is_kept_is_called_by_its_name(KeptThing thing, string name) => Assert.Equal(name, thing.Word());

    [Fact]
    public void A_keeper_is_a_person_a_thing_and_the_moment_since_when()
    {
        var account = AnAccount();

        var keeper = RootCustody.Accounts.Keeper.Of(account.Id, Paul, KeptThing.MfaDevice, "YubiKey 1", At(5));

        Assert.Equal(
            (account.Id, Paul, KeptThing.MfaDevice, "YubiKey 1", At(5)),
            (keeper.Account, keeper.Person, keeper.Thing, keeper.Label, keeper.Since)
        );
    }
}
