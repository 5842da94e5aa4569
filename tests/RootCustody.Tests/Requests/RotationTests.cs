using RootCustody.Accounts;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class RotationTests
{
    private static readonly int[] Shown = [1, 2];
    private readonly Account account = AnAccount();

    [Fact]
    public void Two_holders_make_the_new_generation_the_living_one()
    {
        account.Owe(Defaults, Noon);
        var rotation = Prepared();
        rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(10));

        var closing = rotation.Found(Keeper(Mona, Half.Mfa), account, 2, Shown, Defaults, At(11));

        var retirement = Assert.IsType<Rotating.Rotated>(closing).Retirement;
        Assert.Equal(1, retirement.Through);
        Assert.Equal(2, account.PasswordGeneration);
        Assert.Null(account.OwesSince);
        Assert.Equal(At(11) + Defaults.RotateEvery, account.RotateBy);
        Assert.Equal(RequestState.Closed, rotation.State);
        Assert.Equal(At(11), rotation.Closes);
    }

    [Fact]
    public void One_holders_word_promotes_nothing_however_often_it_is_given()
    {
        var rotation = Prepared();

        var first = rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(10));
        var again = rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(11));

        Assert.Equal(new Rotating.Said(Half.Password, Before: false, null), first);
        Assert.Equal(new Rotating.Said(Half.Password, Before: true, null), again);
        Assert.Equal(1, account.PasswordGeneration);
        Assert.Equal(RequestState.Open, rotation.State);
    }

    [Fact]
    public void Nothing_is_promoted_that_its_holder_was_not_shown()
    {
        var prepared = Prepared();
        var notPrepared = ARotation(account).Opened();

        Assert.Equal(
            new Rotating.Refused(Refusal.NewPasswordNotShown),
            prepared.Found(Keeper(Mona, Half.Mfa), account, 2, [1], Defaults, At(10))
        );
        Assert.Equal(
            new Rotating.Refused(Refusal.NewPasswordNotShown),
            notPrepared.Found(Keeper(Mona, Half.Mfa), account, 2, Shown, Defaults, At(10))
        );
    }

    [Fact]
    public void Only_the_two_holders_say_that_it_is_rotated()
    {
        var closing = Prepared().Found(Keeper(Pia, Half.Password), account, 2, Shown, Defaults, At(10));

        Assert.Equal(new Rotating.Refused(Refusal.NotTheHolder), closing);
    }

    [Fact]
    public void A_holder_who_was_dismissed_or_suspended_says_nothing_more()
    {
        var rotation = Prepared();

        Assert.Equal(
            new Rotating.Refused(Refusal.NotACustodian),
            rotation.Found(Outsider(Paul), account, 2, Shown, Defaults, At(10))
        );
        Assert.Equal(
            new Rotating.Refused(Refusal.Suspended),
            rotation.Found(Keeper(Paul, Half.Password) with { Suspended = true }, account, 2, Shown, Defaults, At(10))
        );
    }

    [Fact]
    public void After_its_window_nothing_is_promoted()
    {
        var rotation = Prepared();
        rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(10));

        var closing = rotation.Found(
            Keeper(Mona, Half.Mfa),
            account,
            2,
            Shown,
            Defaults,
            Noon + Defaults.RotationWindow
        );

        Assert.Equal(new Rotating.Refused(Refusal.WindowOver), closing);
        Assert.Equal(1, account.PasswordGeneration);
    }

    [Fact]
    public void Before_its_window_nothing_is_promoted()
    {
        var closing = ARotation(account)
            .Approved()
            .Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, Noon);

        Assert.Equal(new Rotating.Refused(Refusal.NotOpenYet), closing);
    }

    [Fact]
    public void Only_a_rotation_rotates()
    {
        var closing = AskedBy(Rita).Opened().Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(1));

        Assert.Equal(new Rotating.Refused(Refusal.NotARotation), closing);
    }

    [Fact]
    public void A_rotation_has_one_new_generation_whoever_prepares_it_again()
    {
        var rotation = Prepared();

        rotation.Prepare(3);

        Assert.Equal(2, rotation.PendingGeneration);
    }

    [Fact]
    [Trait("Law", "14")]
    public void Two_who_say_that_it_is_not_changed_drop_the_new_generation_and_nothing_is_paid()
    {
        account.Owe(Defaults, Noon);
        var rotation = Prepared();
        rotation.Found(Keeper(Paul, Half.Password), account, 1, Shown, Defaults, At(10));

        var settled = rotation.Found(Keeper(Mona, Half.Mfa), account, 1, Shown, Defaults, At(11));

        var not = Assert.IsType<Rotating.NotRotated>(settled);
        Assert.Null(not.Ended);
        Assert.Equal(1, not.Living);
        Assert.Equal(1, account.PasswordGeneration);
        Assert.Equal(Noon, account.OwesSince);
        Assert.Equal((RequestState.Closed, true), (rotation.State, rotation.IsCleanlyClosed));
    }

    [Fact]
    [Trait("Law", "14")]
    public void A_generation_of_a_stopped_rotation_that_is_in_force_lives_and_owes()
    {
        var rotation = ARotation(account).Opened();
        rotation.Prepare(4);
        rotation.Found(Keeper(Paul, Half.Password), account, 2, [1, 2, 3, 4], Defaults, At(10));

        var settled = rotation.Found(Keeper(Mona, Half.Mfa), account, 2, [1, 2, 3, 4], Defaults, At(11));

        var not = Assert.IsType<Rotating.NotRotated>(settled);
        Assert.Equal((2, 1), (not.Living, not.Ended!.Through));
        Assert.Equal((2, At(11)), (account.PasswordGeneration, account.OwesSince!.Value));
    }

    [Fact]
    [Trait("Law", "14")]
    public void Two_who_say_different_things_settle_nothing_until_one_of_them_looks_again()
    {
        var rotation = Prepared();
        rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(10));

        var apart = rotation.Found(Keeper(Mona, Half.Mfa), account, 1, Shown, Defaults, At(11));
        var settled = rotation.Found(Keeper(Mona, Half.Mfa), account, 2, Shown, Defaults, At(12));

        Assert.Equal(new Rotating.Said(Half.Mfa, Before: false, Other: 2), apart);
        Assert.IsType<Rotating.Rotated>(settled);
    }

    [Fact]
    public void When_no_password_signs_in_the_window_stays_open_and_the_new_one_can_still_come_into_force()
    {
        var rotation = Prepared();
        var first = rotation.Found(Keeper(Mona, Half.Mfa), account, Request.NoneSignsIn, Shown, Defaults, At(9));
        var lost = rotation.Found(Keeper(Paul, Half.Password), account, Request.NoneSignsIn, Shown, Defaults, At(10));
        var again = rotation.Found(Keeper(Paul, Half.Password), account, Request.NoneSignsIn, Shown, Defaults, At(10));

        Assert.Equal(new Rotating.Said(Half.Mfa, Before: false, null), first);
        Assert.IsType<Rotating.Lost>(lost);
        Assert.Equal(new Rotating.Said(Half.Password, Before: true, Request.NoneSignsIn), again);
        Assert.Equal((RequestState.Open, false, true), (rotation.State, rotation.IsSettled, rotation.IsPasswordLost));

        rotation.Found(Keeper(Paul, Half.Password), account, 2, Shown, Defaults, At(11));
        Assert.IsType<Rotating.Rotated>(rotation.Found(Keeper(Mona, Half.Mfa), account, 2, Shown, Defaults, At(12)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Nobody_finds_in_force_what_was_never_shown(int generation)
    {
        var finding = Prepared().Found(Keeper(Paul, Half.Password), account, generation, Shown, Defaults, At(10));

        Assert.Equal(new Rotating.Refused(Refusal.NewPasswordNotShown), finding);
    }

    private Request Prepared()
    {
        var rotation = ARotation(account).Opened();
        rotation.Prepare(2);
        return rotation;
    }
}
