using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class DenialTests
{
    [Fact]
    public void One_denial_ends_a_planned_request()
    {
        var request = AskedBy(Rita, start: At(60));

        var denying = request.Deny(Keeper(Paul, Half.Password), "Not in the change freeze.", Noon);

        Assert.IsType<Denying.Ended>(denying);
        Assert.Equal(RequestState.Denied, request.State);
        Assert.Equal("Not in the change freeze.", Assert.Single(request.Denials).Reason);
    }

    [Fact]
    public void One_denial_in_an_emergency_takes_only_that_custodian_out()
    {
        var request = AskedBy(Rita);

        var denying = request.Deny(Keeper(Paul, Half.Password), "I am on a train.", Noon);

        Assert.Equal(new Denying.SteppedBack(Half.Password), denying);
        Assert.Equal(RequestState.Asked, request.State);
        Assert.Equal(new Approval.Refused(Refusal.YouDenied), request.Approve(Keeper(Paul, Half.Password), Noon));
    }

    [Fact]
    public void Two_denials_of_one_group_end_an_emergency()
    {
        var request = AskedBy(Rita);
        request.Deny(Keeper(Paul, Half.Password), "This is no emergency.", Noon);

        var denying = request.Deny(Keeper(Pia, Half.Password), "It is none.", Noon);

        Assert.IsType<Denying.Ended>(denying);
    }

    [Fact]
    public void One_denial_of_each_group_does_not_end_an_emergency()
    {
        var request = AskedBy(Rita);
        request.Deny(Keeper(Paul, Half.Password), "I am on a train.", Noon);

        var denying = request.Deny(Keeper(Mona, Half.Mfa), "So am I.", Noon);

        Assert.Equal(new Denying.SteppedBack(Half.Mfa), denying);
    }

    [Fact]
    public void The_duty_managers_denial_ends_an_emergency()
    {
        var request = AskedBy(Rita).Approved();

        var denying = request.Deny(OnDuty(Dora), "False alarm.", Noon);

        Assert.IsType<Denying.Ended>(denying);
    }

    [Fact]
    public void A_duty_manager_who_keeps_a_half_ends_it_too()
    {
        var denying = AskedBy(Rita).Deny(Keeper(Mona, Half.Mfa) with { IsDutyManager = true }, "False alarm.", Noon);

        Assert.IsType<Denying.Ended>(denying);
    }

    [Fact]
    public void An_approver_who_denies_loses_the_approval()
    {
        var request = AskedBy(Rita).Approved();

        request.Deny(Keeper(Mona, Half.Mfa), "I was too quick.", At(1));

        Assert.Null(request.MfaApprover);
        Assert.Equal(Paul, request.PasswordApprover);
        Assert.Equal(RequestState.Asked, request.State);
        Assert.IsType<Opening.NotNow>(request.OpenedAt(At(2)));
    }

    [Fact]
    public void A_custodian_who_holds_nothing_leaves_the_approvals_as_they_are()
    {
        var request = AskedBy(Rita).Approved();

        request.Deny(Keeper(Max, Half.Mfa), "Not me.", At(1));

        Assert.Equal(RequestState.Approved, request.State);
    }

    [Fact]
    public void Nobody_denies_a_rotation()
    {
        var custodian = ARotation().Deny(Keeper(Paul, Half.Password), "No time.", Noon);
        var manager = ARotation().Deny(OnDuty(Dora), "No time.", Noon);

        Assert.Equal(new Denying.Refused(Refusal.NotYoursToDeny), custodian);
        Assert.Equal(new Denying.Refused(Refusal.NotYoursToDeny), manager);
    }

    [Fact, Trait("Law", "12")]
    public void A_contact_who_stands_in_a_group_of_custodians_denies_nothing() =>
        Assert.Equal(
            new Denying.Refused(Refusal.NotYoursToDeny),
            AskedBy(Rita, At(60)).Deny(Keeper(Paul, Half.Password) with { IsOutsider = true }, "No.", Noon)
        );

    [Fact]
    public void The_customers_contact_and_strangers_do_not_deny()
    {
        Assert.Equal(
            new Denying.Refused(Refusal.NotYoursToDeny),
            AskedBy(Rita).Deny(Contact(Rita), "Never mind.", Noon)
        );
        Assert.Equal(new Denying.Refused(Refusal.NotYoursToDeny), AskedBy(Rita).Deny(Outsider(Max), "No.", Noon));
    }

    [Fact]
    public void Who_denies_twice_counts_once()
    {
        var request = AskedBy(Rita);
        request.Deny(Keeper(Paul, Half.Password), "No.", Noon);

        var denying = request.Deny(Keeper(Paul, Half.Password), "No!", Noon);

        Assert.Equal(new Denying.Refused(Refusal.YouDenied), denying);
        Assert.Equal(RequestState.Asked, request.State);
    }

    [Fact]
    public void Nobody_denies_what_is_open_or_whose_time_is_over()
    {
        var open = AskedBy(Rita).Opened();
        var late = AskedBy(Rita);

        Assert.Equal(new Denying.Refused(Refusal.AlreadyDecided), open.Deny(Keeper(Pia, Half.Password), "No.", At(1)));
        Assert.Equal(
            new Denying.Refused(Refusal.TooLate),
            late.Deny(Keeper(Paul, Half.Password), "No.", late.AnswerBy)
        );
    }

    [Fact]
    public void A_suspended_custodian_does_not_deny()
    {
        var denying = AskedBy(Rita).Deny(Keeper(Paul, Half.Password) with { Suspended = true }, "No.", Noon);

        Assert.Equal(new Denying.Refused(Refusal.Suspended), denying);
    }

    [Fact]
    public void Before_a_second_contact_approved_a_custodian_has_nothing_to_deny_and_a_duty_manager_has()
    {
        Assert.Equal(
            new Denying.Refused(Refusal.WaitsForContact),
            Strict().Deny(Keeper(Paul, Half.Password), "No.", Noon)
        );
        Assert.IsType<Denying.Ended>(Strict().Deny(OnDuty(Dora), "No.", Noon));
    }

    [Fact]
    public void A_duty_manager_who_is_a_custodian_too_denies_as_the_duty_manager()
    {
        var request = AskedBy(Rita);

        request.Deny(OnDuty(Paul) with { Keeps = Half.Password }, "No.", Noon);

        Assert.Null(Assert.Single(request.Denials).Half);
        Assert.Equal(RequestState.Denied, request.State);
    }
}
