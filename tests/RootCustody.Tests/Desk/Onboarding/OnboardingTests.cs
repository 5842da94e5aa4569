using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.Passwords;
using RootCustody.Desk.Requests;
using RootCustody.Onboarding;
using RootCustody.Posture;
using RootCustody.Requests;
using RootCustody.Tests.Databases;
using RootCustody.Tests.Desk.Posture;

namespace RootCustody.Tests.Desk.Onboarding;

/// <summary>An account is taken into custody, item by item.</summary>
public sealed class OnboardingTests
{
    private const string Number = "444455556666";
    private const string Text = "Seen with my own eyes.";
    private static readonly byte[] Seed = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];

    [DatabaseFact]
    public async Task From_nothing_to_custody_with_a_new_process_after_each_step()
    {
        await using var stage = await Stage.SetAsync(new Policy { RootEmails = "aws+*@provider.example" });
        var account = await NewAsync(stage);
        foreach (var step in Steps(stage, account))
        {
            Assert.DoesNotContain(
                "in custody",
                await FinishAsync(stage, account, Stage.Paul),
                StringComparison.Ordinal
            );
            await step();
            await stage.RestartAsync();
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        var card = await CardAsync(stage, Stage.Paul);
        Assert.Contains("12 of 12", card.Title, StringComparison.Ordinal);

        Assert.Contains("is in custody", await FinishAsync(stage, account, Stage.Paul), StringComparison.Ordinal);

        var taken = await stage.InDbAsync(db => db.Accounts.SingleAsync(a => a.Id == account));
        Assert.False(taken.IsOnboarding);
        Assert.NotNull(taken.OnboardedAt);
        var entry = await stage.InDbAsync(db =>
            db.Audit.Where(a => a.Entry.Contains("onboarding.finished")).Select(a => a.Entry).SingleAsync()
        );
        Assert.Contains("Organisation", entry, StringComparison.Ordinal);
        Assert.Contains("is in custody", (await CardAsync(stage, Stage.Paul)).Title, StringComparison.Ordinal);
        Assert.DoesNotContain((await CardAsync(stage, Stage.Paul)).Choices, c => c.Action != Actions.NotMe);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task The_first_password_is_shown_alone_and_whoever_saw_the_device_brought_in_is_not_shown_the_next()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await PasswordAsync(stage, account, Stage.Paul, Stage.Mike);
        Assert.Equal(
            1,
            await stage.InDbAsync(db =>
                db.Accounts.Where(a => a.Id == account).Select(a => a.PasswordGeneration).SingleAsync()
            )
        );
        Assert.Null(
            await stage.InDbAsync(db => db.Accounts.Where(a => a.Id == account).Select(a => a.OwesSince).SingleAsync())
        );
        Assert.False(await stage.InDbAsync(db => db.OldPasswords.AnyAsync(o => o.Account == account)));

        await DeviceAsync(stage, account);
        var rotation = await NextAsync(stage, account);

        var same = await stage.ClickAsync(Stage.Paul, Actions.Approve, rotation.ToString());
        Assert.Equal(Sentences.For(Refusal.SatInMfaChange), Assert.IsType<Reply.Said>(same).Text);
    }

    [DatabaseFact]
    public async Task A_first_password_that_is_not_in_place_leads_to_another_try_that_shows_both()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        var first = await NextAsync(stage, account);
        await ApproveAsync(stage, first, Stage.Paul, Stage.Mona);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, first, Half.Password, new Screen()));
        Assert.Contains("is under way", await NextSaidAsync(stage, account), StringComparison.Ordinal);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(
            0,
            await stage.InDbAsync(db =>
                db.Accounts.Where(a => a.Id == account).Select(a => a.PasswordGeneration).SingleAsync()
            )
        );

        await stage.RunAsync<TakeInventory>(async inventory =>
            Assert.Empty((await inventory.OfAsync(Half.Password, CancellationToken.None)).Strays)
        );

        var second = await NextAsync(stage, account);
        await ApproveAsync(stage, second, Stage.Petra, Stage.Mike);
        var screen = new Screen();
        await stage.RevealAsync(Stage.Petra, second, Half.Password, screen);

        Assert.Equal(2, screen.Lines.Count);
        await stage.ClickAsync(Stage.Petra, Actions.Rotated, second.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, second.ToString());
        Assert.Equal(
            2,
            await stage.InDbAsync(db =>
                db.Accounts.Where(a => a.Id == account).Select(a => a.PasswordGeneration).SingleAsync()
            )
        );
        var old = await stage.InDbAsync(db => db.OldPasswords.SingleAsync(o => o.Account == account));
        Assert.Equal((1, 1), (old.From, old.Through));
    }

    [DatabaseFact]
    public async Task Planned_work_waits_until_it_is_in_custody_and_an_emergency_does_not()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).BeginOnboarding(db.Now));

        var planned = await stage.SubmitAskAsync(plannedAt: stage.Clock.GetUtcNow().AddHours(1));

        var corrected = Assert.IsType<Reply.Corrected>(planned);
        Assert.Equal([Sentences.For(Refusal.BeingOnboarded)], corrected.Errors.Values);
        await stage.OpenAsync();
    }

    [DatabaseFact]
    public async Task Where_a_customer_may_be_planning_only_an_administrator_begins_it()
    {
        await using var stage = await Stage.SetAsync();

        var refused = await stage.ClickAsync(Stage.Paul, Actions.OnboardBegin, stage.Account.ToString());
        Assert.Contains("An administrator has to begin it", SaidBy(refused), StringComparison.Ordinal);
        Assert.Null(await SinceAsync(stage, stage.Account));

        await stage.ClickAsync(Stage.Ada, Actions.OnboardBegin, stage.Account.ToString());
        var since = await SinceAsync(stage, stage.Account);
        Assert.NotNull(since);
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.ClickAsync(Stage.Abe, Actions.OnboardBegin, stage.Account.ToString());
        Assert.Equal(since, await SinceAsync(stage, stage.Account));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task What_a_ceremony_of_a_device_exposed_is_rotated_before_the_next_try()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await PasswordAsync(stage, account, Stage.Paul, Stage.Mike);
        var device = await NextAsync(stage, account);
        await ApproveAsync(stage, device, Stage.Paul, Stage.Mona);
        await stage.RevealAsync(Stage.Paul, device, Half.Password, new Screen());
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));

        var rotation = await NextAsync(stage, account);

        Assert.Equal(RequestKind.Rotation, (await stage.RequestAsync(rotation)).Kind);
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Nobody_acts_on_it_but_its_custodians_and_administrators()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await stage.DecideAsync(async db =>
        {
            foreach (var group in await db.Groups.Include(g => g.Members).ToListAsync())
                group.Dismiss(stage.People[Stage.Petra]);
        });
        foreach (var stranger in (string[])[Stage.Rita, Stage.Dora, Stage.Petra])
        {
            Assert.IsType<Reply.Said>(await stage.ClickAsync(stranger, Actions.OnboardBegin, account.ToString()));
            Assert.Null(await SinceAsync(stage, account));
        }
        await BeginAsync(stage, account);
        foreach (var stranger in (string[])[Stage.Rita, Stage.Dora, Stage.Petra])
        {
            await stage.ClickAsync(stranger, Actions.OnboardNext, account.ToString());
            await SubmitAsync(stage, account, OnboardingItem.OtherWay, stranger, waives: true);
            Assert.DoesNotContain("in custody", await FinishAsync(stage, account, stranger), StringComparison.Ordinal);
        }
        Assert.False(await stage.InDbAsync(db => db.OnboardingWords.AnyAsync()));
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));

        foreach (var stranger in (string[])[Stage.Rita, Stage.Petra])
            Assert.Contains(
                "no such account",
                SaidBy(await stage.ClickAsync(stranger, Actions.Onboard, inputs: [("text", Number)])),
                StringComparison.Ordinal
            );
        Assert.Equal([Actions.NotMe], (await CardAsync(stage, Stage.Dora)).Choices.Select(c => c.Action));
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task A_new_chat_identity_says_confirms_and_finishes_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await SubmitAsync(stage, account, OnboardingItem.OtherWay, Stage.Paul);
        await stage.ChangeAsync(
            Stage.Mona,
            p =>
            {
                p.Unlink(stage.UserOf(Stage.Mona), stage.Clock.GetUtcNow());
                p.Link(stage.UserOf(Stage.Mona), stage.Clock.GetUtcNow(), stage.Clock.GetUtcNow().AddHours(24));
            }
        );

        var cools = Sentences.For(Refusal.CoolsOff);
        Assert.Equal(cools, SaidBy(await SubmitAsync(stage, account, OnboardingItem.CustomerTold, Stage.Mona)));
        Assert.Equal(cools, SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Mona)));
        Assert.Equal(cools, await FinishAsync(stage, account, Stage.Mona));
        Assert.Equal(cools, await NextSaidAsync(stage, account, Stage.Mona));
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task Nobody_confirms_or_waives_alone_and_an_old_button_confirms_nothing_new()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await SubmitAsync(stage, account, OnboardingItem.OtherWay, Stage.Paul, waives: true);
        var old = await WordAsync(stage, OnboardingItem.OtherWay);

        Assert.Contains(
            "yourself",
            SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Paul)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Only custodians",
            SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Rita)),
            StringComparison.Ordinal
        );
        await SubmitAsync(stage, account, OnboardingItem.OtherWay, Stage.Paul);
        var late = await stage.ClickAsync(Stage.Mona, Actions.OnboardAgree, old.Id.ToString(), submits: true);
        Assert.Contains("meanwhile", SaidBy(late), StringComparison.Ordinal);
        Assert.Null((await WordAsync(stage, OnboardingItem.OtherWay)).ConfirmedBy);

        var asked = Assert.IsType<Reply.Asked>(
            await stage.ClickAsync(
                Stage.Mona,
                Actions.OnboardAgree,
                (await WordAsync(stage, OnboardingItem.OtherWay)).Id.ToString()
            )
        );
        Assert.Contains(Text, asked.Form.Lines);
        Assert.StartsWith(
            "Confirmed",
            SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Mona)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "already",
            SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Ada)),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task A_form_without_an_item_or_a_reason_comes_back_and_says_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        foreach (
            var (item, text) in ((string, string)[])
                [
                    ("", Text),
                    ("p.RootEmail", Text),
                    ("x.y", Text),
                    ("w.99", Text),
                    ("w.OtherWay", "short"),
                    ("w.OtherWay", new string('x', 301)),
                ]
        )
        {
            var reply = await stage.ClickAsync(
                Stage.Paul,
                Actions.OnboardItem,
                account.ToString(),
                submits: true,
                inputs: [("item", item), ("text", text)]
            );
            Assert.Single(Assert.IsType<Reply.Corrected>(reply).Errors);
        }
        foreach (var rubbish in (string[])["", "nonsense", Guid.Empty.ToString()])
        {
            foreach (var action in (string[])[Actions.OnboardBegin, Actions.OnboardNext, Actions.OnboardFinish])
                Assert.IsType<Reply.Said>(await stage.ClickAsync(Stage.Paul, action, rubbish));
            Assert.IsType<Reply.Said>(await stage.ClickAsync(Stage.Paul, Actions.OnboardAgree, rubbish, submits: true));
        }
        Assert.False(await stage.InDbAsync(db => db.OnboardingWords.AnyAsync()));
    }

    [DatabaseFact]
    public async Task Nothing_is_done_on_a_closed_account_and_nobody_steers_a_terminal()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await stage.ClickAsync(
            Stage.Paul,
            Actions.OnboardItem,
            account.ToString(),
            submits: true,
            inputs: [("item", "p.OtherWay"), ("text", "By roles\u001b[2J of ours.")]
        );
        Assert.Equal("By roles [2J of ours.", (await WordAsync(stage, OnboardingItem.OtherWay)).Text);
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == account)).Close(db.Now));

        foreach (var action in (string[])[Actions.OnboardNext, Actions.OnboardFinish, Actions.OnboardBegin])
            Assert.Equal(
                Sentences.For(Refusal.AccountClosed),
                SaidBy(await stage.ClickAsync(Stage.Paul, action, account.ToString()))
            );
        Assert.Contains("is closed", (await CardAsync(stage, Stage.Paul)).Title, StringComparison.Ordinal);
        Assert.Contains(
            "the ceremony is over",
            SaidBy(await ConfirmAsync(stage, OnboardingItem.OtherWay, Stage.Mona)),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task While_its_first_password_is_on_its_way_none_is_made_at_the_console()
    {
        await using var stage = await Stage.SetAsync();
        var account = await NewAsync(stage);
        await BeginAsync(stage, account);
        await NextAsync(stage, account);

        await stage.RunAsync<TakePassword>(async take =>
        {
            var outcome = await take.MakeAsync(Number, CancellationToken.None);
            Assert.Contains(
                "under way",
                Assert.IsType<TakePassword.Outcome.Refused>(outcome).Why,
                StringComparison.Ordinal
            );
        });
    }

    [DatabaseFact]
    public async Task The_overview_names_what_is_under_way_the_longest_first()
    {
        await using var stage = await Stage.SetAsync();
        await NewAsync(stage);
        await stage.DecideAsync(async db =>
            (await db.Accounts.SingleAsync(a => a.Number == Number)).BeginOnboarding(db.Now)
        );
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.DecideAsync(async db =>
            (await db.Accounts.SingleAsync(a => a.Id == stage.Account)).BeginOnboarding(db.Now)
        );

        var card = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Onboard)).Card;

        Assert.Equal("Being taken into custody: 2", card.Title);
        Assert.Contains(Number, card.Facts[0].Name, StringComparison.Ordinal);
        var status = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Status)).Card;
        Assert.Contains(status.Facts, f => f.Value.StartsWith("2 accounts; type onboard", StringComparison.Ordinal));
        Assert.IsType<Reply.Said>(await stage.ClickAsync(Stage.Rita, Actions.Onboard));
        Assert.Equal("Nothing is open.", SaidBy(await stage.ClickAsync(Stage.Rita, Actions.Status)));
    }

    private static Task<AccountId> NewAsync(Stage stage) =>
        stage.InDbAsync(async db =>
        {
            var like = await db.Accounts.SingleAsync();
            var account = Account.Of(
                Number,
                "New",
                "aws+new@provider.example",
                like.Customer,
                like.PasswordGroup,
                like.MfaGroup,
                db.Now
            );
            db.Accounts.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

    /// <summary>Each in its own processes.</summary>
    private static IReadOnlyList<Func<Task>> Steps(Stage stage, AccountId account) =>
        [
            () => BeginAsync(stage, account),
            () => PasswordAsync(stage, account, Stage.Paul, Stage.Mike),
            () => DeviceAsync(stage, account),
            () => PasswordAsync(stage, account, Stage.Petra, Stage.Mike),
            () => KeepersAsync(stage, account),
            () => ReportAsync(stage),
            () => ContactsAsync(stage),
            () => SayAsync(stage, account, OnboardingItem.NoSecurityQuestions, Stage.Paul, Stage.Mona),
            () => SayAsync(stage, account, OnboardingItem.OtherWay, Stage.Mona, Stage.Paul),
            () => SayAsync(stage, account, OnboardingItem.CustomerTold, Stage.Petra, Stage.Ada),
            () => SayAsync(stage, account, OnboardingItem.Organisation, Stage.Ada, Stage.Abe, waives: true),
        ];

    private static async Task BeginAsync(Stage stage, AccountId account)
    {
        Assert.Contains((await CardAsync(stage, Stage.Paul)).Choices, c => c.Action == Actions.OnboardBegin);
        Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.OnboardBegin, account.ToString()));
        Assert.NotNull(await SinceAsync(stage, account));
    }

    /// <summary>The ceremony of a password, from its asking to the word of both.</summary>
    private static async Task PasswordAsync(Stage stage, AccountId account, string password, string mfa)
    {
        var request = await NextAsync(stage, account);
        await ApproveAsync(stage, request, password, mfa);
        await stage.RestartAsync();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(password, request, Half.Password, new Screen()));
        await stage.ClickAsync(password, Actions.Rotated, request.ToString());
        await stage.RestartAsync();
        await stage.ClickAsync(mfa, Actions.Rotated, request.ToString());
        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(request)).State);
        stage.Clock.Advance(TimeSpan.FromMinutes(2)); // the codes are used up
    }

    private static async Task DeviceAsync(Stage stage, AccountId account)
    {
        var request = await NextAsync(stage, account);
        Assert.Equal(RequestKind.MfaChange, (await stage.RequestAsync(request)).Kind);
        await ApproveAsync(stage, request, Stage.Paul, Stage.Mona);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, request, Half.Password, new Screen()));
        await BringInAsync(stage);
        await stage.RestartAsync();
        var device = await stage.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Account == account));
        await stage.ClickAsync(
            Stage.Mike,
            Actions.Vouch,
            device.Id.ToString(),
            Bot.Mfa,
            submits: true,
            inputs: [("code", stage.CodeOf(Stage.Mike))]
        );
        await stage.ClickAsync(
            Stage.Mona,
            Actions.Done,
            request.ToString(),
            submits: true,
            inputs: [("log", "The first device."), ("signedout", "yes")]
        );
        Assert.True((await stage.RequestAsync(request)).IsCleanlyClosed);
        stage.Clock.Advance(TimeSpan.FromMinutes(2)); // the codes are used up
    }

    private static async Task BringInAsync(Stage stage)
    {
        var now = stage.Clock.GetUtcNow();
        await stage.ClickAsync(
            Stage.Mona,
            Actions.Device,
            "",
            Bot.Mfa,
            submits: true,
            inputs:
            [
                ("account", Number),
                ("label", "First"),
                ("seed", Base32Encoding.ToString(Seed)),
                ("first", new Totp([.. Seed]).ComputeTotp(now.AddSeconds(-30).UtcDateTime)),
                ("second", new Totp([.. Seed]).ComputeTotp(now.UtcDateTime)),
                ("code", stage.CodeOf(Stage.Mona)),
            ]
        );
    }

    private static Task KeepersAsync(Stage stage, AccountId account) =>
        stage.DecideAsync(db =>
        {
            db.Keepers.Add(
                Keeper.Of(account, stage.People[Stage.Petra], KeptThing.RootMailbox, "shared mailbox", db.Now)
            );
            db.Keepers.Add(Keeper.Of(account, stage.People[Stage.Mike], KeptThing.RootPhone, "duty phone", db.Now));
            return Task.CompletedTask;
        });

    private static async Task ReportAsync(Stage stage)
    {
        var now = stage
            .Clock.GetUtcNow()
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        await PostureTests.BringAsync(
            stage,
            Stage.Paul,
            0,
            ("arn", $"arn:aws:iam::{Number}:root"),
            ("password_last_changed", now),
            ("password_last_used", now)
        );
        await WitnessAsync(stage, EvidenceSource.CredentialReport);
    }

    private static async Task ContactsAsync(Stage stage)
    {
        await stage.ClickAsync(
            Stage.Paul,
            Actions.Contacts,
            submits: true,
            inputs: [("account", Number), ("how", "right"), ("wrong", "")]
        );
        await WitnessAsync(stage, EvidenceSource.Contacts);
    }

    private static async Task WitnessAsync(Stage stage, EvidenceSource source)
    {
        var id = await stage.InDbAsync(db =>
            db.Evidence.Where(e => e.Source == source).Select(e => e.Id).SingleAsync()
        );
        Assert.StartsWith(
            "Confirmed",
            SaidBy(await stage.ClickAsync(Stage.Mona, Actions.Witness, id.ToString(), submits: true)),
            StringComparison.Ordinal
        );
    }

    private static async Task SayAsync(
        Stage stage,
        AccountId account,
        OnboardingItem item,
        string by,
        string other,
        bool waives = false
    )
    {
        Assert.StartsWith(
            "Noted",
            SaidBy(await SubmitAsync(stage, account, item, by, waives)),
            StringComparison.Ordinal
        );
        await stage.RestartAsync();
        Assert.Contains((await CardAsync(stage, other)).Choices, c => c.Action == Actions.OnboardAgree);
        await ConfirmAsync(stage, item, other);
        Assert.Equal(stage.People[other], (await WordAsync(stage, item)).ConfirmedBy);
    }

    private static Task<Reply> SubmitAsync(
        Stage stage,
        AccountId account,
        OnboardingItem item,
        string by,
        bool waives = false
    ) =>
        stage.ClickAsync(
            by,
            Actions.OnboardItem,
            account.ToString(),
            submits: true,
            inputs: [("item", $"{(waives ? "w" : "p")}.{item}"), ("text", Text)]
        );

    private static async Task<Reply> ConfirmAsync(Stage stage, OnboardingItem item, string by) =>
        await stage.ClickAsync(by, Actions.OnboardAgree, (await WordAsync(stage, item)).Id.ToString(), submits: true);

    private static Task<OnboardingWord> WordAsync(Stage stage, OnboardingItem item) =>
        stage.InDbAsync(db => db.OnboardingWords.SingleAsync(w => w.Item == item));

    private static async Task<RequestId> NextAsync(Stage stage, AccountId account)
    {
        Assert.Contains("asked now", await NextSaidAsync(stage, account), StringComparison.Ordinal);
        return await stage.InDbAsync(db =>
            db.Requests.Where(r => r.Account == account && r.State == RequestState.Asked)
                .Select(r => r.Id)
                .SingleAsync()
        );
    }

    private static async Task<string> NextSaidAsync(Stage stage, AccountId account, string by = Stage.Ada) =>
        SaidBy(await stage.ClickAsync(by, Actions.OnboardNext, account.ToString()));

    private static async Task ApproveAsync(Stage stage, RequestId request, string password, string mfa)
    {
        await stage.ClickAsync(password, Actions.Approve, request.ToString());
        await stage.ClickAsync(mfa, Actions.Approve, request.ToString());
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(request)).State);
    }

    private static async Task<string> FinishAsync(Stage stage, AccountId account, string by) =>
        SaidBy(await stage.ClickAsync(by, Actions.OnboardFinish, account.ToString()));

    private static async Task<Card> CardAsync(Stage stage, string by) =>
        Assert.IsType<Reply.Drawn>(await stage.ClickAsync(by, Actions.Onboard, inputs: [("text", Number)])).Card;

    private static Task<DateTimeOffset?> SinceAsync(Stage stage, AccountId account) =>
        stage.InDbAsync(db => db.Accounts.Where(a => a.Id == account).Select(a => a.OnboardingSince).SingleAsync());

    private static string SaidBy(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;
}
