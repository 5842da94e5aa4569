using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class HandBackTests
{
    [Fact]
    public void A_half_that_was_handed_back_goes_to_another_of_the_group_by_a_fresh_approval()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(new HandingBack.Freed(Half.Password, Paul), request.HandBack(Keeper(Paul, Half.Password), At(10)));
        Assert.Equal(RequestState.Open, request.State);
        Assert.Null(request.PasswordApprover);
        Assert.Equal(new Approval.Replaced(Half.Password), request.Approve(Keeper(Pia, Half.Password), At(11)));
        Assert.Equal(Pia, request.PasswordApprover);
        Assert.Equal(At(60), request.Closes);
    }

    [Fact]
    public void Who_handed_back_takes_no_further_part()
    {
        var request = AskedBy(Rita).Opened();
        request.HandBack(Keeper(Paul, Half.Password), At(10));

        Assert.Equal(
            new Approval.Refused(Refusal.YouSteppedBack),
            request.Approve(Keeper(Paul, Half.Password), At(11))
        );
        var stepBack = Assert.Single(request.StepBacks);
        Assert.Equal((Paul, Half.Password, StepBackReason.HandedBack, At(10)), Said(stepBack));
    }

    [Fact, Trait("Law", "15")]
    public void A_holder_who_is_suspended_or_frozen_hands_nothing_back()
    {
        var request = AskedBy(Rita).Opened();
        var paul = Keeper(Paul, Half.Password);

        Assert.Equal(
            new HandingBack.Refused(Refusal.Suspended),
            request.HandBack(paul with { Suspended = true }, At(10))
        );
        Assert.Equal(new HandingBack.Refused(Refusal.Frozen), request.HandBack(paul with { Frozen = true }, At(10)));
        Assert.Equal(Paul, request.PasswordApprover);
    }

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void What_the_last_holder_had_in_hand_the_next_one_has_not(Half half)
    {
        var request = AskedBy(Rita).Opened().InHand();
        var (gone, next, other) = half == Half.Password ? (Paul, Pia, Mona) : (Mona, Max, Paul);

        request.HandBack(Keeper(gone, half), At(5));
        request.Approve(Keeper(next, half), At(6));

        Assert.False(request.BothInHand);
        Assert.Equal(
            new Closing.Refused(Refusal.NotBothInHand),
            request.Done(Keeper(other, half.Other()), Clean, At(7))
        );
        Assert.Equal(At(5) + Defaults.EmergencyDuty, request.NextStepAt);
        Assert.Equal(new Escalation(false, false, CallDuty: true), request.Escalate(At(15)));
        request.InHand(half, At(16));
        Assert.True(request.BothInHand);
    }

    [Fact]
    public void Handing_back_does_not_put_off_the_call_of_the_duty_manager()
    {
        var request = AskedBy(Rita).Opened();

        request.HandBack(Keeper(Paul, Half.Password), At(4));
        request.Approve(Keeper(Pia, Half.Password), At(5));

        Assert.Equal(At(10), request.NextStepAt);
    }

    [Fact]
    public void The_duty_manager_is_called_again_if_the_next_holder_does_not_act()
    {
        var request = AskedBy(Rita).Opened();
        request.Escalate(At(10));

        request.Replace(OnDuty(Dora), Half.Mfa, At(12));
        request.Approve(Keeper(Max, Half.Mfa), At(13));

        Assert.Equal(new Escalation(false, false, CallDuty: true), request.Escalate(At(22)));
        Assert.Null(request.NextStepAt);
    }

    [Fact, Trait("Law", "2")]
    public void The_other_holder_does_not_get_the_half_that_was_handed_back()
    {
        var request = AskedBy(Rita).Opened();
        request.HandBack(Keeper(Paul, Half.Password), At(10));

        Assert.Equal(
            new Approval.Refused(Refusal.ApprovedTheOtherHalf),
            request.Approve(Keeper(Mona, Half.Password), At(11))
        );
    }

    [Fact]
    public void Before_the_window_a_half_that_was_handed_back_waits_for_another_approval()
    {
        var request = AskedBy(Rita, At(120)).Approved();

        request.HandBack(Keeper(Mona, Half.Mfa), At(10));

        Assert.Equal(RequestState.Asked, request.State);
        Assert.IsType<Opening.NotNow>(request.OpenedAt(At(120)));
        Assert.Equal(new Approval.Completed(Half.Mfa), request.Approve(Keeper(Max, Half.Mfa), At(11)));
    }

    [Fact, Trait("Law", "16")]
    public void Whoever_steps_back_at_the_last_moment_does_not_end_an_emergency_by_it()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);
        var last = request.AnswerBy.AddSeconds(-1);

        request.HandBack(Keeper(Paul, Half.Password), last);

        Assert.Equal(last + Defaults.EmergencyAnswer, request.AnswerBy);
        Assert.Equal(
            new Approval.Taken(Half.Password),
            request.Approve(Keeper(Pia, Half.Password), last.AddMinutes(5))
        );
    }

    [Fact]
    public void A_planned_request_waits_no_longer_because_of_it()
    {
        var request = AskedBy(Rita, At(120));
        var answerBy = request.AnswerBy;
        request.Approve(Keeper(Paul, Half.Password), Noon);

        request.HandBack(Keeper(Paul, Half.Password), At(10));

        Assert.Equal(answerBy, request.AnswerBy);
    }

    [Fact]
    public void Only_a_holder_hands_back_and_only_while_it_runs()
    {
        Assert.Equal(
            new HandingBack.Refused(Refusal.NotTheHolder),
            AskedBy(Rita).Opened().HandBack(Keeper(Pia, Half.Password), At(10))
        );
        Assert.Equal(
            new HandingBack.Refused(Refusal.AlreadyOver),
            AskedBy(Rita).Opened().HandBack(Keeper(Paul, Half.Password), At(60))
        );
        var revoked = AskedBy(Rita).Opened();
        revoked.Revoke(OnDuty(Dora), At(5));
        Assert.Equal(
            new HandingBack.Refused(Refusal.AlreadyOver),
            revoked.HandBack(Keeper(Paul, Half.Password), At(6))
        );
    }

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    [Trait("Law", "14")]
    public void What_a_holder_attested_in_a_rotation_goes_with_them(Half half)
    {
        var account = AnAccount();
        var rotation = ARotation(account).Opened();
        rotation.Prepare(2);
        var (holder, next) = half == Half.Password ? (Paul, Pia) : (Mona, Max);
        var (other, otherHalf) = half == Half.Password ? (Mona, Half.Mfa) : (Paul, Half.Password);
        rotation.Found(Keeper(holder, half), account, 2, [1, 2], Defaults, At(5));

        rotation.HandBack(Keeper(holder, half), At(6));
        rotation.Approve(Keeper(next, half), At(7));

        Assert.Equal(
            new Rotating.Said(otherHalf, false, null),
            rotation.Found(Keeper(other, otherHalf), account, 2, [1, 2], Defaults, At(8))
        );
        Assert.IsType<Rotating.Rotated>(rotation.Found(Keeper(next, half), account, 2, [1, 2], Defaults, At(9)));
    }

    [Fact]
    public void A_duty_manager_takes_a_half_from_who_does_not_act()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(new HandingBack.Freed(Half.Mfa, Mona), request.Replace(OnDuty(Dora), Half.Mfa, At(10)));
        Assert.Equal(new Approval.Refused(Refusal.YouSteppedBack), request.Approve(Keeper(Mona, Half.Mfa), At(11)));
        Assert.Equal(new Approval.Replaced(Half.Mfa), request.Approve(Keeper(Max, Half.Mfa), At(11)));
    }

    [Fact]
    public void Only_a_duty_manager_in_good_standing_replaces_and_only_who_is_there()
    {
        Request Open() => AskedBy(Rita).Opened();

        Assert.Equal(Refused(Refusal.NotADutyManager), Open().Replace(Outsider(Max), Half.Mfa, At(1)));
        Assert.Equal(
            Refused(Refusal.Suspended),
            Open().Replace(OnDuty(Dora) with { Suspended = true }, Half.Mfa, At(1))
        );
        Assert.Equal(Refused(Refusal.Frozen), Open().Replace(OnDuty(Dora) with { Frozen = true }, Half.Mfa, At(1)));
        Assert.Equal(Refused(Refusal.AlreadyOver), Open().Replace(OnDuty(Dora), Half.Mfa, At(60)));
        Assert.Equal(Refused(Refusal.NobodyHoldsIt), AskedBy(Rita).Replace(OnDuty(Dora), Half.Mfa, At(1)));
        Assert.Equal(Refused(Refusal.NamedAsDanger), Naming(Dora).Opened().Replace(OnDuty(Dora), Half.Mfa, At(1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_is_gone_loses_their_half_of_an_emergency_and_others_go_on(bool frozen)
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(new HandingBack.Freed(Half.Password, Paul), request.Lose(Paul, frozen, At(10)));
        Assert.Equal(RequestState.Open, request.State);
        Assert.Equal(new Approval.Replaced(Half.Password), request.Approve(Keeper(Pia, Half.Password), At(11)));
    }

    [Fact, Trait("Law", "15")]
    public void Not_me_ends_the_open_window_of_a_planned_request()
    {
        var request = AskedBy(Rita, Noon).Opened();

        Assert.Equal(new HandingBack.Ended(Half.Mfa), request.Lose(Mona, frozen: true, At(10)));
        Assert.Equal(RequestState.Revoked, request.State);
        Assert.Equal(At(10), request.Closes);
    }

    [Fact]
    public void A_leaver_loses_their_half_of_a_planned_request_and_its_window_goes_on()
    {
        var request = AskedBy(Rita, Noon).Opened();

        Assert.Equal(new HandingBack.Freed(Half.Mfa, Mona), request.Lose(Mona, frozen: false, At(10)));
        Assert.Equal(RequestState.Open, request.State);
        Assert.Equal(StepBackReason.Lost, Assert.Single(request.StepBacks).Reason);
    }

    [Fact]
    public void Who_has_no_part_in_it_loses_nothing()
    {
        Assert.Null(AskedBy(Rita).Opened().Lose(Pia, frozen: true, At(10)));
        Assert.Null(AskedBy(Rita).Opened().Lose(Paul, frozen: true, At(60)));
    }

    private static HandingBack.Refused Refused(Refusal why) => new(why);

    private static (PersonId, Half, StepBackReason, DateTimeOffset) Said(StepBack s) =>
        (s.Person, s.Half, s.Reason, s.At);

    [Fact]
    public void Neither_an_open_window_nor_a_planned_request_waits_longer_because_of_it()
    {
        var open = AskedBy(Rita).Opened();
        var answerBy = open.AnswerBy;
        open.HandBack(Keeper(Paul, Half.Password), At(25));
        Assert.Equal(answerBy, open.AnswerBy);

        var planned = AskedBy(Rita, At(1));
        planned.Approve(Keeper(Paul, Half.Password), Noon);
        var last = planned.AnswerBy.AddSeconds(-1);
        planned.HandBack(Keeper(Paul, Half.Password), last);
        Assert.Equal(last.AddSeconds(1), planned.AnswerBy);
    }
}
