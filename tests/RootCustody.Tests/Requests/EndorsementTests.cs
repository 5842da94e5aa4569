using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class EndorsementTests
{
    private static readonly PersonId Ravi = PersonId.New(Noon);
    private static readonly PersonId Dag = PersonId.New(Noon);

    [Fact]
    public void Custodians_wait_for_the_second_contact_where_policy_wants_one()
    {
        var request = Strict();

        Assert.Equal(new Approval.Refused(Refusal.WaitsForContact), request.Approve(Keeper(Paul, Half.Password), Noon));
        Assert.IsType<Endorsement.ByContact>(request.Endorse(Contact(Ravi), At(1)));
        Assert.Equal(new Approval.Taken(Half.Password), request.Approve(Keeper(Paul, Half.Password), At(2)));
        Assert.Equal(Ravi, request.ContactApprover);
    }

    [Fact]
    public void The_window_waits_for_the_duty_manager_where_policy_wants_one()
    {
        var request = Strict();
        request.Endorse(Contact(Ravi), Noon);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.Equal(new Approval.Taken(Half.Mfa), request.Approve(Keeper(Mona, Half.Mfa), At(1)));
        Assert.Equal(RequestState.Asked, request.State);
        Assert.Equal(new Endorsement.ByDutyManager(Completed: true), request.Endorse(OnDuty(Dora), At(2)));
        Assert.Equal(RequestState.Approved, request.State);
        Assert.Equal(At(2), request.ApprovedAt);
        Assert.Equal(Dora, request.DutyApprover);
    }

    [Fact]
    public void The_duty_manager_may_come_first()
    {
        var request = Strict();
        request.Endorse(Contact(Ravi), Noon);

        Assert.Equal(new Endorsement.ByDutyManager(Completed: false), request.Endorse(OnDuty(Dora), At(1)));
        request.Approve(Keeper(Paul, Half.Password), At(2));
        Assert.Equal(new Approval.Completed(Half.Mfa), request.Approve(Keeper(Mona, Half.Mfa), At(3)));
    }

    [Fact, Trait("Law", "2")]
    public void Nobody_endorses_what_they_asked_for_or_hold()
    {
        var request = Strict();
        Assert.Equal(new Endorsement.Refused(Refusal.OwnRequest), request.Endorse(Contact(Rita), Noon));
        request.Endorse(Contact(Ravi), Noon);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        Assert.Equal(new Endorsement.Refused(Refusal.YouApproved), request.Endorse(OnDuty(Paul), At(1)));
        Assert.Equal(new Endorsement.Refused(Refusal.YouApproved), request.Endorse(OnDuty(Ravi), At(1)));
    }

    [Fact]
    public void Only_the_people_whom_policy_wants_endorse_and_only_when_it_is_their_turn()
    {
        var request = Strict();

        Assert.Equal(new Endorsement.Refused(Refusal.NotYoursToEndorse), request.Endorse(OnDuty(Dora), Noon));
        Assert.Equal(new Endorsement.Refused(Refusal.NotYoursToEndorse), request.Endorse(Outsider(Max), Noon));
        request.Endorse(Contact(Ravi), Noon);
        Assert.Equal(new Endorsement.Refused(Refusal.NotYoursToEndorse), request.Endorse(Contact(Ravi), Noon));
        request.Endorse(OnDuty(Dora), Noon);
        Assert.Equal(new Endorsement.Refused(Refusal.NotYoursToEndorse), request.Endorse(OnDuty(Dag), Noon));
        Assert.Equal(new Endorsement.Refused(Refusal.NotYoursToEndorse), AskedBy(Rita).Endorse(OnDuty(Dora), Noon));
    }

    [Fact]
    public void Nobody_endorses_who_is_suspended_frozen_named_or_new_or_after_the_time()
    {
        var contact = Contact(Ravi);

        Assert.Equal(
            new Endorsement.Refused(Refusal.Suspended),
            Strict().Endorse(contact with { Suspended = true }, Noon)
        );
        Assert.Equal(new Endorsement.Refused(Refusal.Frozen), Strict().Endorse(contact with { Frozen = true }, Noon));
        Assert.Equal(
            new Endorsement.Refused(Refusal.CoolsOff),
            Strict().Endorse(contact with { CoolsOff = true }, Noon)
        );
        Assert.Equal(new Endorsement.Refused(Refusal.NamedAsDanger), Naming(Ravi).Endorse(contact, Noon));
        Assert.Equal(new Endorsement.Refused(Refusal.TooLate), Strict().Endorse(contact, Strict().AnswerBy));
        Assert.Equal(
            new Endorsement.Refused(Refusal.AlreadyDecided),
            AskedBy(Rita).Approved().Endorse(OnDuty(Dora), Noon)
        );
    }

    [Fact]
    public void An_emergency_waits_for_nobody_but_its_custodians()
    {
        var account = AnAccount();
        var policy = new Policy { CustomerApprover = true, DutyTasks = RootTask.Catalogue[0].Id };

        var request = Request.Of(AnAsk(account), account, Rita, policy, Noon).Approved();

        Assert.Equal(RequestState.Approved, request.State);
        Assert.False(request.NeedsContact);
        Assert.False(request.NeedsDuty);
    }
}
