using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class ExtensionTests
{
    [Fact]
    public void A_window_is_longer_once_one_of_each_group_has_approved_it_afresh()
    {
        var request = AskedBy(Rita).Opened();

        Assert.IsType<Extension.Asked>(request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30)));
        Assert.Equal(At(60), request.Closes);
        Assert.Equal(new Extension.Agreed(Half.Password), request.AgreeToExtend(Keeper(Pia, Half.Password), At(31)));
        Assert.Equal(At(60), request.Closes);
        var approval = request.AgreeToExtend(Keeper(Mona, Half.Mfa), At(32));

        Assert.Equal(new Extension.Granted(Half.Mfa, new Window(Noon, At(120))), approval);
        Assert.Equal(At(120), request.Closes);
        Assert.Equal((Paul, Mona), (request.PasswordApprover, request.MfaApprover));
        Assert.Null(request.ExtendBy);
    }

    [Fact]
    public void A_group_agrees_once()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30));
        request.AgreeToExtend(Keeper(Paul, Half.Password), At(31));

        Assert.Equal(Refused(Refusal.AlreadyDecided), request.AgreeToExtend(Keeper(Pia, Half.Password), At(32)));
        Assert.Equal(At(60), request.Closes);
    }

    [Fact]
    public void Old_agreements_do_not_count_for_the_next_extension()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(10));
        request.AgreeToExtend(Keeper(Paul, Half.Password), At(11));

        request.AskToExtend(Keeper(Mona, Half.Mfa), Defaults, At(20));

        Assert.Equal(new Extension.Agreed(Half.Mfa), request.AgreeToExtend(Keeper(Mona, Half.Mfa), At(21)));
        Assert.Equal(At(60), request.Closes);
    }

    [Fact]
    public void It_never_gets_longer_than_policy_allows()
    {
        var request = AskedBy(Rita, length: TimeSpan.FromHours(3.5)).Opened();

        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30));
        request.AgreeToExtend(Keeper(Paul, Half.Password), At(31));
        request.AgreeToExtend(Keeper(Mona, Half.Mfa), At(32));

        Assert.Equal(Noon + Defaults.LongestWindow, request.Closes);
        Assert.Equal(
            new Extension.Refused(Refusal.LongEnough),
            request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(33))
        );
    }

    [Fact, Trait("Law", "1")]
    public void Who_may_not_hold_a_half_does_not_agree_for_it()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30));

        Assert.Equal(
            Refused(Refusal.HasSeenTheOtherHalf),
            request.AgreeToExtend(Keeper(Pia, Half.Password) with { SeenMfa = true }, At(31))
        );
        Assert.Equal(Refused(Refusal.NotACustodian), request.AgreeToExtend(Outsider(Dora), At(31)));
        Assert.Equal(At(60), request.Closes);
    }

    [Fact, Trait("Law", "2")]
    public void One_person_does_not_agree_for_both_groups()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30));
        request.AgreeToExtend(Keeper(Pia, Half.Password), At(31));

        Assert.Equal(Refused(Refusal.ApprovedTheOtherHalf), request.AgreeToExtend(Keeper(Pia, Half.Mfa), At(32)));
    }

    [Fact, Trait("Law", "5")]
    public void A_window_that_is_over_is_not_extended()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(30));
        request.AgreeToExtend(Keeper(Paul, Half.Password), At(31));

        Assert.Equal(Refused(Refusal.WindowOver), request.AgreeToExtend(Keeper(Mona, Half.Mfa), At(60)));
        Assert.Equal(Refused(Refusal.WindowOver), request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(60)));
        Assert.Equal(
            Refused(Refusal.NotOpenYet),
            AskedBy(Rita, At(90)).Approved().AskToExtend(Keeper(Paul, Half.Password), Defaults, At(1))
        );
        var withdrawn = AskedBy(Rita, At(90));
        withdrawn.Revoke(Contact(Rita), At(1));
        Assert.Equal(Refused(Refusal.WindowOver), withdrawn.AskToExtend(Contact(Rita), Defaults, At(2)));
    }

    [Fact]
    public void Those_who_take_part_ask_for_more_time_and_nobody_else()
    {
        Extension Asked(Standing by) => AskedBy(Rita).Opened().AskToExtend(by, Defaults, At(1));

        Assert.IsType<Extension.Asked>(Asked(Keeper(Mona, Half.Mfa)));
        Assert.IsType<Extension.Asked>(Asked(Contact(Rita)));
        Assert.IsType<Extension.Asked>(Asked(OnDuty(Dora)));
        Assert.Equal(Refused(Refusal.NotYoursToExtend), Asked(Keeper(Pia, Half.Password)));
        Assert.Equal(Refused(Refusal.Suspended), Asked(OnDuty(Dora) with { Suspended = true }));
        Assert.Equal(Refused(Refusal.Frozen), Asked(OnDuty(Dora) with { Frozen = true }));
        Assert.Equal(Refused(Refusal.NamedAsDanger), Naming(Dora).Opened().AskToExtend(OnDuty(Dora), Defaults, At(1)));
    }

    [Fact]
    public void Who_denied_or_stepped_back_agrees_to_nothing()
    {
        var request = AskedBy(Rita);
        request.Deny(Keeper(Pia, Half.Password), "No.", Noon);
        request.Opened();
        request.HandBack(Keeper(Mona, Half.Mfa), At(1));
        request.Approve(Keeper(Max, Half.Mfa), At(2));
        request.AskToExtend(Keeper(Paul, Half.Password), Defaults, At(3));

        Assert.Equal(Refused(Refusal.YouDenied), request.AgreeToExtend(Keeper(Pia, Half.Password), At(4)));
        Assert.Equal(Refused(Refusal.YouSteppedBack), request.AgreeToExtend(Keeper(Mona, Half.Mfa), At(4)));
        Assert.Equal(Refused(Refusal.NotOpenYet), AskedBy(Rita).AgreeToExtend(Keeper(Paul, Half.Password), At(4)));
    }

    [Fact]
    public void Who_takes_a_free_half_by_two_quick_presses_does_not_lengthen_the_window()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Mona, Half.Mfa), Defaults, At(10));
        request.HandBack(Keeper(Paul, Half.Password), At(11));
        request.Approve(Keeper(Pia, Half.Password), At(12));

        Assert.Equal(new Approval.Refused(Refusal.AlreadyDecided), request.Approve(Keeper(Pia, Half.Password), At(12)));
        Assert.Null(request.PasswordExtender);
    }

    [Fact]
    public void A_half_without_a_holder_comes_before_more_time()
    {
        var request = AskedBy(Rita).Opened();
        request.AskToExtend(Keeper(Mona, Half.Mfa), Defaults, At(10));
        request.HandBack(Keeper(Paul, Half.Password), At(11));

        Assert.Equal(new Approval.Replaced(Half.Password), request.Approve(Keeper(Pia, Half.Password), At(12)));
        Assert.Equal(new Extension.Agreed(Half.Password), request.AgreeToExtend(Keeper(Pia, Half.Password), At(13)));
    }

    private static Extension.Refused Refused(Refusal why) => new(why);
}
