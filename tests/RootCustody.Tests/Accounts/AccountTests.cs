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

        account.TakeDevice(1);

        Assert.True(account.IsInCustody);
        Assert.Equal((1, 1), (account.GenerationOf(Half.Password), account.GenerationOf(Half.Mfa)));
    }

    [Fact]
    public void Each_half_has_its_group()
    {
        var (customer, passwords, codes) = (CustomerId.New(Noon), GroupId.New(Noon), GroupId.New(Noon));

        var account = Account.Of("111111111111", "Shop", "root@shop.example", customer, passwords, codes, Noon);

        Assert.Equal((passwords, codes), (account.GroupOf(Half.Password), account.GroupOf(Half.Mfa)));
        Assert.Equal(customer, account.Customer);
        Assert.Equal(("111111111111", "Shop", "root@shop.example"), (account.Number, account.Name, account.Email));
    }

    [Fact]
    public void Each_half_has_a_generation_of_its_own()
    {
        var account = AnAccount();

        account.TakeDevice(7);

        Assert.Equal((1, 7), (account.GenerationOf(Half.Password), account.GenerationOf(Half.Mfa)));
    }

    [Fact]
    public void A_seed_without_a_password_is_nothing_in_custody()
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

        account.TakeDevice(1);

        Assert.False(account.IsInCustody);
        Assert.False(account.NeedsRotationAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void What_an_account_is_called_and_whose_it_is_may_change()
    {
        var account = AnAccount();
        var customer = CustomerId.New(Noon);

        account.Rename("Store");
        account.ChangeEmail("root@store.example");
        account.MoveTo(customer);

        Assert.Equal(("Store", "root@store.example", customer), (account.Name, account.Email, account.Customer));
    }

    [Fact]
    public void Other_groups_keep_the_halves_once_they_are_entrusted()
    {
        var account = AnAccount();
        var (passwords, codes) = (GroupId.New(Noon), GroupId.New(Noon));

        account.EntrustTo(passwords, codes);

        Assert.Equal((passwords, codes), (account.GroupOf(Half.Password), account.GroupOf(Half.Mfa)));
    }

    [Fact, Trait("Law", "14")]
    public void A_debt_does_not_put_off_a_rotation_that_was_due_sooner()
    {
        var account = AnAccount();
        var due = Noon + Defaults.RotateEvery;

        account.Owe(Defaults, due - TimeSpan.FromHours(1));

        Assert.Equal(due, account.RotateBy);
    }

    [Fact, Trait("Law", "14")]
    public void A_promoted_password_is_rotated_when_it_grows_old_in_its_turn()
    {
        var account = AnAccount();
        account.Owe(Defaults, Noon);

        account.Promote(2, Paul, Mona, Defaults, At(30));

        Assert.Equal(At(30) + Defaults.RotateEvery, account.RotateBy);
    }

    [Theory, Trait("Law", "14")]
    [InlineData(0)]
    [InlineData(1)]
    public void What_is_not_newer_than_the_living_password_is_not_promoted(int generation)
    {
        var account = AnAccount();
        account.Owe(Defaults, Noon);

        Assert.Throws<ArgumentOutOfRangeException>(() => account.Promote(generation, Paul, Mona, Defaults, At(30)));

        Assert.Equal(1, account.PasswordGeneration);
        Assert.Equal(Noon, account.OwesSince);
    }

    [Fact, Trait("Law", "1")]
    public void The_two_who_promoted_are_those_whom_it_does_not_free()
    {
        var retirement = AnAccount().Promote(2, Paul, Mona, Defaults, At(30));

        Assert.Equal((Paul, Mona, At(30)), (retirement.AttestedBy, retirement.AndBy, retirement.At));
        Assert.False(retirement.Lifts(Half.Password, 1, Paul));
        Assert.False(retirement.Lifts(Half.Password, 1, Mona));
        Assert.True(retirement.Lifts(Half.Password, 1, Pia));
    }
}
