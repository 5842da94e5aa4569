using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class ApprovalTests
{
    [Fact]
    public void The_first_approval_takes_its_half()
    {
        var request = AskedBy(Rita);

        var approval = request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.Equal(new Approval.Taken(Half.Password), approval);
        Assert.Equal(Half.Password, request.HeldBy(Paul));
        Assert.Equal(RequestState.Asked, request.State);
    }

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void The_second_approval_completes_the_request_whichever_half_came_first(Half first)
    {
        var request = AskedBy(Rita);
        var (one, other) = first == Half.Password ? (Paul, Mona) : (Mona, Paul);
        request.Approve(Keeper(one, first), Noon);

        var approval = request.Approve(Keeper(other, first.Other()), At(5));

        Assert.Equal(new Approval.Completed(first.Other()), approval);
        Assert.Equal(RequestState.Approved, request.State);
        Assert.Null(request.Window);
    }

    [Fact]
    public void The_requester_does_not_approve_even_as_a_custodian()
    {
        var request = AskedBy(Paul);

        var approval = request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.Equal(new Approval.Refused(Refusal.OwnRequest), approval);
    }

    [Fact]
    public void Who_keeps_no_half_does_not_approve()
    {
        var approval = AskedBy(Rita).Approve(Outsider(Dora), Noon);

        Assert.Equal(new Approval.Refused(Refusal.NotACustodian), approval);
    }

    [Fact]
    public void Who_approved_one_half_and_then_changed_groups_does_not_approve_the_other()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        var approval = request.Approve(Keeper(Paul, Half.Mfa), Noon);

        Assert.Equal(new Approval.Refused(Refusal.ApprovedTheOtherHalf), approval);
    }

    [Fact]
    public void Who_has_seen_the_other_half_does_not_approve()
    {
        var approval = AskedBy(Rita).Approve(Keeper(Mona, Half.Mfa) with { SeenPassword = true }, Noon);

        Assert.Equal(new Approval.Refused(Refusal.HasSeenTheOtherHalf), approval);
    }

    [Fact]
    public void Who_has_seen_their_own_half_may_approve_again()
    {
        var approval = AskedBy(Rita).Approve(Keeper(Mona, Half.Mfa) with { SeenMfa = true }, Noon);

        Assert.Equal(new Approval.Taken(Half.Mfa), approval);
    }

    [Fact]
    public void A_suspended_custodian_does_not_approve()
    {
        var approval = AskedBy(Rita).Approve(Keeper(Paul, Half.Password) with { Suspended = true }, Noon);

        Assert.Equal(new Approval.Refused(Refusal.Suspended), approval);
    }

    [Fact]
    public void The_second_of_one_group_is_told_that_the_half_is_taken()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        var approval = request.Approve(Keeper(Pia, Half.Password), Noon);

        Assert.Equal(new Approval.Refused(Refusal.AlreadyTaken), approval);
        Assert.Equal(Paul, request.PasswordApprover);
    }

    [Fact]
    public void Who_approves_twice_is_told_so()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        var approval = request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.Equal(new Approval.Refused(Refusal.YouApproved), approval);
    }

    [Fact]
    public void After_the_second_approval_nobody_approves_any_more()
    {
        var approval = AskedBy(Rita).Approved().Approve(Keeper(Pia, Half.Password), Noon);

        Assert.Equal(new Approval.Refused(Refusal.AlreadyDecided), approval);
    }

    [Fact]
    public void An_emergency_can_be_approved_until_its_time_to_answer_is_over()
    {
        var request = AskedBy(Rita);

        var late = request.Approve(Keeper(Paul, Half.Password), Noon + Defaults.EmergencyAnswer);
        var last = request.Approve(
            Keeper(Paul, Half.Password),
            Noon + Defaults.EmergencyAnswer - TimeSpan.FromTicks(1)
        );

        Assert.Equal(new Approval.Refused(Refusal.TooLate), late);
        Assert.IsType<Approval.Taken>(last);
    }

    [Fact]
    public void A_planned_request_can_be_approved_until_some_time_after_its_start()
    {
        var request = AskedBy(Rita, start: At(600));

        var late = request.Approve(Keeper(Paul, Half.Password), At(600) + Defaults.PlannedAnswer);
        var afterTheStart = request.Approve(Keeper(Paul, Half.Password), At(601));

        Assert.Equal(new Approval.Refused(Refusal.TooLate), late);
        Assert.IsType<Approval.Taken>(afterTheStart);
    }

    [Fact]
    public void A_rotation_is_nobodys_own_request_so_two_groups_of_two_can_take_it()
    {
        var rotation = ARotation();

        rotation.Approve(Keeper(Paul, Half.Password), Noon);
        var approval = rotation.Approve(Keeper(Mona, Half.Mfa), Noon);

        Assert.Null(rotation.Requester);
        Assert.IsType<Approval.Completed>(approval);
    }
}
