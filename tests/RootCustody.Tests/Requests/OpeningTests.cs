using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class OpeningTests
{
    [Fact]
    public void An_approved_emergency_opens_at_once_for_as_long_as_was_asked()
    {
        var request = AskedBy(Rita, length: TimeSpan.FromMinutes(45)).Approved();

        var opening = request.OpenedAt(At(5));

        Assert.Equal(new Opening.Opened(new Window(At(5), At(50))), opening);
        Assert.Equal(RequestState.Open, request.State);
    }

    [Fact]
    public void A_window_is_open_from_its_first_moment_to_just_before_its_last()
    {
        var window = new Window(Noon, At(60));

        Assert.False(window.IsOpenAt(Noon.AddTicks(-1)));
        Assert.True(window.IsOpenAt(Noon));
        Assert.True(window.IsOpenAt(At(60).AddTicks(-1)));
        Assert.False(window.IsOpenAt(At(60)));
    }

    [Fact]
    public void A_planned_window_waits_for_its_start()
    {
        var request = AskedBy(Rita, start: At(120)).Approved();

        var early = request.OpenedAt(At(120).AddTicks(-1));
        var due = request.OpenedAt(At(120));

        Assert.IsType<Opening.Waits>(early);
        Assert.Equal(new Opening.Opened(new Window(At(120), At(180))), due);
    }

    [Fact]
    public void A_request_with_one_approval_does_not_open()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.IsType<Opening.NotNow>(request.OpenedAt(Noon));
    }

    [Fact]
    public void What_did_not_open_in_its_time_does_not_open_later()
    {
        var request = AskedBy(Rita).Approved();

        Assert.IsType<Opening.NotNow>(request.OpenedAt(request.AnswerBy));
    }

    [Fact]
    public void What_has_timed_out_does_not_open()
    {
        var request = AskedBy(Rita).Approved();
        request.Expire(request.AnswerBy);

        Assert.Equal(RequestState.TimedOut, request.State);
        Assert.IsType<Opening.NotNow>(request.OpenedAt(Noon));
    }

    [Theory]
    [InlineData(RequestKind.Planned)]
    [InlineData(RequestKind.Rotation)]
    public void An_emergency_ends_a_window_that_is_none(RequestKind kind)
    {
        var other = (kind == RequestKind.Planned ? AskedBy(Rita, start: At(1)) : ARotation()).Opened();
        var emergency = AskedBy(Rita).Approved();

        var opening = emergency.OpenedAt(At(10), other);

        Assert.IsType<Opening.Opened>(opening);
        Assert.Equal(RequestState.Revoked, other.State);
        Assert.Equal(At(10), other.Closes);
    }

    [Fact]
    public void An_emergency_waits_for_another_emergency()
    {
        var other = AskedBy(Rita).Opened();
        var emergency = AskedBy(Rita).Approved();

        var opening = emergency.OpenedAt(At(10), other);

        Assert.IsType<Opening.Waits>(opening);
        Assert.Equal(RequestState.Open, other.State);
        Assert.Equal(At(60), other.Closes);
    }

    [Theory]
    [InlineData(RequestKind.Planned)]
    [InlineData(RequestKind.Rotation)]
    public void Whatever_is_no_emergency_waits_for_an_open_window(RequestKind kind)
    {
        var other = ARotation().Opened();
        var waiting = (kind == RequestKind.Planned ? AskedBy(Rita, start: At(10)) : ARotation()).Approved();

        var opening = waiting.OpenedAt(At(20), other);

        Assert.IsType<Opening.Waits>(opening);
        Assert.Equal(RequestState.Open, other.State);
    }

    [Fact]
    public void A_window_whose_time_is_over_holds_nobody_up_though_no_job_has_closed_it()
    {
        var other = AskedBy(Rita, length: TimeSpan.FromMinutes(10)).Opened();
        var emergency = AskedBy(Rita).Approved();

        var opening = emergency.OpenedAt(At(10), other);

        Assert.IsType<Opening.Opened>(opening);
        Assert.Equal(At(10), other.Closes);
    }

    [Fact]
    public void An_approved_emergency_does_not_time_out_while_another_ones_window_is_open()
    {
        var other = AskedBy(Rita, length: TimeSpan.FromHours(3)).Opened();
        var waiting = AskedBy(Rita).Approved();
        Assert.IsType<Opening.Waits>(waiting.OpenedAt(At(10), other));

        Assert.Null(waiting.Expire(At(170)));
        other.Expire(At(180));

        Assert.IsType<Opening.Opened>(waiting.OpenedAt(At(181), null));
    }

    [Fact]
    public void Nobody_is_said_to_have_been_silent_who_approved()
    {
        var request = AskedBy(Rita, start: At(10)).Approved();

        Assert.Equal(new Closing.TimedOut(Approved: true), request.Expire(At(40)));
        Assert.Equal(new Closing.TimedOut(Approved: false), AskedBy(Rita).Expire(At(30)));
    }

    public static TheoryData<string, Refusal> WhatCanHaveChanged =>
        new()
        {
            { "dismissed", Refusal.NotACustodian },
            { "moved", Refusal.NotACustodian },
            { "suspended", Refusal.Suspended },
            { "has seen the password", Refusal.HasSeenTheOtherHalf },
        };

    [Theory]
    [MemberData(nameof(WhatCanHaveChanged))]
    public void An_approver_who_may_no_longer_hold_makes_room_for_another(string changed, Refusal why)
    {
        var request = AskedBy(Rita).Approved();
        var mona = Keeper(Mona, Half.Mfa);
        var now = changed switch
        {
            "dismissed" => mona with { Keeps = null },
            "moved" => mona with { Keeps = Half.Password },
            "suspended" => mona with { Suspended = true },
            _ => mona with { SeenPassword = true },
        };

        var opening = request.Open(Holders(Keeper(Paul, Half.Password), now), null, At(5));

        Assert.Equal(new Opening.Voided(Half.Mfa, Mona, why), opening);
        Assert.Equal(RequestState.Asked, request.State);
        Assert.Null(request.MfaApprover);
        Assert.Equal(Paul, request.PasswordApprover);
        Assert.IsType<Approval.Completed>(request.Approve(Keeper(Max, Half.Mfa), At(6)));
    }

    [Fact]
    public void An_emergency_whose_approval_is_void_ends_no_other_window()
    {
        var other = ARotation().Opened();
        var emergency = AskedBy(Rita).Approved();

        emergency.Open(Holders(Keeper(Paul, Half.Password), Outsider(Mona)), other, At(5));

        Assert.Equal(RequestState.Open, other.State);
    }

    [Fact, Trait("Law", "16")]
    public void Nothing_opens_on_an_empty_list_of_holders()
    {
        var request = AskedBy(Rita).Approved();

        var opening = request.Open(new Dictionary<Half, Standing>(), null, Noon);

        Assert.IsNotType<Opening.Opened>(opening);
        Assert.Null(request.Window);
    }

    [Fact, Trait("Law", "16")]
    public void Nothing_opens_on_the_standing_of_someone_who_did_not_approve()
    {
        var request = AskedBy(Rita).Approved();

        var opening = request.Open(Holders(Keeper(Paul, Half.Password), Keeper(Max, Half.Mfa)), null, Noon);

        Assert.IsNotType<Opening.Opened>(opening);
    }

    private static Dictionary<Half, Standing> Holders(Standing password, Standing mfa) =>
        new() { [Half.Password] = password, [Half.Mfa] = mfa };

    [Fact]
    public void An_emergency_that_waits_for_another_still_has_its_own_time_to_answer()
    {
        var waiting = AskedBy(Rita).Approved();
        var answerBy = waiting.AnswerBy;

        Assert.IsType<Opening.Waits>(waiting.OpenedAt(At(1), AskedBy(Rita, length: TimeSpan.FromMinutes(5)).Opened()));

        Assert.Equal(answerBy, waiting.AnswerBy);
    }
}
