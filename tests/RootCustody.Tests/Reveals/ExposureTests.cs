using RootCustody.Accounts;
using RootCustody.Reveals;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Reveals;

public class ExposureTests
{
    private readonly Account account = AnAccount();

    [Fact]
    public void What_was_maybe_shown_bars_like_what_was_shown()
    {
        var exposure = AnExposure(Paul);
        Assert.True(exposure.Bars([]));

        exposure.Conclude(RevealOutcome.Shown);

        Assert.True(exposure.Bars([]));
    }

    [Fact]
    public void What_was_not_shown_bars_nobody_and_is_off_the_screen()
    {
        var exposure = AnExposure(Paul);

        Assert.True(exposure.Conclude(RevealOutcome.NotShown));

        Assert.False(exposure.Bars([]));
        Assert.Equal(Removal.Removed, exposure.Removal);
    }

    [Theory]
    [InlineData(RevealOutcome.Shown, RevealOutcome.NotShown)]
    [InlineData(RevealOutcome.NotShown, RevealOutcome.Shown)]
    public void The_first_word_on_the_outcome_stands(RevealOutcome first, RevealOutcome second)
    {
        var exposure = AnExposure(Paul);
        exposure.Conclude(first);

        Assert.False(exposure.Conclude(second));
        Assert.Equal(first, exposure.Outcome);
    }

    [Fact]
    public void How_it_left_the_screen_is_said_once()
    {
        var exposure = AnExposure(Paul);

        Assert.True(exposure.Leave(Removal.ClosedByHolder));
        Assert.False(exposure.Leave(Removal.LeftOpen));
        Assert.Equal(Removal.ClosedByHolder, exposure.Removal);
    }

    [Fact]
    public void Who_brought_a_half_in_knows_it_from_birth()
    {
        var exposure = Exposure.FromBirth(account.Id, Half.Password, 1, Paul, Noon);

        Assert.True(exposure.Bars([]));
        Assert.False(exposure.Conclude(RevealOutcome.NotShown));
        Assert.Null(exposure.Request);
        Assert.Equal(
            (account.Id, Half.Password, 1, Paul),
            (exposure.Account, exposure.Half, exposure.Generation, exposure.Person)
        );
        Assert.Equal((Noon, Noon), (exposure.At, exposure.Until));
        Assert.NotEqual(default, exposure.Id);
    }

    [Fact]
    public void What_was_known_from_birth_was_on_no_screen_of_ours()
    {
        var exposure = Exposure.FromBirth(account.Id, Half.Mfa, 1, Paul, Noon);

        Assert.False(exposure.Leave(Removal.Removed));
        Assert.Equal(Removal.LeftOpen, exposure.Removal);
    }

    [Fact]
    public void A_half_is_on_the_screen_from_its_moment_until_it_leaves()
    {
        var exposure = AnExposure(Paul);

        Assert.Equal((Noon, At(1)), (exposure.At, exposure.Until));
        Assert.Equal((RevealOutcome.MaybeShown, Removal.StillUp), (exposure.Outcome, exposure.Removal));
    }

    [Fact]
    public void What_was_shown_stays_up_until_it_is_taken_off()
    {
        var exposure = AnExposure(Paul);

        Assert.True(exposure.Conclude(RevealOutcome.Shown));

        Assert.Equal((RevealOutcome.Shown, Removal.StillUp), (exposure.Outcome, exposure.Removal));
    }

    [Fact]
    public void A_rotation_that_two_others_attest_lifts_the_bar()
    {
        Assert.False(AnExposure(Paul).Bars([Attested(1, Pia, Mona)]));
    }

    [Fact]
    public void Nobody_attests_themselves_free()
    {
        Assert.True(AnExposure(Paul).Bars([Attested(1, Paul, Mona)]));
        Assert.True(AnExposure(Paul).Bars([Attested(1, Pia, Paul)]));
    }

    [Fact]
    public void A_later_rotation_by_others_frees_who_attested_the_first()
    {
        Assert.False(AnExposure(Paul).Bars([Attested(1, Paul, Mona), Attested(2, Pia, Max)]));
    }

    [Fact]
    public void A_rotation_ends_the_generations_before_the_new_one_and_no_other()
    {
        Assert.False(AnExposure(Paul, generation: 1).Bars([Attested(2, Pia, Mona)]));
        Assert.False(AnExposure(Paul, generation: 2).Bars([Attested(2, Pia, Mona)]));
        Assert.True(AnExposure(Paul, generation: 3).Bars([Attested(2, Pia, Mona)]));
    }

    [Fact]
    public void The_rotation_of_another_account_or_half_lifts_nothing()
    {
        var elsewhere = Retirement.Attested(AnAccount().Id, Half.Password, 1, Pia, Mona, Noon);
        var otherHalf = Retirement.Attested(account.Id, Half.Mfa, 1, Pia, Mona, Noon);

        Assert.True(AnExposure(Paul).Bars([elsewhere]));
        Assert.True(AnExposure(Paul).Bars([otherHalf]));
    }

    private Retirement Attested(int through, PersonId by, PersonId andBy) =>
        Retirement.Attested(account.Id, Half.Password, through, by, andBy, Noon);

    private Exposure AnExposure(PersonId person, int generation = 1) =>
        Exposure.Of(account.Id, Half.Password, generation, person, RequestId.New(Noon), Noon, At(1));
}
