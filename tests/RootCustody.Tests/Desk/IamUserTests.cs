using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk;

/// <summary>An IAM user in custody, beside the root user of the same account.</summary>
public sealed class IamUserTests
{
    private const string Number = IamUsers.Number;

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Its_two_halves_go_to_two_people_whose_cards_say_which_user_it_is()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        var id = await IamUsers.OpenAsync(stage, user);
        var (password, code) = (new Screen(), new Screen());

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, password));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, code));

        Assert.Equal(32, Assert.Single(password.Lines).Length);
        Assert.Matches("^[0-9]{6}$", Assert.Single(code.Lines));
        foreach (var purpose in (Purpose[])[Purpose.Approval, Purpose.Pointer, Purpose.Thread])
        {
            var cards = await stage.CardsAsync(purpose);
            Assert.NotEmpty(cards);
            Assert.All(cards, c => Assert.Contains(c.Facts, f => f.Value == $"Deployer ({Number})"));
        }
        Assert.All(
            await stage.CardsAsync(Purpose.Pointer),
            c =>
                Assert.Contains(c.Facts, f => f.Value == "deploy at https://111122223333.signin.aws.amazon.com/console")
        );
        Assert.Contains(
            await stage.CardsAsync(Purpose.Approval, Stage.Petra),
            c => c.Facts.Contains(new Fact("Task", RootTask.AsUser.Name))
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Nobody_is_shown_both_halves_and_nobody_alone_opens_a_window()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await IamUsers.SubmitAskAsync(stage, user, RootTask.AsUser.Id);
        var id = await stage.InDbAsync(db => db.Requests.Select(r => r.Id).SingleAsync());

        await stage.ClickAsync(Stage.Rita, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Mfa, new Screen()));
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Password, new Screen()));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task Its_password_is_rotated_in_its_own_words_and_roots_is_another()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        var old = new Screen();
        await stage.RevealAsync(Stage.Paul, await IamUsers.OpenAsync(stage, user), Half.Password, old);
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.NotNull((await IamUsers.OfAsync(stage, user)).OwesSince);
        Assert.Null((await IamUsers.OfAsync(stage, stage.Account)).OwesSince);

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await RotationAsync(stage);
        Assert.Equal(user, rotation.Account);
        await IamUsers.ApproveAsync(stage, rotation.Id, Stage.Petra, Stage.Mike);
        var shown = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Petra, rotation.Id, Half.Password, shown));
        var card = Assert.Single(
            await stage.CardsAsync(Purpose.Approval, Stage.Petra),
            c => c.Title.StartsWith("Rotation", StringComparison.Ordinal)
        );
        Assert.Contains(card.Lines, l => l.Contains("Update password at Console sign-in", StringComparison.Ordinal));
        Assert.DoesNotContain(card.Lines, l => l.Contains("Root user", StringComparison.Ordinal));
        await stage.ClickAsync(Stage.Petra, Actions.Rotated, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, rotation.Id.ToString());

        Assert.Equal(old.Lines[0], shown.Lines[0]);
        Assert.Equal(
            (2, null),
            (await IamUsers.OfAsync(stage, user)) is var after ? (after.PasswordGeneration, after.OwesSince) : default
        );
        Assert.Equal(1, (await IamUsers.OfAsync(stage, stage.Account)).PasswordGeneration);
    }

    [DatabaseFact]
    public async Task If_no_password_signs_in_an_administrator_of_the_account_is_called_and_no_mailbox()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await stage.DecideAsync(db =>
        {
            db.Keepers.Add(
                Keeper.Of(user, stage.People[Stage.Dora], KeptThing.AccountAdministration, "role Admin", db.Now)
            );
            return Task.CompletedTask;
        });
        await stage.DecideAsync(async db =>
            (await db.Accounts.SingleAsync(a => a.Id == user)).Owe(stage.Policy, db.Now)
        );
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await RotationAsync(stage);
        await IamUsers.ApproveAsync(stage, rotation.Id, Stage.Paul, Stage.Mona);
        await stage.RevealAsync(Stage.Paul, rotation.Id, Half.Password, new Screen());

        await NoneAsync(Stage.Paul);
        var lost = Assert.IsType<Reply.Drawn>(await NoneAsync(Stage.Mona)).Card;

        Assert.Contains(lost.Lines, l => l.Contains("Manage console access", StringComparison.Ordinal));
        Assert.DoesNotContain(lost.Lines, l => l.Contains("Forgot", StringComparison.Ordinal));
        var call = Assert.Single(await stage.CardsAsync(Purpose.DutyCall));
        Assert.Contains("together with dora: they set another password", call.Lines[0], StringComparison.Ordinal);

        Task<Reply> NoneAsync(string who) =>
            stage.ClickAsync(
                who,
                Actions.NotRotated,
                rotation.Id.ToString(),
                submits: true,
                inputs: [("found", Request.NoneSignsIn.ToString(CultureInfo.InvariantCulture))]
            );
    }

    [DatabaseFact]
    public async Task An_IAM_user_is_asked_for_to_work_as_it_and_root_for_what_only_root_can_do()
    {
        await using var stage = await Stage.SetAsync();
        var before = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Rita, Actions.Request)).Form;
        var user = await IamUsers.InCustodyAsync(stage);

        var form = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Rita, Actions.Request)).Form;
        var asUser = Assert.IsType<Reply.Corrected>(await IamUsers.SubmitAskAsync(stage, user, "lock-out"));
        var asRoot = Assert.IsType<Reply.Corrected>(
            await IamUsers.SubmitAskAsync(stage, stage.Account, RootTask.AsUser.Id)
        );

        Assert.DoesNotContain(TasksOf(before), o => o.Value == RootTask.AsUser.Id);
        Assert.Contains(TasksOf(form), o => o.Value == RootTask.AsUser.Id);
        Assert.Contains(
            form.Fields.OfType<Field.Pick>().Single(f => f.Id == "account").Options,
            o => o.Text == $"Deployer ({Number})"
        );
        Assert.Equal("task", Assert.Single(asUser.Errors).Key);
        Assert.Equal("task", Assert.Single(asRoot.Errors).Key);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [DatabaseFact]
    public async Task An_edit_cannot_make_work_as_an_IAM_user_a_root_task()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await IamUsers.SubmitAskAsync(stage, user, RootTask.AsUser.Id);
        var id = (await stage.InDbAsync(db => db.Requests.Select(r => r.Id).SingleAsync())).ToString();

        var form = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Rita, Actions.Edit, id)).Form;
        var refused = await stage.ClickAsync(
            Stage.Rita,
            Actions.Edit,
            id,
            submits: true,
            inputs: [("task", "lock-out")]
        );
        var saved = await stage.ClickAsync(Stage.Rita, Actions.Edit, id, submits: true, inputs: [("ticket", "INC-7")]);

        Assert.Equal(RootTask.AsUser.Id, Assert.Single(TasksOf(form)).Value);
        Assert.IsType<Reply.Corrected>(refused);
        Assert.IsType<Reply.Said>(saved);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task What_was_seen_or_is_kept_of_root_bars_at_its_IAM_users_and_not_the_other_way_round()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await stage.DecideAsync(db =>
        {
            db.Keepers.Add(Keeper.Of(stage.Account, stage.People[Stage.Paul], KeptThing.RootPhone, "one", db.Now));
            db.Exposures.Add(
                RootCustody.Reveals.Exposure.FromBirth(
                    stage.Account,
                    Half.Password,
                    1,
                    stage.People[Stage.Mona],
                    db.Now
                )
            );
            db.Exposures.Add(
                RootCustody.Reveals.Exposure.FromBirth(user, Half.Password, 1, stage.People[Stage.Mike], db.Now)
            );
            return Task.CompletedTask;
        });

        Assert.True((await StandingAsync(stage, Stage.Paul, user)).OpensMfa);
        Assert.True((await StandingAsync(stage, Stage.Mona, user)).SeenPassword);
        Assert.True((await StandingAsync(stage, Stage.Mike, user)).SeenPassword);
        Assert.False((await StandingAsync(stage, Stage.Mike, stage.Account)).SeenPassword);
        Assert.False((await StandingAsync(stage, Stage.Petra, user)).OpensMfa);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task The_management_account_of_its_account_bars_too()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await stage.DecideAsync(async db =>
        {
            var root = await db.Accounts.SingleAsync(a => a.Id == stage.Account);
            var management = Account.Of(
                "999900001111",
                "Management",
                "root@provider.example",
                root.Customer,
                root.PasswordGroup,
                root.MfaGroup,
                db.Now
            );
            root.BelongTo(management.Id);
            db.Accounts.Add(management);
            db.Keepers.Add(Keeper.Of(management.Id, stage.People[Stage.Mona], KeptThing.RootMailbox, "one", db.Now));
        });

        Assert.True((await StandingAsync(stage, Stage.Mona, user)).OpensPassword);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_comes_to_keep_what_opens_root_is_refused_if_they_open_its_IAM_user_already()
    {
        await using var stage = await Stage.SetAsync();
        await IamUsers.NewAsync(stage);
        await stage.MakeAsync($"add-keeper {Number} dora device \"spare key\"");

        var refused = await stage.AdminAsync("add-keeper 111122223333 dora mailbox aws@");

        Assert.Contains(
            $"open both halves of {Number}",
            Assert.IsType<Reply.Said>(refused).Text,
            StringComparison.Ordinal
        );
    }

    [DatabaseTheory]
    [InlineData($"add-keeper {Number} dora mailbox aws@", "An IAM user has no root mailbox")]
    [InlineData($"add-keeper {Number} dora management org", "An IAM user has no administration of the management")]
    [InlineData("add-keeper 111122223333 dora administration admin", "opens IAM users only")]
    [InlineData($"add-keeper {Number} dora administration admin", "could then open both halves")]
    [InlineData($"join {Number} 111122223333", "An IAM user is where its account is")]
    [InlineData($"join 111122223333 {Number}", "An IAM user is where its account is")]
    [InlineData("close-account 111122223333/nobody", "There is no account 111122223333/nobody")]
    public async Task What_cannot_be_of_an_IAM_user_is_not_ordered(string words, string why)
    {
        await using var stage = await Stage.SetAsync();
        await IamUsers.NewAsync(stage);

        var said = Assert.IsType<Reply.Said>(await stage.AdminAsync(words)).Text;

        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task It_closes_and_reopens_with_its_account_and_stays_closed_if_it_was_closed_by_itself()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        var gone = await IamUsers.NewAsync(stage, "111122223333/gone");
        var like = await IamUsers.NewAsync(stage, "111122223334/deploy");
        var window = await IamUsers.OpenAsync(stage, user);
        await stage.MakeAsync("close-account 111122223333/gone");

        await stage.MakeAsync("close-account 111122223333");

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(window)).State);
        Assert.NotNull((await IamUsers.OfAsync(stage, user)).ClosedAt);
        Assert.Null((await IamUsers.OfAsync(stage, like)).ClosedAt);
        Assert.Contains(
            "Reopen that one",
            Assert.IsType<Reply.Said>(await stage.AdminAsync($"reopen-account {Number}")).Text,
            StringComparison.Ordinal
        );
        await stage.MakeAsync("reopen-account 111122223333");
        Assert.Null((await IamUsers.OfAsync(stage, user)).ClosedAt);
        Assert.NotNull((await IamUsers.OfAsync(stage, gone)).ClosedAt);
    }

    [DatabaseFact]
    public async Task The_register_says_what_leads_to_it_and_nothing_of_mailbox_and_phone()
    {
        await using var stage = await Stage.SetAsync();
        await IamUsers.InCustodyAsync(stage);

        var card = Assert
            .IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Register, inputs: [("text", Number)]))
            .Card;

        Assert.Equal($"Register of Deployer ({Number})", card.Title);
        Assert.Contains(
            card.Lines,
            l => l.Contains("for the IAM user deploy: Authenticator", StringComparison.Ordinal)
        );
        Assert.Contains(
            card.Lines,
            l => l.Contains("the administration of account 111122223333", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(card.Lines, l => l.Contains("root", StringComparison.OrdinalIgnoreCase));
    }

    [DatabaseFact]
    public async Task Its_posture_is_that_of_its_groups_and_says_what_is_not_looked_at()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await stage.RunAsync<RootCustody.Desk.Posture.ReviewPostureJob>(job => job.RunAsync(CancellationToken.None));

        var card = Assert
            .IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Posture, inputs: [("text", Number)]))
            .Card;
        var contacts = await stage.ClickAsync(
            Stage.Paul,
            Actions.Contacts,
            submits: true,
            inputs: [("account", Number), ("how", "right"), ("wrong", "")]
        );

        Assert.Contains("is not read here", Assert.Single(card.Lines), StringComparison.Ordinal);
        var finding = await stage.InDbAsync(db => db.Findings.SingleAsync(f => f.Account == user));
        Assert.Equal(RootCustody.Posture.Practice.Staffed, finding.Practice);
        Assert.Single(card.Facts);
        Assert.IsType<Reply.Said>(contacts);
        Assert.False(await stage.InDbAsync(db => db.Evidence.AnyAsync()));
    }

    private static Task<Request> RotationAsync(Stage stage) =>
        stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));

    private static IReadOnlyList<Option> TasksOf(Form form) =>
        form.Fields.OfType<Field.Pick>().Single(f => f.Id == "task").Options;

    private static Task<RootCustody.People.Standing> StandingAsync(Stage stage, string person, AccountId id) =>
        stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == id);
            return await db.StandingAsync(stage.People[person], account, CancellationToken.None);
        });
}
