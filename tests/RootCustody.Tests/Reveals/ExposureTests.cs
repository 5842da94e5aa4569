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

        Assert.True(AnExposure(Paul).Bars([elsewhere, otherHalf]));
    }

    private Retirement Attested(int through, PersonId by, PersonId andBy) =>
        Retirement.Attested(account.Id, Half.Password, through, by, andBy, Noon);

    private Exposure AnExposure(PersonId person, int generation = 1) =>
        Exposure.Of(account.Id, Half.Password, generation, person, RequestId.New(Noon), Noon, At(1));
}
