using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Reveals;

public class RevealTests
{
    private readonly Account account = AnAccount();

    [Fact]
    public void A_holder_is_shown_their_half_while_the_window_is_open()
    {
        var request = AskedBy(Rita).Opened();

        var granted = Assert.IsType<Reveal.Granted>(Decide(request, Keeper(Paul, Half.Password), At(10)));

        var exposure = Assert.Single(granted.Exposures);
        Assert.Equal(
            (account.Id, Half.Password, 1, Paul, request.Id, RevealOutcome.MaybeShown),
            (
                exposure.Account,
                exposure.Half,
                exposure.Generation,
                exposure.Person,
                exposure.Request!.Value,
                exposure.Outcome
            )
        );
        Assert.Equal(At(11), granted.Until);
    }

    [Fact]
    public void The_end_of_the_window_cuts_the_time_on_screen_short()
    {
        var granted = Assert.IsType<Reveal.Granted>(
            Decide(AskedBy(Rita).Opened(), Keeper(Paul, Half.Password), At(60).AddSeconds(-20))
        );

        Assert.Equal(At(60), granted.Until);
        Assert.Equal(At(60), Assert.Single(granted.Exposures).Until);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(600, true)]
    public void After_its_window_nothing_is_shown_though_no_job_has_closed_it(int minutes, bool over)
    {
        var reveal = Decide(AskedBy(Rita).Opened(), Keeper(Paul, Half.Password), At(minutes));

        Assert.Equal(over, reveal is Reveal.Refused { Why: Refusal.WindowOver });
    }

    [Fact]
    public void A_revoked_window_shows_nothing_from_that_moment_on()
    {
        var request = AskedBy(Rita).Opened();
        request.Revoke(OnDuty(Dora), At(10));

        Assert.Equal(Refused(Refusal.WindowOver), Decide(request, Keeper(Paul, Half.Password), At(10)));
    }

    [Fact]
    public void Of_an_account_that_was_handed_over_nothing_is_shown_though_a_window_were_open()
    {
        var request = AskedBy(Rita).Opened();
        account.HandOver("aws@receiver.example", At(5));

        Assert.Equal(Refused(Refusal.HandedOver), Decide(request, Keeper(Paul, Half.Password), At(10)));
    }

    [Fact, Trait("Law", "11")]
    public void A_clock_that_stands_before_the_window_shows_nothing()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(Refused(Refusal.ClockBehind), Decide(request, Keeper(Paul, Half.Password), Noon.AddTicks(-1)));
        Assert.IsType<Reveal.Granted>(Decide(request, Keeper(Paul, Half.Password), Noon));
    }

    [Fact]
    public void Before_the_window_nothing_is_shown()
    {
        Assert.Equal(Refused(Refusal.NotOpenYet), Decide(AskedBy(Rita).Approved(), Keeper(Paul, Half.Password), Noon));
    }

    [Fact]
    public void What_was_withdrawn_before_it_opened_is_over()
    {
        var request = AskedBy(Rita).Approved();
        request.Revoke(Contact(Rita), Noon);

        Assert.Equal(Refused(Refusal.AlreadyOver), Decide(request, Keeper(Paul, Half.Password), Noon));
    }

    [Fact]
    public void A_colleague_of_the_holder_is_shown_nothing()
    {
        Assert.Equal(Refused(Refusal.NotTheHolder), Decide(AskedBy(Rita).Opened(), Keeper(Pia, Half.Password), At(1)));
    }

    [Fact]
    public void The_holder_of_the_other_half_is_not_shown_this_one()
    {
        Assert.Equal(Refused(Refusal.NotTheHolder), Decide(AskedBy(Rita).Opened(), Keeper(Mona, Half.Mfa), At(1)));
    }

    [Fact]
    public void Who_became_barred_dismissed_or_suspended_since_is_shown_nothing()
    {
        var request = AskedBy(Rita).Opened();
        var paul = Keeper(Paul, Half.Password);

        Assert.Equal(Refused(Refusal.HasSeenTheOtherHalf), Decide(request, paul with { SeenMfa = true }, At(1)));
        Assert.Equal(Refused(Refusal.NotACustodian), Decide(request, paul with { Keeps = null }, At(1)));
        Assert.Equal(Refused(Refusal.NotACustodian), Decide(request, paul with { Keeps = Half.Mfa }, At(1)));
        Assert.Equal(Refused(Refusal.Suspended), Decide(request, paul with { Suspended = true }, At(1)));
    }

    [Fact]
    public void Where_no_generation_is_there_is_nothing_to_show()
    {
        var reveal = Reveal.Decide(
            AskedBy(Rita).Opened(),
            account,
            Half.Password,
            Keeper(Paul, Half.Password),
            [],
            0,
            Defaults,
            Defaults.PasswordOnScreen,
            At(1)
        );

        Assert.Equal(Refused(Refusal.NothingInCustody), reveal);
    }

    [Fact]
    public void Each_generation_that_is_shown_is_an_exposure_of_its_own()
    {
        var reveal = Reveal.Decide(
            ARotation(account).Opened(),
            account,
            Half.Password,
            Keeper(Paul, Half.Password),
            [1, 2, 3],
            0,
            Defaults,
            Defaults.PasswordOnScreen,
            At(1)
        );

        Assert.Equal([1, 2, 3], Assert.IsType<Reveal.Granted>(reveal).Exposures.Select(e => e.Generation));
    }

    private static Reveal.Refused Refused(Refusal why) => new(why);

    private Reveal Decide(Request request, Standing by, DateTimeOffset now) =>
        Reveal.Decide(request, account, Half.Password, by, [1], 0, Defaults, Defaults.PasswordOnScreen, now);

    [Theory]
    [InlineData(Half.Password, 4, true)]
    [InlineData(Half.Password, 5, false)]
    [InlineData(Half.Mfa, 5, true)]
    public void The_password_is_shown_to_a_holder_so_often_and_a_code_as_often_as_needed(
        Half half,
        int before,
        bool granted
    )
    {
        var holder = half == Half.Password ? Paul : Mona;

        var reveal = Reveal.Decide(
            AskedBy(Rita).Opened(),
            account,
            half,
            Keeper(holder, half),
            [1],
            before,
            Defaults,
            Defaults.PasswordOnScreen,
            At(1)
        );

        Assert.Equal(granted, reveal is Reveal.Granted);
        if (!granted)
            Assert.Equal(Refused(Refusal.TooManyReveals), reveal);
    }
}
