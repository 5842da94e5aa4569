using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class EligibilityTests
{
    public static TheoryData<string, Refusal> Reasons =>
        new()
        {
            { "suspended", Refusal.Suspended },
            { "frozen", Refusal.Frozen },
            { "outsider", Refusal.NotOfProvider },
            { "in no group", Refusal.NotACustodian },
            { "has seen the other half", Refusal.HasSeenTheOtherHalf },
            { "opens the other half", Refusal.OpensTheOtherHalf },
            { "assigned", Refusal.ConflictOfInterest },
            { "administrator", Refusal.Administers },
            { "cooling off", Refusal.CoolsOff },
            { "away", Refusal.Away },
        };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_reason_stands_in_the_way_of_the_approval_the_opening_and_the_reveal(string what, Refusal why)
    {
        var paul = With(Keeper(Paul, Half.Password), what);

        Assert.Equal(new Approval.Refused(why), AskedBy(Rita).Approve(paul, Noon));
        Assert.Equal(why, Eligibility.WhyNot(AskedBy(Rita), Half.Password, paul));
        var voided = AskedBy(Rita)
            .Approved()
            .Open(
                new Dictionary<Half, Standing> { [Half.Password] = paul, [Half.Mfa] = Keeper(Mona, Half.Mfa) },
                null,
                Noon
            );
        Assert.Equal(new Opening.Voided(Half.Password, Paul, why), voided);
        Assert.Equal(why, RootCustody.Reveals.Reveal.WhyNot(AskedBy(Rita).Opened(), Half.Password, paul, At(1)));
    }

    [Fact, Trait("Law", "3")]
    public void Who_went_over_to_the_other_group_holds_this_half_no_more() =>
        Assert.Equal(
            Refusal.NotACustodian,
            Eligibility.WhyNot(AskedBy(Rita), Half.Password, With(Keeper(Paul, Half.Password), "in the other group"))
        );

    [Theory]
    [InlineData("has seen the same half")]
    [InlineData("opens the same half")]
    [InlineData("duty manager")]
    public void What_is_no_reason_is_none(string what) =>
        Assert.Null(Eligibility.WhyNot(AskedBy(Rita), Half.Password, With(Keeper(Paul, Half.Password), what)));

    [Fact, Trait("Law", "2")]
    public void Who_asked_or_approved_in_another_part_holds_nothing()
    {
        var request = AskedBy(Paul);
        Assert.Equal(Refusal.OwnRequest, Eligibility.WhyNot(request, Half.Password, Keeper(Paul, Half.Password)));

        var approved = AskedBy(Rita);
        approved.Approve(Keeper(Paul, Half.Password), Noon);
        Assert.Equal(Refusal.ApprovedTheOtherHalf, Eligibility.WhyNot(approved, Half.Mfa, Keeper(Paul, Half.Mfa)));

        var endorsed = Strict();
        endorsed.Endorse(Contact(Paul), Noon);
        endorsed.Endorse(OnDuty(Pia), Noon);
        Assert.Equal(Refusal.OwnRequest, Eligibility.WhyNot(endorsed, Half.Password, Keeper(Paul, Half.Password)));
        Assert.Equal(Refusal.ApprovedAsDuty, Eligibility.WhyNot(endorsed, Half.Password, Keeper(Pia, Half.Password)));
    }

    [Fact]
    public void Who_is_named_as_the_danger_holds_nothing() =>
        Assert.Equal(
            Refusal.NamedAsDanger,
            Eligibility.WhyNot(Naming(Paul), Half.Password, Keeper(Paul, Half.Password))
        );

    [Theory]
    [InlineData(KeptThing.MfaDevice, false, true)]
    [InlineData(KeptThing.RootMailbox, true, false)]
    [InlineData(KeptThing.RootPhone, false, true)]
    [InlineData(KeptThing.ManagementAccount, true, true)]
    [Trait("Law", "1")]
    public void What_opens_what(KeptThing thing, bool password, bool mfa)
    {
        Assert.Equal(password, thing.Opens(Half.Password));
        Assert.Equal(mfa, thing.Opens(Half.Mfa));
    }

    [Fact]
    public void Two_who_may_hold_are_enough_and_an_absence_ends_some_day()
    {
        Standing[] both = [Keeper(Paul, Half.Password), Keeper(Mona, Half.Mfa) with { Away = true }];

        Assert.Empty(Eligibility.Without(AskedBy(Rita), both));
    }

    [Fact]
    public void Halves_that_nobody_may_hold_are_named()
    {
        Standing[] custodians = [Keeper(Paul, Half.Password) with { SeenMfa = true }, Keeper(Mona, Half.Mfa)];

        Assert.Equal([Half.Password], Eligibility.Without(AskedBy(Rita), custodians));
        Assert.Equal([Half.Password, Half.Mfa], Eligibility.Without(AskedBy(Rita), [Outsider(Dora)]));
    }

    private static Standing With(Standing standing, string what) =>
        what switch
        {
            "suspended" => standing with { Suspended = true },
            "frozen" => standing with { Frozen = true },
            "outsider" => standing with { IsOutsider = true },
            "in no group" => standing with { Keeps = null },
            "in the other group" => standing with { Keeps = Half.Mfa },
            "has seen the other half" => standing with { SeenMfa = true },
            "has seen the same half" => standing with { SeenPassword = true },
            "opens the other half" => standing with { OpensMfa = true },
            "opens the same half" => standing with { OpensPassword = true },
            "assigned" => standing with { HasConflict = true },
            "administrator" => standing with { Administers = true },
            "cooling off" => standing with { CoolsOff = true },
            "away" => standing with { Away = true },
            "duty manager" => standing with { IsDutyManager = true },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

    [Fact]
    public void Who_could_hold_a_half_at_all_is_who_has_nothing_lasting_against_them()
    {
        var paul = Keeper(Paul, Half.Password);

        Assert.True(Eligibility.CouldHold(Half.Password, paul));
        Assert.True(Eligibility.CouldHold(Half.Password, paul with { Away = true, CoolsOff = true }));
        foreach (var what in (string[])["suspended", "frozen", "outsider", "in no group", "has seen the other half"])
            Assert.False(Eligibility.CouldHold(Half.Password, With(paul, what)), what);
    }
}
