using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

/// <summary>Attacks by an insider: no one person blocks an emergency (design 3).</summary>
public class EmergencyTests
{
    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void A_holder_who_wants_to_end_an_emergency_ends_their_own_part_only(Half half)
    {
        var request = AskedBy(Rita).Opened();
        var holder = half == Half.Password ? Paul : Mona;

        Assert.Equal(new Closing.SteppedBack(half), request.Revoke(Keeper(holder, half), At(5)));
        Assert.Equal(RequestState.Open, request.State);
        Assert.True(request.Window!.IsOpenAt(At(6)));
        Assert.Null(request.ApproverOf(half));
    }

    [Fact]
    public void Done_does_not_end_an_emergency_before_both_halves_were_in_hand()
    {
        var request = AskedBy(Rita).Opened();
        request.InHand(Half.Password, At(1));

        Assert.Equal(
            new Closing.Refused(Refusal.NotBothInHand),
            request.Done(Keeper(Paul, Half.Password), Clean, At(5))
        );
        request.InHand(Half.Mfa, At(6));
        Assert.Equal(new Closing.Closed(true), request.Done(Keeper(Paul, Half.Password), Clean, At(7)));
    }

    [Theory]
    [InlineData(RequestKind.Planned)]
    [InlineData(RequestKind.Drill)]
    public void What_is_no_emergency_is_done_when_its_holder_says_so(RequestKind kind)
    {
        var request = (kind == RequestKind.Drill ? ADrill(null) : AskedBy(Rita, Noon)).Opened();

        Assert.Equal(new Closing.Closed(true), request.Done(Keeper(Paul, Half.Password), Clean, At(5)));
    }

    [Fact]
    public void Whom_it_names_can_neither_withdraw_deny_nor_hold()
    {
        Assert.Equal(new Closing.Refused(Refusal.NamedAsDanger), Naming(Max).Revoke(Contact(Max), At(1)));
        Assert.Equal(new Closing.Refused(Refusal.NamedAsDanger), Naming(Dora).Opened().Revoke(OnDuty(Dora), At(1)));
        Assert.Equal(
            new Denying.Refused(Refusal.NamedAsDanger),
            Naming(Paul).Deny(Keeper(Paul, Half.Password), "No.", At(1))
        );
        Assert.Equal(
            new Approval.Refused(Refusal.NamedAsDanger),
            Naming(Paul).Approve(Keeper(Paul, Half.Password), At(1))
        );
        Assert.Equal([Paul, Max], Naming(Paul, Max, Paul).Named.Select(n => n.Person));
    }

    [Fact]
    public void Others_end_it_though_somebody_is_named()
    {
        Assert.IsType<Closing.Withdrawn>(Naming(Paul).Revoke(Contact(Max), At(1)));
        Assert.IsType<Closing.Revoked>(Naming(Max).Opened().Revoke(OnDuty(Dora), At(1)));
    }

    [Fact]
    public void Nobody_frozen_ends_or_denies_anything()
    {
        Assert.Equal(
            new Closing.Refused(Refusal.Frozen),
            AskedBy(Rita).Revoke(OnDuty(Dora) with { Frozen = true }, At(1))
        );
        Assert.Equal(
            new Denying.Refused(Refusal.Frozen),
            AskedBy(Rita).Deny(OnDuty(Dora) with { Frozen = true }, "No.", At(1))
        );
    }

    [Fact]
    public void A_drill_gives_way_to_everything_and_ends_nothing()
    {
        foreach (var other in (Request[])[AskedBy(Rita), AskedBy(Rita, Noon), ARotation()])
        {
            var drill = ADrill(null).Opened();
            Assert.IsType<Opening.Opened>(other.Approved().OpenedAt(At(1), drill));
            Assert.Equal(RequestState.Revoked, drill.State);

            var second = ADrill(null).Approved();
            Assert.IsType<Opening.Waits>(second.OpenedAt(At(2), other));
        }
        Assert.IsType<Opening.Waits>(ADrill(null).Approved().OpenedAt(At(2), ADrill(null).Opened()));
    }

    [Fact]
    public void One_denial_ends_a_drill()
    {
        Assert.IsType<Denying.Ended>(ADrill(null).Deny(Keeper(Paul, Half.Password), "Not today.", At(1)));
    }
}
