using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

public sealed class LeaveTests
{
    [DatabaseFact]
    public async Task Someone_suspended_loses_every_pending_card_at_once_and_no_later_step_brings_its_buttons_back()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        Assert.NotEmpty(Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Paul)).Choices);

        await SuspendAsync(stage, Stage.Paul);
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        Assert.Empty(Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Paul)).Choices);
        Assert.NotEmpty(Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Petra)).Choices);
    }

    [DatabaseFact]
    public async Task The_old_card_of_someone_suspended_does_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await SuspendAsync(stage, Stage.Paul);

        var approve = await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        var reveal = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());

        Assert.Equal(Sentences.For(Refusal.Suspended), Assert.IsType<Reply.Said>(approve).Text);
        Assert.Equal(Sentences.For(Refusal.Suspended), Assert.IsType<Reply.Said>(reveal).Text);
        Assert.Null((await stage.RequestAsync(id)).PasswordApprover);
    }

    [DatabaseFact]
    public async Task The_half_of_someone_suspended_goes_to_a_colleague()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var shown = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, shown);

        await SuspendAsync(stage, Stage.Paul);
        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());

        var request = await stage.RequestAsync(id);
        Assert.Equal(RequestState.Open, request.State);
        Assert.Equal(stage.People[Stage.Petra], request.PasswordApprover);
        Assert.Equal(StepBackReason.Lost, Assert.Single(request.StepBacks).Reason);
        Assert.Empty(Assert.Single(await stage.CardsAsync(Purpose.Pointer, Stage.Paul)).Choices);
        await Eventually.TrueAsync(() => Task.FromResult(shown.RemovedAfterShown));
    }

    [DatabaseFact, Trait("Law", "11")]
    public async Task If_nobody_is_left_for_the_half_the_duty_manager_is_called()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await SuspendAsync(stage, Stage.Petra);

        await SuspendAsync(stage, Stage.Paul);

        var call = Assert.Single(await stage.CardsAsync(Purpose.DutyCall));
        Assert.Contains("Nobody may hold the password half", call.Lines[0], StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_suspended_duty_manager_loses_the_card_of_a_call()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(
            Stage.Paul,
            Actions.Deny,
            id.ToString(),
            submits: true,
            inputs: [("reason", "I do not believe it.")]
        );
        Assert.NotEmpty(Assert.Single(await stage.CardsAsync(Purpose.DutyCall)).Choices);

        await SuspendAsync(stage, Stage.Dora);

        Assert.Empty(Assert.Single(await stage.CardsAsync(Purpose.DutyCall)).Choices);
    }

    [DatabaseFact]
    public async Task Someone_reinstated_is_asked_on_a_new_card_and_has_no_part_in_what_they_lost()
    {
        await using var stage = await Stage.SetAsync();
        var lost = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, lost.ToString());
        await SuspendAsync(stage, Stage.Paul);
        await stage.DecideAsync(async db => (await db.People.SingleAsync(p => p.Key == Stage.Paul)).Reinstate());

        var reply = await stage.ClickAsync(Stage.Paul, Actions.Approve, lost.ToString());
        await stage.AskAsync();

        Assert.Equal(Sentences.For(Refusal.YouSteppedBack), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Paul), card => card.Choices.Count > 0);
    }

    [DatabaseFact]
    public async Task An_account_that_left_its_platform_is_unlinked_and_remembered()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        var identity = stage.UserOf(Stage.Paul);

        Assert.IsType<Reply.Nothing>(await stage.ClickAsync(Stage.Paul, Actions.Left));

        Assert.False(await stage.InDbAsync(db => db.Identities.AnyAsync(i => i.User == identity.User)));
        var former = await stage.InDbAsync(db => db.FormerIdentities.SingleAsync());
        Assert.Equal((identity.User, stage.People[Stage.Paul]), (former.User, former.Person));
        Assert.Null((await stage.RequestAsync(id)).PasswordApprover);
        Assert.Empty(Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Paul)).Choices);
        Assert.Contains(
            "is out",
            Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Title,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "I do not know you",
            Assert.IsType<Reply.Said>(await stage.ClickAsync(Stage.Paul, Actions.Status)).Text,
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task Whoever_has_another_chat_account_goes_on_with_it()
    {
        await using var stage = await Stage.SetAsync();
        var second = new ChatUser(ChatPlatform.Teams, Stage.ProviderRealm, "aad-second");
        await stage.DecideAsync(async db =>
            (await db.People.SingleAsync(p => p.Key == Stage.Paul)).Link(second, db.Now, db.Now)
        );
        var held = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, held.ToString());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var open = await stage.AskAsync();

        await stage.ClickAsync(Stage.Paul, Actions.Left);
        var reply = await stage.ClickAsync(second, Actions.Approve, open.ToString());

        Assert.IsType<Reply.Drawn>(reply);
        Assert.Null((await stage.RequestAsync(held)).PasswordApprover);
        var notice = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
        Assert.Equal(Choice.NotMe, Assert.Single(notice.Choices));
    }

    [DatabaseFact]
    public async Task Whoever_throws_the_bot_out_loses_their_part_and_stays_linked()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        await stage.ClickAsync(Stage.Paul, Actions.Uninstalled);
        await stage.ClickAsync(Stage.Paul, Actions.Uninstalled); // Teams says it in two ways

        Assert.Null((await stage.RequestAsync(id)).PasswordApprover);
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Status));
    }

    [DatabaseFact]
    public async Task A_courier_that_is_thrown_out_takes_nothing_away()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await stage.ClickAsync(Stage.Paul, Actions.Uninstalled, bot: Bot.Password);

        Assert.Equal(stage.People[Stage.Paul], (await stage.RequestAsync(id)).PasswordApprover);
    }

    [DatabaseFact, Trait("Law", "14")]
    public async Task The_password_that_a_leaver_knows_is_to_be_rotated_and_the_others_are_asked()
    {
        await using var stage = await Stage.SetAsync();
        await KnowsPasswordAsync(stage, Stage.Paul);

        var leaving = await SuspendAsync(stage, Stage.Paul);

        Assert.Contains("to be rotated", Assert.Single(leaving.Knows), StringComparison.Ordinal);
        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.True(await stage.InDbAsync(db => db.Requests.AnyAsync(r => r.Kind == RequestKind.Rotation)));
    }

    [DatabaseFact, Trait("Law", "1")]
    public async Task A_code_that_a_leaver_saw_opens_no_rotation()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        await stage.ClickAsync(Stage.Rita, Actions.Revoke, id.ToString(), submits: true);

        var leaving = await SuspendAsync(stage, Stage.Mona);

        Assert.Contains("MFA half", Assert.Single(leaving.Knows), StringComparison.Ordinal);
        Assert.Null((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
    }

    [DatabaseFact]
    public async Task The_report_names_what_they_keep_and_what_loses_coverage_and_goes_to_those_in_charge()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            db.Keepers.Add(Keeper.Of(stage.Account, stage.People[Stage.Paul], KeptThing.RootMailbox, "aws@", db.Now));
            return Task.CompletedTask;
        });

        var leaving = await SuspendAsync(stage, Stage.Paul);

        Assert.Contains("root mailbox aws@", Assert.Single(leaving.Keeps), StringComparison.Ordinal);
        Assert.Contains(
            "one person only can hold the password half",
            Assert.Single(leaving.Uncovered),
            StringComparison.Ordinal
        );
        foreach (var person in (string[])[Stage.Dora, Stage.Ada, Stage.Abe, Stage.Alma])
            Assert.Equal(2, Assert.Single(await stage.CardsAsync(Purpose.Notice, person)).Facts.Count);
    }

    [DatabaseFact]
    public async Task Coverage_counts_those_who_may_hold_and_not_those_who_are_listed()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            // Petra keeps the phone, which opens the other half
            db.Keepers.Add(Keeper.Of(stage.Account, stage.People[Stage.Petra], KeptThing.RootPhone, "", db.Now));
            return Task.CompletedTask;
        });

        var leaving = await SuspendAsync(stage, Stage.Paul);

        Assert.Contains(
            "nobody can hold the password half",
            Assert.Single(leaving.Uncovered),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact, Trait("Law", "14")]
    public async Task Whoever_leaves_a_group_is_reported_for_its_accounts_only()
    {
        await using var stage = await Stage.SetAsync();
        await KnowsPasswordAsync(stage, Stage.Paul);

        var elsewhere = await MoveAsync(stage, AccountId.New(Stage.Noon));
        Assert.Null((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        var here = await MoveAsync(stage, stage.Account);

        Assert.Empty(elsewhere.Lines);
        Assert.Single(here.Knows);
        Assert.Single(here.Uncovered);
        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
    }

    /// <summary>They were shown the password in a rotation, which leaves no debt.</summary>
    private static Task KnowsPasswordAsync(Stage stage, string person) =>
        stage.DecideAsync(db =>
        {
            db.Exposures.Add(
                RootCustody.Reveals.Exposure.FromBirth(stage.Account, Half.Password, 1, stage.People[person], db.Now)
            );
            return Task.CompletedTask;
        });

    private static async Task<Leaving> MoveAsync(Stage stage, AccountId account)
    {
        Leaving? leaving = null;
        await using var scope = stage.Scope();
        var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
        var report = scope.ServiceProvider.GetRequiredService<LeaverReport>();
        await db.DecideAsync(
            async () =>
            {
                var paul = await db.People.SingleAsync(p => p.Key == Stage.Paul);
                return leaving = await report.AfterAsync(paul, [account], CancellationToken.None);
            },
            CancellationToken.None
        );
        return leaving!;
    }

    private static async Task<Leaving> SuspendAsync(Stage stage, string key)
    {
        Leaving? leaving = null;
        await stage.RunAsync<Leave>(async leave => leaving = await leave.SuspendAsync(key, CancellationToken.None));
        return leaving!;
    }
}
