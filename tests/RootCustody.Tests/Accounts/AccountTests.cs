using RootCustody.Accounts;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Accounts;

public class AccountTests
{
    [Fact]
    public void An_exposed_password_is_due_within_a_day()
    {
        var account = AnAccount();

        account.Owe(Defaults, Noon);

        Assert.Equal(Noon, account.OwesSince);
        Assert.Equal(Noon + Defaults.RotateAfterUse, account.RotateBy);
        Assert.True(account.NeedsRotationAt(Noon));
    }

    [Fact]
    public void A_second_exposure_does_not_put_the_debt_off()
    {
        var account = AnAccount();
        account.Owe(Defaults, Noon);

        account.Owe(Defaults, At(300));

        Assert.Equal(Noon, account.OwesSince);
        Assert.Equal(Noon + Defaults.RotateAfterUse, account.RotateBy);
    }

    [Fact]
    public void A_password_that_nobody_saw_is_rotated_when_it_grows_old()
    {
        var account = AnAccount();

        Assert.False(account.NeedsRotationAt(Noon + Defaults.RotateEvery - TimeSpan.FromTicks(1)));
        Assert.True(account.NeedsRotationAt(Noon + Defaults.RotateEvery));
    }

    [Fact]
    public void Promotion_pays_the_debt_and_retires_what_was_before()
    {
        var account = AnAccount();
        account.Owe(Defaults, Noon);

        var retirement = account.Promote(4, Paul, Mona, Defaults, At(30));

        Assert.Equal(4, account.PasswordGeneration);
        Assert.Null(account.OwesSince);
        Assert.False(account.NeedsRotationAt(At(30)));
        Assert.Equal((account.Id, Half.Password, 3), (retirement.Account, retirement.Half, retirement.Through));
    }

    [Fact]
    public void An_account_is_in_custody_with_both_halves_and_not_before()
    {
        var account = Account.Of(
            "111111111111",
            "Shop",
            "root@shop.example",
            CustomerId.New(Noon),
            GroupId.New(Noon),
            GroupId.New(Noon),
            Noon
        );
        Assert.False(account.IsInCustody);
        account.TakePassword(1, Defaults, Noon);
        Assert.False(account.IsInCustody);
        Assert.False(account.NeedsRotationAt(Noon + Defaults.RotateEvery));

        account.TakeSeed(1);

        Assert.True(account.IsInCustody);
        Assert.Equal((1, 1), (account.GenerationOf(Half.Password), account.GenerationOf(Half.Mfa)));
    }

    [Fact]
    public void Each_half_has_its_group()
    {
        var account = AnAccount();

        Assert.Equal(account.PasswordGroup, account.GroupOf(Half.Password));
        Assert.Equal(account.MfaGroup, account.GroupOf(Half.Mfa));
    }
}
