using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class EditTests
{
    [Fact]
    public void An_edit_voids_the_approvals_that_were_given()
    {
        var request = AskedBy(Rita);
        request.Approve(Keeper(Paul, Half.Password), Noon);

        var edited = Edit(request, At(5));

        Assert.Equal([Half.Password], Assert.IsType<Editing.Edited>(edited).Voided);
        Assert.Null(request.PasswordApprover);
        Assert.Null(request.FirstApprovalAt);
        Assert.Equal("Something else has to be done.", request.Justification);
        Assert.Equal(At(5) + Defaults.EmergencyAnswer, request.AnswerBy);
        Assert.Equal(1, request.Edits);
    }

    [Fact]
    public void Nobody_approves_what_they_have_not_read()
    {
        var request = AskedBy(Rita);
        Edit(request, At(5));

        Assert.Equal(
            new Approval.Refused(Refusal.Edited),
            request.Approve(Keeper(Paul, Half.Password), At(6), read: 0)
        );
        Assert.Equal(new Approval.Taken(Half.Password), request.Approve(Keeper(Paul, Half.Password), At(6), read: 1));
    }

    [Fact]
    public void An_edit_voids_what_a_second_contact_and_the_duty_manager_approved()
    {
        var request = Strict();
        request.Endorse(Contact(Max), Noon);
        request.Endorse(OnDuty(Dora), Noon);

        var account = AnAccount();
        var policy = new Policy { CustomerApprover = true, DutyTasks = RootTask.Catalogue[0].Id };
        request.Edit(Contact(Rita), AnAsk(account, At(90)), policy, At(5));

        Assert.True(request.AwaitsContact);
        Assert.True(request.AwaitsDuty);
        Assert.Equal(At(90), request.Start);
    }

    [Fact]
    public void Who_denied_or_stepped_back_stays_out_after_an_edit()
    {
        var request = AskedBy(Rita);
        request.Deny(Keeper(Paul, Half.Password), "No.", Noon);
        request.Approve(Keeper(Mona, Half.Mfa), Noon);
        request.HandBack(Keeper(Mona, Half.Mfa), At(1));

        Edit(request, At(5));

        Assert.Equal(
            new Approval.Refused(Refusal.YouDenied),
            request.Approve(Keeper(Paul, Half.Password), At(6), read: 1)
        );
        Assert.Equal(
            new Approval.Refused(Refusal.YouSteppedBack),
            request.Approve(Keeper(Mona, Half.Mfa), At(6), read: 1)
        );
    }

    [Fact]
    public void Only_the_requester_edits_and_only_before_the_last_approval()
    {
        Assert.Equal(Refused(Refusal.NotYoursToEdit), Edit(AskedBy(Rita), At(5), Contact(Max)));
        Assert.Equal(Refused(Refusal.NotYoursToEdit), Edit(ARotation(), At(5), Contact(Max)));
        Assert.Equal(Refused(Refusal.NotYoursToEdit), Edit(ADrill(Dora), At(5), OnDuty(Dora)));
        Assert.Equal(Refused(Refusal.AlreadyDecided), Edit(AskedBy(Rita).Approved(), At(5)));
        Assert.Equal(Refused(Refusal.TooLate), Edit(AskedBy(Rita), Noon + Defaults.EmergencyAnswer));
        Assert.Equal(Refused(Refusal.Suspended), Edit(AskedBy(Rita), At(5), Contact(Rita) with { Suspended = true }));
        Assert.Equal(Refused(Refusal.Frozen), Edit(AskedBy(Rita), At(5), Contact(Rita) with { Frozen = true }));
    }

    private static Editing Edit(Request request, DateTimeOffset now, Standing? by = null) =>
        request.Edit(
            by ?? Contact(Rita),
            AnAsk(AnAccount()) with
            {
                Justification = "Something else has to be done.",
            },
            Defaults,
            now
        );

    private static Editing.Refused Refused(Refusal why) => new(why);

    [Fact]
    public void An_edit_says_anew_who_is_the_danger()
    {
        var request = Naming(Paul, Max);

        request.Edit(Contact(Rita), AnAsk(AnAccount()) with { Named = [Max] }, Defaults, At(5));

        Assert.False(request.Names(Paul));
        Assert.True(request.Names(Max));
    }
}
