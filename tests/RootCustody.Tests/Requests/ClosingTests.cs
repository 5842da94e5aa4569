using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class ClosingTests
{
    [Fact]
    public void A_holder_who_is_done_closes_the_window_early()
    {
        var request = AskedBy(Rita).Opened().InHand();

        var closing = request.Done(Keeper(Paul, Half.Password), Clean, At(20));

        Assert.Equal(new Closing.Closed(Cleanly: true), closing);
        Assert.Equal(RequestState.Closed, request.State);
        Assert.Equal(At(20), request.Closes);
        Assert.True(request.IsCleanlyClosed);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "an access key")]
    public void A_window_that_leaves_something_behind_is_not_cleanly_closed(bool signedOut, string left)
    {
        var request = AskedBy(Rita).Opened().InHand();

        var closing = request.Done(Keeper(Mona, Half.Mfa), new ClosingAnswer(signedOut, left, "Done."), At(20));

        Assert.Equal(new Closing.Closed(Cleanly: false), closing);
        Assert.False(request.IsCleanlyClosed);
    }

    [Fact]
    public void A_late_answer_makes_it_clean_but_does_not_open_or_lengthen_anything()
    {
        var request = AskedBy(Rita).Opened();
        request.Expire(At(60));
        Assert.False(request.IsCleanlyClosed);

        var closing = request.Done(Keeper(Paul, Half.Password), Clean, At(90));

        Assert.Equal(new Closing.Closed(Cleanly: true), closing);
        Assert.Equal(At(60), request.Closes);
        Assert.True(request.IsCleanlyClosed);
    }

    [Fact]
    public void A_revoked_window_can_still_be_answered_for_and_stays_revoked()
    {
        var request = AskedBy(Rita).Opened();
        request.Revoke(OnDuty(Dora), At(10));

        request.Done(Keeper(Paul, Half.Password), Clean, At(20));

        Assert.Equal(RequestState.Revoked, request.State);
        Assert.True(request.IsCleanlyClosed);
    }

    [Fact]
    public void One_answer_is_enough_and_the_second_changes_nothing()
    {
        var request = AskedBy(Rita).Opened().InHand();
        request.Done(Keeper(Paul, Half.Password), Clean, At(20));

        var closing = request.Done(Keeper(Mona, Half.Mfa), new ClosingAnswer(false, "a key", "?"), At(21));

        Assert.Equal(new Closing.Refused(Refusal.AlreadyOver), closing);
        Assert.True(request.IsCleanlyClosed);
    }

    [Fact]
    public void Only_a_holder_says_done_and_only_once_the_window_was_open()
    {
        var open = AskedBy(Rita).Opened();
        var approved = AskedBy(Rita).Approved();

        Assert.Equal(new Closing.Refused(Refusal.NotTheHolder), open.Done(OnDuty(Dora), Clean, At(1)));
        Assert.Equal(new Closing.Refused(Refusal.NotOpenYet), approved.Done(Keeper(Paul, Half.Password), Clean, At(1)));
    }

    public static TheoryData<string> WhoMayEndIt => ["a holder", "the other holder", "requester", "contact", "duty"];

    [Theory]
    [MemberData(nameof(WhoMayEndIt))]
    public void Whoever_may_ends_an_open_window_at_once(string who)
    {
        var request = AskedBy(Rita, Noon).Opened();

        var closing = request.Revoke(The(who), At(10));

        Assert.IsType<Closing.Revoked>(closing);
        Assert.Equal(RequestState.Revoked, request.State);
        Assert.Equal(At(10), request.Closes);
        Assert.False(request.Window!.IsOpenAt(At(10)));
    }

    [Theory]
    [MemberData(nameof(WhoMayEndIt))]
    public void Whoever_may_takes_a_request_back_before_it_opens(string who)
    {
        var request = AskedBy(Rita, Noon).Approved();

        var closing = request.Revoke(The(who), At(10));

        Assert.IsType<Closing.Withdrawn>(closing);
        Assert.IsType<Opening.NotNow>(request.OpenedAt(At(11)));
    }

    [Fact]
    public void Nobody_else_ends_it()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(new Closing.Refused(Refusal.NotYoursToEnd), request.Revoke(Keeper(Pia, Half.Password), At(10)));
        Assert.Equal(new Closing.Refused(Refusal.NotYoursToEnd), request.Revoke(Outsider(Max), At(10)));
        Assert.Equal(RequestState.Open, request.State);
    }

    [Fact]
    public void A_suspended_person_ends_nothing()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(
            new Closing.Refused(Refusal.Suspended),
            request.Revoke(OnDuty(Dora) with { Suspended = true }, At(10))
        );
    }

    [Fact, Trait("Law", "15")]
    public void A_holder_who_is_suspended_or_frozen_answers_nothing()
    {
        var request = AskedBy(Rita).Opened().InHand();
        var paul = Keeper(Paul, Half.Password);

        Assert.Equal(
            new Closing.Refused(Refusal.Suspended),
            request.Done(paul with { Suspended = true }, Clean, At(10))
        );
        Assert.Equal(new Closing.Refused(Refusal.Frozen), request.Done(paul with { Frozen = true }, Clean, At(10)));
        Assert.Null(request.AnsweredAt);
    }

    [Fact]
    public void A_customer_does_not_end_a_rotation_but_a_duty_manager_does()
    {
        var rotation = ARotation().Opened();

        Assert.Equal(new Closing.Refused(Refusal.NotYoursToEnd), rotation.Revoke(Contact(Rita), At(10)));
        Assert.IsType<Closing.Revoked>(rotation.Revoke(OnDuty(Dora), At(10)));
    }

    [Fact]
    public void What_is_over_cannot_be_ended_even_if_no_job_has_closed_it()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Equal(new Closing.Refused(Refusal.AlreadyOver), request.Revoke(OnDuty(Dora), At(60)));
        request.Expire(At(60));
        Assert.Equal(new Closing.Refused(Refusal.AlreadyOver), request.Revoke(OnDuty(Dora), At(61)));
    }

    [Fact]
    public void An_open_window_expires_when_its_time_is_over_and_not_before()
    {
        var request = AskedBy(Rita).Opened();

        Assert.Null(request.Expire(At(60).AddTicks(-1)));
        Assert.Equal(new Closing.Closed(Cleanly: false), request.Expire(At(60)));
        Assert.Null(request.Expire(At(61)));
    }

    [Fact]
    public void A_request_without_its_approvals_times_out()
    {
        var request = AskedBy(Rita);

        Assert.Null(request.Expire(request.AnswerBy.AddTicks(-1)));
        Assert.IsType<Closing.TimedOut>(request.Expire(request.AnswerBy));
        Assert.Equal(RequestState.TimedOut, request.State);
    }

    [Fact]
    public void A_denied_request_does_not_time_out_on_top_of_it()
    {
        var request = AskedBy(Rita);
        request.Deny(OnDuty(Dora), "No.", Noon);

        Assert.Null(request.Expire(request.AnswerBy));
        Assert.Equal(RequestState.Denied, request.State);
    }

    private static Standing The(string who) =>
        who switch
        {
            "a holder" => Keeper(Paul, Half.Password),
            "the other holder" => Keeper(Mona, Half.Mfa),
            "requester" => Outsider(Rita),
            "contact" => Contact(Max),
            _ => OnDuty(Dora),
        };

    [Fact]
    public void A_rotation_ends_cleanly_only_when_both_holders_have_attested()
    {
        var account = AnAccount();
        var rotation = ARotation(account).Opened();
        rotation.Prepare(2);
        Assert.False(rotation.IsCleanlyClosed);

        rotation.Found(Keeper(Paul, Half.Password), account, 2, [1, 2], Defaults, At(1));
        Assert.False(rotation.IsCleanlyClosed);
        rotation.Found(Keeper(Mona, Half.Mfa), account, 2, [1, 2], Defaults, At(2));

        Assert.True(rotation.IsCleanlyClosed);
    }

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void Who_attests_twice_is_told_that_they_had(Half half)
    {
        var account = AnAccount();
        var rotation = ARotation(account).Opened();
        rotation.Prepare(2);
        var holder = Keeper(half == Half.Password ? Paul : Mona, half);

        Assert.Equal(
            new Rotating.Said(half, Before: false, null),
            rotation.Found(holder, account, 2, [1, 2], Defaults, At(1))
        );
        Assert.Equal(
            new Rotating.Said(half, Before: true, null),
            rotation.Found(holder, account, 2, [1, 2], Defaults, At(2))
        );
        Assert.Equal((2, null), (rotation.FoundBy(half), rotation.FoundBy(half.Other())));
    }
}
