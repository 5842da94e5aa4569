using RootCustody.Accounts;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class RotationTests
{
    private readonly Account account = AnAccount();

    [Fact]
    public void Two_holders_make_the_new_generation_the_living_one()
    {
        account.Owe(Defaults, Noon);
        var rotation = Prepared();
        rotation.Rotated(Keeper(Paul, Half.Password), account, true, Defaults, At(10));

        var closing = rotation.Rotated(Keeper(Mona, Half.Mfa), account, true, Defaults, At(11));

        var retirement = Assert.IsType<Closing.Rotated>(closing).Retirement;
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

        var first = rotation.Rotated(Keeper(Paul, Half.Password), account, true, Defaults, At(10));
        var again = rotation.Rotated(Keeper(Paul, Half.Password), account, true, Defaults, At(11));

        Assert.Equal(new Closing.HalfRotated(Half.Password, Before: false), first);
        Assert.Equal(new Closing.HalfRotated(Half.Password, Before: true), again);
        Assert.Equal(1, account.PasswordGeneration);
        Assert.Equal(RequestState.Open, rotation.State);
    }

    [Fact]
    public void Nothing_is_promoted_that_its_holder_was_not_shown()
    {
        var prepared = Prepared();
        var notPrepared = ARotation(account).Opened();

        Assert.Equal(
            new Closing.Refused(Refusal.NewPasswordNotShown),
            prepared.Rotated(Keeper(Mona, Half.Mfa), account, false, Defaults, At(10))
        );
        Assert.Equal(
            new Closing.Refused(Refusal.NewPasswordNotShown),
            notPrepared.Rotated(Keeper(Mona, Half.Mfa), account, true, Defaults, At(10))
        );
    }

    [Fact]
    public void Only_the_two_holders_say_that_it_is_rotated()
    {
        var closing = Prepared().Rotated(Keeper(Pia, Half.Password), account, true, Defaults, At(10));

        Assert.Equal(new Closing.Refused(Refusal.NotTheHolder), closing);
    }

    [Fact]
    public void A_holder_who_was_dismissed_or_suspended_says_nothing_more()
    {
        var rotation = Prepared();

        Assert.Equal(
            new Closing.Refused(Refusal.NotACustodian),
            rotation.Rotated(Outsider(Paul), account, true, Defaults, At(10))
        );
        Assert.Equal(
            new Closing.Refused(Refusal.Suspended),
            rotation.Rotated(Keeper(Paul, Half.Password) with { Suspended = true }, account, true, Defaults, At(10))
        );
    }

    [Fact]
    public void After_its_window_nothing_is_promoted()
    {
        var rotation = Prepared();
        rotation.Rotated(Keeper(Paul, Half.Password), account, true, Defaults, At(10));

        var closing = rotation.Rotated(Keeper(Mona, Half.Mfa), account, true, Defaults, Noon + Defaults.RotationWindow);

        Assert.Equal(new Closing.Refused(Refusal.WindowOver), closing);
        Assert.Equal(1, account.PasswordGeneration);
    }

    [Fact]
    public void Before_its_window_nothing_is_promoted()
    {
        var closing = ARotation(account).Approved().Rotated(Keeper(Paul, Half.Password), account, true, Defaults, Noon);

        Assert.Equal(new Closing.Refused(Refusal.NotOpenYet), closing);
    }

    [Fact]
    public void Only_a_rotation_rotates()
    {
        var closing = AskedBy(Rita).Opened().Rotated(Keeper(Paul, Half.Password), account, true, Defaults, At(1));

        Assert.Equal(new Closing.Refused(Refusal.NotARotation), closing);
    }

    [Fact]
    public void A_rotation_has_one_new_generation_whoever_prepares_it_again()
    {
        var rotation = Prepared();

        rotation.Prepare(3);

        Assert.Equal(2, rotation.PendingGeneration);
    }

    private Request Prepared()
    {
        var rotation = ARotation(account).Opened();
        rotation.Prepare(2);
        return rotation;
    }
}
