using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class EscalationTests
{
    [Fact]
    public void An_emergency_reminds_every_few_minutes_and_calls_the_duty_manager_once()
    {
        var request = AskedBy(Rita);

        Assert.Equal(At(5), request.NextStepAt);
        Assert.Null(request.Escalate(At(5).AddTicks(-1)));
        Assert.Equal(new Escalation(true, false, false), request.Escalate(At(5)));
        Assert.Equal(At(10), request.NextStepAt);
        Assert.Equal(new Escalation(true, false, true), request.Escalate(At(10)));
        Assert.Equal(new Escalation(true, false, false), request.Escalate(At(15)));
    }

    [Fact]
    public void Each_step_comes_once_though_it_is_asked_for_twice()
    {
        var request = AskedBy(Rita);

        request.Escalate(At(10));

        Assert.Null(request.Escalate(At(10)));
    }

    [Fact]
    public void Steps_that_were_missed_come_together_and_once()
    {
        var request = AskedBy(Rita, At(2000));

        Assert.Equal(new Escalation(true, true, true), request.Escalate(At(600)));
        Assert.Equal(At(600) + Defaults.PlannedReminder, request.NextStepAt);
        Assert.Null(request.Escalate(At(600)));
    }

    [Fact]
    public void A_planned_request_goes_from_those_on_call_to_the_rest_and_to_the_duty_manager()
    {
        var request = AskedBy(Rita, At(2000));

        Assert.Equal(At(60), request.NextStepAt);
        Assert.Equal(new Escalation(false, true, false), request.Escalate(At(60)));
        Assert.Equal(At(60 + 240), request.NextStepAt);
        Assert.Equal(new Escalation(true, false, false), request.Escalate(At(300)));
        Assert.Equal(new Escalation(false, false, true), request.Escalate(At(480)));
    }

    [Fact]
    public void A_rotation_goes_the_way_of_a_planned_request()
    {
        var rotation = ARotation();

        Assert.Equal(new Escalation(false, true, false), rotation.Escalate(At(60)));
        Assert.Equal(At(300), rotation.NextStepAt);
    }

    [Fact]
    public void Nothing_is_due_after_the_time_to_answer_or_when_nobody_is_waited_for()
    {
        var unanswered = AskedBy(Rita);
        unanswered.Escalate(At(26));
        Assert.Null(unanswered.NextStepAt); // the next would come after the time to answer
        Assert.Null(AskedBy(Rita, At(2000)).Approved().NextStepAt);
        var denied = AskedBy(Rita, At(2000));
        denied.Deny(OnDuty(Dora), "No.", At(1));
        Assert.Null(denied.NextStepAt);
    }

    [Fact]
    public void Whose_half_is_taken_is_not_waited_for()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.False(request.WaitsFor(Half.Password));
        Assert.True(request.WaitsFor(Half.Mfa));
    }

    [Fact]
    public void An_open_emergency_calls_the_duty_manager_if_not_both_halves_are_in_hand()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(At(10), request.NextStepAt);
        request.InHand(Half.Password, At(2));
        Assert.Equal(new Escalation(false, false, true), request.Escalate(At(10)));
        Assert.Null(request.NextStepAt);
        Assert.Null(AskedBy(Rita).Opened().InHand().NextStepAt);
        Assert.Null(AskedBy(Rita, Noon).Opened().NextStepAt);
    }

    [Fact]
    public void A_half_without_a_holder_is_waited_for_while_the_window_is_open()
    {
        var request = AskedBy(Rita, Noon, TimeSpan.FromHours(8)).Opened();
        request.HandBack(Keeper(Paul, Half.Password), At(10));

        Assert.Equal(At(10) + Defaults.PlannedReminder, request.NextStepAt);
        Assert.Equal(new Escalation(true, false, false), request.Escalate(At(250)));
        request.Approve(Keeper(Pia, Half.Password), At(251));
        Assert.Null(request.NextStepAt);
    }

    [Fact]
    public void Who_has_to_approve_first_is_reminded_and_the_custodians_are_not_waited_for()
    {
        var request = Strict();

        Assert.True(request.AwaitsContact);
        Assert.False(request.WaitsFor(Half.Password));
        Assert.NotNull(request.NextStepAt);
    }

    [Fact]
    public void When_a_half_was_first_in_hand_stays()
    {
        var request = AskedBy(Rita).Opened();

        request.InHand(Half.Mfa, At(3));
        request.InHand(Half.Mfa, At(4));
        Assert.False(request.BothInHand);
        request.InHand(Half.Password, At(5));

        Assert.Equal((At(5), At(3)), (request.PasswordInHandAt, request.MfaInHandAt));
        Assert.True(request.BothInHand);
    }

    [Fact]
    public void What_would_come_just_when_the_time_is_over_does_not_come()
    {
        var request = AskedBy(Rita);

        request.Escalate(At(25));

        Assert.Null(request.NextStepAt);
    }

    [Fact]
    public void The_first_step_of_a_rotation_is_to_ask_the_rest_of_the_groups() =>
        Assert.Equal(Noon + Defaults.PlannedWiden, ARotation().NextStepAt);

    [Fact]
    public void The_duty_manager_is_not_called_for_a_planned_window_that_is_open()
    {
        var request = AskedBy(Rita, Noon, TimeSpan.FromHours(10)).Opened();
        request.HandBack(Keeper(Paul, Half.Password), At(10));

        Assert.Equal(new Escalation(true, false, false), request.Escalate(At(9 * 60)));
    }

    [Fact]
    public void When_the_password_was_first_in_hand_stays()
    {
        var request = AskedBy(Rita).Opened();

        request.InHand(Half.Password, At(3));
        request.InHand(Half.Password, At(4));

        Assert.Equal(At(3), request.PasswordInHandAt);
    }
}
