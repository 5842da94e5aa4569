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
    [InlineData(KeptThing.AccountAdministration, "administration of the account")]
    public void What_is_kept_is_called_by_its_name(KeptThing thing, string name) => Assert.Equal(name, thing.Word());

    [Theory]
    [InlineData(KeptThing.MfaDevice, true, true)]
    [InlineData(KeptThing.RootMailbox, true, false)]
    [InlineData(KeptThing.RootPhone, true, false)]
    [InlineData(KeptThing.ManagementAccount, true, false)]
    [InlineData(KeptThing.AccountAdministration, false, true)]
    public void Not_all_that_opens_root_is_there_of_an_IAM_user(KeptThing thing, bool ofRoot, bool ofUser) =>
        Assert.Equal((ofRoot, ofUser), (thing.IsOf("111122223333"), thing.IsOf("111122223333/deploy")));

    [Fact]
    [Trait("Law", "1")]
    public void Who_administers_the_account_opens_both_halves_of_its_IAM_users() =>
        Assert.All(Enum.GetValues<Half>(), half => Assert.True(KeptThing.AccountAdministration.Opens(half)));

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
