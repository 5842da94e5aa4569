using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class LinkIdentityTests
{
    private const string Code = "QWERT-YUPAS-DFGHJ-KLZXC";
    private const string ProviderSlack = Stage.ProviderWorkspace;
    private static readonly ChatUser PaulInSlack = new(ChatPlatform.Slack, ProviderSlack, "U0PAUL");

    [DatabaseFact, Trait("Law", "2")]
    public async Task The_invited_person_types_the_code_and_their_step_up_code_and_every_chat_of_theirs_is_told()
    {
        await using var stage = await InvitedAsync();

        var asked = Assert.IsType<Reply.Asked>(
            await stage.TypeAsync(PaulInSlack, Actions.Link, "qwert yupas dfghj klzxc")
        );
        Assert.Equal(Actions.Link, asked.Form.Action);
        var reply = await ProveAsync(stage, PaulInSlack);

        Assert.Contains("linked to paul", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Equal(stage.People[Stage.Paul], await OwnerAsync(stage, PaulInSlack));
        var cards = await stage.CardsAsync(Purpose.Notice, Stage.Paul);
        Assert.Equal(2, cards.Count); // in Teams and in Slack
        Assert.All(cards, card => Assert.Equal(Choice.NotMe, Assert.Single(card.Choices)));
        Assert.All(cards, card => Assert.Contains(card.Facts, f => f.Value == PaulInSlack.Shown()));
        Assert.False(await stage.InDbAsync(db => db.Invitations.AnyAsync()));
    }

    [DatabaseFact]
    public async Task A_new_identity_cools_off_before_it_may_approve_or_hold()
    {
        await using var stage = await InvitedAsync();

        await LinkAsync(stage, PaulInSlack);

        var paul = await stage.InDbAsync(db =>
            db.People.Include(p => p.Identities).SingleAsync(p => p.Key == Stage.Paul)
        );
        var now = stage.Clock.GetUtcNow();
        Assert.True(paul.CoolsOffAt(now, PaulInSlack));
        Assert.False(paul.CoolsOffAt(now, stage.UserOf(Stage.Paul)));
        Assert.False(paul.CoolsOffAt(now + stage.Policy.CoolOff, PaulInSlack));
    }

    [DatabaseFact]
    public async Task A_new_identity_is_shown_no_half_though_its_person_holds_it()
    {
        await using var stage = await InvitedAsync();
        var id = await stage.OpenAsync();
        await LinkAsync(stage, PaulInSlack);
        stage.Clock.Advance(TimeSpan.FromSeconds(30)); // a new step-up code
        var screen = new Screen();

        var reply = await stage.ClickAsync(
            PaulInSlack,
            Actions.Reveal,
            id.ToString(),
            Bot.Password,
            submits: true,
            surface: screen,
            inputs: ("code", stage.CodeOf(Stage.Paul))
        );

        Assert.Equal(Sentences.For(Refusal.CoolsOff), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Empty(screen.Lines);
    }

    [DatabaseFact]
    public async Task A_stolen_invitation_without_the_authenticator_links_nothing()
    {
        await using var stage = await InvitedAsync();
        await stage.TypeAsync(PaulInSlack, Actions.Link, Code);

        var wrong = await ProveAsync(stage, PaulInSlack, "000000");
        var anothers = await ProveAsync(stage, PaulInSlack, stage.CodeOf(Stage.Petra));

        Assert.IsType<Reply.Corrected>(wrong);
        Assert.IsType<Reply.Corrected>(anothers);
        Assert.Null(await OwnerAsync(stage, PaulInSlack));
        Assert.True(await stage.InDbAsync(db => db.Invitations.AnyAsync()));
    }

    [DatabaseFact]
    public async Task Whoever_has_no_authenticator_yet_links_with_the_code_alone()
    {
        await using var stage = await InvitedAsync();
        File.Delete(
            Directory.GetFiles(Path.Combine(stage.VaultDirectory, "stepup"), $"{stage.People[Stage.Paul]}*").Single()
        );

        var reply = await stage.TypeAsync(PaulInSlack, Actions.Link, Code);

        Assert.IsType<Reply.Said>(reply);
        Assert.Equal(stage.People[Stage.Paul], await OwnerAsync(stage, PaulInSlack));
    }

    [DatabaseFact]
    public async Task An_invitation_works_once_and_not_after_its_time()
    {
        await using var stage = await InvitedAsync();
        await LinkAsync(stage, PaulInSlack);
        var second = PaulInSlack with { User = "U0SECOND" };
        var again = await stage.TypeAsync(second, Actions.Link, Code);
        await InviteAsync(stage, Stage.Paul);
        stage.Clock.Advance(TimeSpan.FromHours(24));
        var late = await stage.TypeAsync(second, Actions.Link, Code);

        Assert.Equal(Sentences.For(Refusal.WrongInvitation), Assert.IsType<Reply.Said>(again).Text);
        Assert.Equal(Sentences.For(Refusal.WrongInvitation), Assert.IsType<Reply.Said>(late).Text);
        Assert.Null(await OwnerAsync(stage, second));
    }

    [DatabaseFact]
    public async Task What_was_proven_is_forgotten_after_a_few_minutes()
    {
        await using var stage = await InvitedAsync();
        await stage.TypeAsync(PaulInSlack, Actions.Link, Code);
        stage.Clock.Advance(TimeSpan.FromMinutes(5));

        await ProveAsync(stage, PaulInSlack);

        Assert.Null(await OwnerAsync(stage, PaulInSlack));
    }

    [DatabaseFact]
    public async Task An_invitation_that_was_replaced_meanwhile_is_not_spent()
    {
        await using var stage = await InvitedAsync();
        await stage.TypeAsync(PaulInSlack, Actions.Link, Code);
        await stage.DecideAsync(db => db.Invitations.ExecuteDeleteAsync());
        await InviteAsync(stage, Stage.Paul, "ANOTHER-CODE-ANOTHER-CODE");

        await ProveAsync(stage, PaulInSlack);

        Assert.Null(await OwnerAsync(stage, PaulInSlack));
    }

    [DatabaseTheory, Trait("Law", "12")]
    [InlineData(Stage.CustomerRealm)]
    [InlineData("T0FOREIGN")]
    public async Task Nobody_links_from_a_workspace_that_is_not_theirs(string realm)
    {
        await using var stage = await InvitedAsync();
        var foreign = new ChatUser(ChatPlatform.Slack, realm, "U0PAUL");

        var typed = await stage.TypeAsync(foreign, Actions.Link, Code);
        var sent = await ProveAsync(stage, foreign);

        // a thief abroad does not even learn that the code is right
        Assert.Equal(Sentences.For(Refusal.WrongInvitation), Assert.IsType<Reply.Said>(typed).Text);
        Assert.IsType<Reply.Said>(sent);
        Assert.Null(await OwnerAsync(stage, foreign));
    }

    [DatabaseFact]
    public async Task An_unlinked_identity_can_do_nothing_but_ask_to_be_linked()
    {
        await using var stage = await InvitedAsync();

        foreach (
            var word in (string[])
                [
                    Actions.Help,
                    Actions.Status,
                    Actions.Request,
                    Actions.NotMe,
                    Actions.Away,
                    Actions.Enrol,
                    Actions.Approve,
                ]
        )
            Assert.StartsWith(
                "I do not know you",
                Assert.IsType<Reply.Said>(await stage.TypeAsync(PaulInSlack, word)).Text,
                StringComparison.Ordinal
            );
        Assert.StartsWith(
            "Type link",
            Assert.IsType<Reply.Said>(await stage.TypeAsync(PaulInSlack, Actions.Link)).Text,
            StringComparison.Ordinal
        );
        Assert.IsNotType<Reply.Asked>(
            await stage.ClickAsync(PaulInSlack, Actions.Link, bot: Bot.Password, inputs: ("text", Code))
        );
    }

    [DatabaseFact]
    public async Task Guessing_codes_slows_down_then_locks_then_calls_the_duty_manager_once()
    {
        await using var stage = await InvitedAsync();
        var slowed = 0;
        for (var guess = 0; guess < 20; guess++)
        {
            var reply = Assert.IsType<Reply.Said>(await stage.TypeAsync(PaulInSlack, Actions.Link, $"GUESS-{guess}"));
            slowed += reply.Text.StartsWith("Too fast", StringComparison.Ordinal) ? 1 : 0;
            stage.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        var locked = await stage.TypeAsync(PaulInSlack, Actions.Link, Code); // even the right one
        Assert.Contains("Too many wrong codes", Assert.IsType<Reply.Said>(locked).Text, StringComparison.Ordinal);
        Assert.True(slowed > 0);
        Assert.Contains(
            "guesses invitations",
            Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Title,
            StringComparison.Ordinal
        );
        stage.Clock.Advance(stage.Policy.StepUpLock);
        Assert.IsType<Reply.Asked>(await stage.TypeAsync(PaulInSlack, Actions.Link, Code));
    }

    [DatabaseFact, Trait("Law", "2")]
    public async Task An_identity_that_is_somebodys_is_not_linked_to_another()
    {
        await using var stage = await InvitedAsync();

        var reply = await stage.TypeAsync(stage.UserOf(Stage.Petra), Actions.Link, Code);

        Assert.Equal(Sentences.For(Refusal.LinkedToAnother), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Equal(stage.People[Stage.Petra], await OwnerAsync(stage, stage.UserOf(Stage.Petra)));
    }

    [DatabaseFact, Trait("Law", "1")]
    public async Task An_identity_goes_to_another_person_only_after_what_it_was_shown_is_rotated()
    {
        await using var stage = await InvitedAsync(Stage.Petra);
        var id = await stage.OpenAsync();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        var pauls = stage.UserOf(Stage.Paul);
        await stage.ClickAsync(pauls, Actions.Left);

        var before = await stage.TypeAsync(pauls, Actions.Link, Code);
        await RetireAsync(stage);
        var after = await stage.TypeAsync(pauls, Actions.Link, Code);

        Assert.Equal(Sentences.For(Refusal.StillBars), Assert.IsType<Reply.Said>(before).Text);
        Assert.IsType<Reply.Asked>(after);
    }

    [DatabaseFact, Trait("Law", "1")]
    public async Task An_identity_can_come_back_to_its_own_person_at_any_time_and_cools_off_again()
    {
        await using var stage = await InvitedAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        var pauls = stage.UserOf(Stage.Paul);
        await stage.ClickAsync(pauls, Actions.Left);
        stage.Clock.Advance(TimeSpan.FromSeconds(30)); // a new step-up code

        await LinkAsync(stage, pauls);

        var paul = await stage.InDbAsync(db =>
            db.People.Include(p => p.Identities).SingleAsync(p => p.Key == Stage.Paul)
        );
        Assert.True(paul.CoolsOffAt(stage.Clock.GetUtcNow(), pauls));
    }

    [DatabaseFact]
    public async Task Nobody_is_linked_to_someone_who_is_suspended_or_frozen()
    {
        await using var stage = await InvitedAsync();
        await stage.DecideAsync(async db => (await db.People.SingleAsync(p => p.Key == Stage.Paul)).Suspend());

        var suspended = await stage.TypeAsync(PaulInSlack, Actions.Link, Code);
        await stage.DecideAsync(async db =>
        {
            var paul = await db.People.SingleAsync(p => p.Key == Stage.Paul);
            paul.Reinstate();
            paul.Freeze(db.Now);
        });
        var frozen = await stage.TypeAsync(PaulInSlack, Actions.Link, Code);

        Assert.Equal(Sentences.For(Refusal.Suspended), Assert.IsType<Reply.Said>(suspended).Text);
        Assert.Equal(Sentences.For(Refusal.Frozen), Assert.IsType<Reply.Said>(frozen).Text);
    }

    [DatabaseFact, Trait("Law", "8")]
    public async Task Neither_the_code_nor_the_seed_nor_a_step_up_code_is_ever_in_the_database()
    {
        await using var stage = await InvitedAsync();
        var stepUp = stage.CodeOf(Stage.Paul);
        await stage.TypeAsync(PaulInSlack, Actions.Link, "WRONG-CODES-ARE-SECRET");
        await stage.TypeAsync(PaulInSlack, Actions.Link, Code);
        var midway = await stage.DatabaseBytesAsync();
        await ProveAsync(stage, PaulInSlack, stepUp);

        Assert.NotEqual(-1, midway.AsSpan().IndexOf("link.refused"u8)); // it does look where things are written
        foreach (var bytes in (byte[][])[midway, await stage.DatabaseBytesAsync()])
        {
            foreach (
                var secret in (string[])
                    [
                        Code,
                        Code.Replace("-", "", StringComparison.Ordinal),
                        "WRONG-CODES",
                        stage.SeedOf(Stage.Paul),
                        $"\"{stepUp}\"",
                    ]
            )
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(OtpNet.Base32Encoding.ToBytes(stage.SeedOf(Stage.Paul))));
        }
        Assert.NotNull(await OwnerAsync(stage, PaulInSlack));
    }

    [DatabaseFact, Trait("Law", "9")]
    public async Task A_code_that_is_spent_twice_at_once_links_once()
    {
        await using var stage = await InvitedAsync();
        var identities = Enumerable.Range(0, 4).Select(n => PaulInSlack with { User = $"U0N{n}" }).ToList();
        foreach (var identity in identities)
            await stage.TypeAsync(identity, Actions.Link, Code);
        var code = stage.CodeOf(Stage.Paul);

        await Task.WhenAll(identities.Select(i => Task.Run(() => ProveAsync(stage, i, code))));

        Assert.Equal(1, await stage.InDbAsync(db => db.Identities.CountAsync(i => i.Realm == ProviderSlack)));
    }

    [DatabaseFact]
    public async Task Attempts_are_forgotten_after_some_days()
    {
        await using var stage = await InvitedAsync();
        await stage.TypeAsync(PaulInSlack, Actions.Link, "GUESS");
        stage.Clock.Advance(TimeSpan.FromDays(3));

        await stage.RunAsync<ForgetTraces>(job => job.RunAsync(CancellationToken.None));

        Assert.False(await stage.InDbAsync(db => db.LinkAttempts.AnyAsync()));
    }

    private static async Task<Stage> InvitedAsync(string person = Stage.Paul)
    {
        var stage = await Stage.SetAsync();
        await InviteAsync(stage, person);
        return stage;
    }

    private static Task InviteAsync(Stage stage, string person, string code = Code) =>
        stage.DecideAsync(db =>
        {
            db.Invitations.Add(Invitation.Of(stage.People[person], code, db.Now + stage.Policy.InvitationLife));
            return Task.CompletedTask;
        });

    private static Task<Reply> ProveAsync(Stage stage, ChatUser identity, string? code = null) =>
        stage.ClickAsync(identity, Actions.Link, submits: true, inputs: ("code", code ?? stage.CodeOf(Stage.Paul)));

    private static async Task LinkAsync(Stage stage, ChatUser identity)
    {
        Assert.IsType<Reply.Asked>(await stage.TypeAsync(identity, Actions.Link, Code));
        Assert.IsType<Reply.Said>(await ProveAsync(stage, identity));
        Assert.NotNull(await OwnerAsync(stage, identity));
    }

    /// <summary>Two others attest that the password is rotated.</summary>
    private static Task RetireAsync(Stage stage) =>
        stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            db.Retirements.Add(
                account.Promote(2, stage.People[Stage.Petra], stage.People[Stage.Mike], stage.Policy, db.Now)
            );
        });

    private static Task<PersonId?> OwnerAsync(Stage stage, ChatUser identity) =>
        stage.InDbAsync(async db =>
            (
                await db.Identities.SingleOrDefaultAsync(i =>
                    i.Platform == identity.Platform && i.Realm == identity.Realm && i.User == identity.User
                )
            )?.Person
        );
}
