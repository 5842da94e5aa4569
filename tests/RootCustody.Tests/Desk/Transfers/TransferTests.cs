using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Transfers;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Couriers;
using RootCustody.Tests.Databases;
using RootCustody.Transfers;

namespace RootCustody.Tests.Desk.Transfers;

/// <summary>An account leaves custody, step by step.</summary>
public sealed class TransferTests
{
    private const string Number = "111122223333";
    private const string Text = "Seen with my own eyes.";
    private const string Email = "aws-root@receiver.example";

    private static readonly string[] Events =
    [
        "transfer.asked",
        "transfer.agreed",
        "transfer.said",
        "transfer.confirmed",
        "transfer.said",
        "transfer.said",
        "transfer.handover-asked",
        "transfer.said-handed-over",
        "transfer.said-handed-over",
        "transfer.handed-over",
        "transfer.received",
        "transfer.said",
        "transfer.confirmed",
        "transfer.destroyed",
        "transfer.destroyed",
    ];

    [DatabaseFact]
    public async Task From_the_asking_to_the_certificate_with_a_new_process_after_each_step()
    {
        await using var stage = await SetAsync();
        foreach (var step in Steps(stage))
        {
            Assert.False(await IsCertifiedAsync(stage));
            await step();
            await stage.RestartAsync();
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        Assert.True(await IsCertifiedAsync(stage));
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.Equal((Email, false), (account.Email, account.IsInCustody));
        var card = await CardAsync(stage, Stage.Rita);
        Assert.Contains("done and certified", card.Title, StringComparison.Ordinal);
        Assert.Equal([Actions.NotMe], card.Choices.Select(c => c.Action));
        Assert.Contains(
            await stage.CardsAsync(Purpose.Notice, Stage.Ravi),
            c => c.Title.Contains("done and certified", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    public async Task Afterwards_nothing_is_kept_and_nothing_is_asked_for()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 99);

        await stage.RunAsync<PasswordVault>(async v => Assert.Empty(await v.ListAsync(CancellationToken.None)));
        await stage.RunAsync<MfaVault>(async v => Assert.Empty(await v.ListAsync(CancellationToken.None)));
        await stage.RunAsync<PasswordVault>(async v =>
            Assert.Equal(
                VaultFailure.Destroyed,
                (
                    await Assert.ThrowsAsync<VaultException>(() =>
                        v.ReadAsync(stage.Account, 1, CancellationToken.None)
                    )
                ).Failure
            )
        );
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
            await stage.RunAsync<TakeInventory>(async i =>
                Assert.Empty((await i.OfAsync(half, CancellationToken.None)).Strays)
            );
        var planned = Assert.IsType<Reply.Said>(await stage.SubmitAskAsync());
        Assert.Contains("no such account", planned.Text, StringComparison.Ordinal);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync(r => r.Kind == RequestKind.Rotation)));
    }

    [DatabaseFact]
    [Trait("Law", "13")]
    public async Task The_certificate_says_what_happened_and_rests_on_the_log()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 99);
        var transfer = await OnlyAsync(stage);

        Assert.True(Certificate.TryRead(transfer.Certificate!, out var certificate));

        var facts = certificate.Facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        Assert.Equal(Email, facts["Root e-mail now"]);
        Assert.StartsWith(Stage.Rita, facts["Asked"], StringComparison.Ordinal);
        Assert.StartsWith(Stage.Ravi, facts["Agreed"], StringComparison.Ordinal);
        Assert.Contains("INV-7 is paid", facts["Nothing owed"], StringComparison.Ordinal);
        // none of the provider's people
        foreach (var person in (string[])[Stage.Paul, Stage.Mona, Stage.Ada, Stage.Abe, Stage.Dora])
            Assert.DoesNotContain(person, string.Join(' ', facts.Values), StringComparison.Ordinal);
        var events = certificate.Entries.Select(e => AuditText.Read(e.Entry)["what"]).ToList();
        Assert.Equal(Events, events.Where(w => w.StartsWith("transfer", StringComparison.Ordinal)));
        Assert.Contains("window.closed", events);
        var noted = await stage.InDbAsync(db =>
            db.Audit.Where(a => a.Entry.Contains("transfer.certified")).Select(a => a.Entry).SingleAsync()
        );
        Assert.Equal(certificate.Fingerprint, AuditText.Read(noted)["certificate"]);
    }

    [DatabaseFact]
    public async Task Whose_turn_it_was_is_counted_in_days()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1); // asked
        stage.Clock.Advance(TimeSpan.FromDays(2)); // both could act
        await PlayAsync(stage, 3, from: 1); // agreed; the receiver is known
        stage.Clock.Advance(TimeSpan.FromDays(3)); // finance
        await InvoicesAsync(stage, "open", "INV-7 is open.");
        stage.Clock.Advance(TimeSpan.FromDays(4)); // the customer pays

        var facts = (await CardAsync(stage, Stage.Rita)).Facts;

        Assert.Equal("6 days", facts.Single(f => f.Name == "Waited for the customer").Value);
        Assert.Equal("5 days", facts.Single(f => f.Name == "Waited for the provider").Value);
    }

    [DatabaseFact]
    public async Task Nothing_is_destroyed_before_the_customer_has_it_and_two_say_so()
    {
        await using var stage = await SetAsync();
        foreach (var step in Steps(stage).Take(9).ToList()) // up to the first word on the end of custody
        {
            await DestroyAsync(stage);
            await stage.RunAsync<PasswordVault>(async v => Assert.NotEmpty(await v.ListAsync(CancellationToken.None)));
            await stage.RunAsync<MfaVault>(async v => Assert.NotEmpty(await v.ListAsync(CancellationToken.None)));
            await step();
        }
        await DestroyAsync(stage);
        await stage.RunAsync<PasswordVault>(async v => Assert.NotEmpty(await v.ListAsync(CancellationToken.None)));
        Assert.Null((await OnlyAsync(stage)).PasswordsDestroyedAt);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task If_it_did_not_work_the_account_is_kept_again_with_its_debt_and_another_window_can_be_asked_for()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 7); // handed over
        Assert.False(await stage.InDbAsync(db => db.Accounts.AnyAsync(a => a.HandedOverAt == null)));

        await PressAsync(stage, Stage.Rita, Actions.TransferFailed);

        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.True(account is { IsInCustody: true, OwesSince: not null });
        var told = (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Select(c => c.Title).ToList();
        Assert.Contains(told, t => t.Contains("as paul and another say", StringComparison.Ordinal));
        Assert.Contains(told, t => t.Contains("does not have", StringComparison.Ordinal));
        Assert.Contains((await CardAsync(stage, Stage.Rita)).Choices, c => c.Action == Actions.TransferHandover);
        await PlayAsync(stage, 99, from: 4); // a new window, up to the certificate
        Assert.True(await IsCertifiedAsync(stage));
    }

    [DatabaseFact]
    public async Task Its_IAM_users_go_with_it_and_are_destroyed_and_named_in_the_certificate()
    {
        await using var stage = await SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await PlayAsync(stage, 6); // the window is open
        var running = await IamUsers.OpenAsync(stage, user, Stage.Petra, Stage.Mike);

        await PlayAsync(stage, 99, from: 6);

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(running)).State);
        Assert.False((await IamUsers.OfAsync(stage, user)).IsInCustody);
        await stage.RunAsync<PasswordVault>(async v => Assert.Empty(await v.ListAsync(CancellationToken.None)));
        await stage.RunAsync<MfaVault>(async v => Assert.Empty(await v.ListAsync(CancellationToken.None)));
        Assert.Contains(
            $"{IamUsers.Number} (Deployer)",
            (await OnlyAsync(stage)).Certificate,
            StringComparison.Ordinal
        );
        await stage.RunAsync<TakeInventory>(async inventory =>
            Assert.Empty((await inventory.OfAsync(Half.Password, CancellationToken.None)).Strays)
        );
    }

    [DatabaseFact]
    public async Task An_IAM_user_is_not_transferred_by_itself_and_is_kept_again_if_its_account_is()
    {
        await using var stage = await SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);

        var alone = await stage.ClickAsync(
            Stage.Rita,
            Actions.TransferAsk,
            user.ToString(),
            submits: true,
            inputs: [("receiver", "Receiver Ltd, Ms Wendy Wong"), ("email", Email), ("why", "We sold that business.")]
        );
        Assert.Contains("with its account", Assert.IsType<Reply.Said>(alone).Text, StringComparison.Ordinal);
        Assert.IsType<Reply.Said>(await stage.TypeAsync(stage.UserOf(Stage.Rita), Actions.Transfer, IamUsers.Number));
        await PlayAsync(stage, 7); // handed over
        Assert.NotNull((await IamUsers.OfAsync(stage, user)).HandedOverAt);
        await PressAsync(stage, Stage.Rita, Actions.TransferFailed);

        Assert.True((await IamUsers.OfAsync(stage, user)).IsInCustody);
    }

    [DatabaseFact]
    public async Task A_window_that_ends_without_a_word_hands_nothing_over_and_a_late_word_does()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 6); // the window is open
        var request = (await OnlyAsync(stage)).Handover!.Value;
        stage.Clock.Advance(TimeSpan.FromHours(9));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.NotNull((await OnlyAsync(stage)).HandoverFailedAt);
        Assert.Null((await OnlyAsync(stage)).HandedOverAt);

        await DoneAsync(stage, request, "");
        Assert.Null((await OnlyAsync(stage)).HandedOverAt);

        await using var other = await SetAsync();
        await PlayAsync(other, 6);
        request = (await OnlyAsync(other)).Handover!.Value;
        other.Clock.Advance(TimeSpan.FromHours(9));
        await other.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await DoneAsync(other, request, "yes");
        Assert.True(await OnlyAsync(other) is { HandedOverAt: null, HandoverFailedAt: null });
        await PressAsync(other, Stage.Mona, Actions.TransferSecond);
        Assert.NotNull((await OnlyAsync(other)).HandedOverAt);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task One_holders_word_lets_no_debt_rest_and_the_other_ones_does()
    {
        await using var stage = await SaidOnceAsync();
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.True(account is { IsInCustody: true, OwesSince: not null });
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Contains("waits for both sides", (await CardAsync(stage, Stage.Rita)).Title, StringComparison.Ordinal);

        foreach (var other in (string[])[Stage.Paul, Stage.Petra, Stage.Mike, Stage.Ada, Stage.Rita])
            await PressAsync(stage, other, Actions.TransferSecond);
        Assert.Null((await OnlyAsync(stage)).HandedOverAt);
        Assert.Contains(
            (await stage.CardsAsync(Purpose.Notice, Stage.Mona))[^1].Choices,
            c => c.Action == Actions.TransferSecond
        );
        await PressAsync(stage, Stage.Mona, Actions.TransferSecond);

        account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.True(account is { IsInCustody: false, Email: Email });
        Assert.True((await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation))).IsOver);
        await PlayAsync(stage, 99, from: 7);
        Assert.True(await IsCertifiedAsync(stage));
    }

    [DatabaseFact]
    public async Task After_one_holders_word_Received_is_the_second()
    {
        await using var stage = await SaidOnceAsync();

        await PressAsync(stage, Stage.Ravi, Actions.TransferReceived);

        Assert.True(await OnlyAsync(stage) is { HandedOverAt: not null, ReceivedAt: not null });
        Assert.False(await stage.InDbAsync(db => db.Accounts.AnyAsync(a => a.HandedOverAt == null)));
        await PlayAsync(stage, 99, from: 8);
        Assert.True(await IsCertifiedAsync(stage));
    }

    [DatabaseFact]
    public async Task After_one_holders_word_a_contact_says_that_it_did_not_work()
    {
        await using var stage = await SaidOnceAsync();

        await PressAsync(stage, Stage.Ravi, Actions.TransferFailed);
        await PressAsync(stage, Stage.Mona, Actions.TransferSecond);

        Assert.True(await OnlyAsync(stage) is { HandedOverAt: null, HandoverFailedAt: not null });
        Assert.Contains((await CardAsync(stage, Stage.Rita)).Choices, c => c.Action == Actions.TransferHandover);
    }

    /// <summary>Paul alone has said that it was handed over.</summary>
    private static async Task<Stage> SaidOnceAsync()
    {
        var stage = await SetAsync();
        await PlayAsync(stage, 6);
        var request = (await OnlyAsync(stage)).Handover!.Value;
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, request, Half.Password, new Screen()));
        await DoneAsync(stage, request, "yes");
        return stage;
    }

    [DatabaseFact]
    public async Task A_contact_withdraws_until_it_is_handed_over_and_a_window_ends_with_it()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 6);
        var request = (await OnlyAsync(stage)).Handover!.Value;

        await PressAsync(stage, Stage.Ravi, Actions.TransferWithdraw);

        Assert.True((await stage.RequestAsync(request)).IsOver);
        Assert.NotNull((await OnlyAsync(stage)).WithdrawnAt);
        Assert.Contains("no transfer", (await CardAsync(stage, Stage.Rita)).Title, StringComparison.Ordinal);
        await PlayAsync(stage, 1); // it can be asked for anew

        await using var late = await SetAsync();
        await PlayAsync(late, 7);
        await PressAsync(late, Stage.Ravi, Actions.TransferWithdraw);
        Assert.Null((await OnlyAsync(late)).WithdrawnAt);
    }

    [DatabaseFact]
    public async Task What_runs_on_the_account_comes_first_and_a_rotation_that_nobody_took_gives_way()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 4);
        var emergency = await stage.AskAsync();
        var said = Assert.IsType<Reply.Said>(await HandoverAsync(stage));
        Assert.Contains("runs on this account", said.Text, StringComparison.Ordinal);
        Assert.Null((await OnlyAsync(stage)).Handover);
        await stage.ClickAsync(
            Stage.Rita,
            Actions.Revoke,
            emergency.ToString(),
            submits: true,
            inputs: [("reason", "It has to be.")]
        );
        await stage.DecideAsync(async db =>
            db.Requests.Add(Request.Rotation(await db.Accounts.SingleAsync(), stage.Policy, db.Now))
        );

        await PlayAsync(stage, 7, from: 4);

        var rotation = await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        Assert.True(rotation.IsOver);
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    [Trait("Law", "2")]
    public async Task The_wrong_person_does_no_step()
    {
        await using var stage = await SetAsync();
        // of the provider nobody asks
        await AskAsync(stage, Stage.Ada);
        await AskAsync(stage, Stage.Paul);
        Assert.False(await stage.InDbAsync(db => db.Transfers.AnyAsync()));
        await PlayAsync(stage, 1);
        // nobody agrees to what they asked, nor for the customer
        await PressAsync(stage, Stage.Rita, Actions.TransferAgree);
        await PressAsync(stage, Stage.Ada, Actions.TransferAgree);
        await SayAsync(stage, Stage.Ada, TransferStep.Agreed); // there is a second contact
        Assert.False((await OnlyAsync(stage)).IsDone(TransferStep.Agreed));
        // contacts do not say what the provider knows, custodians not what finance does
        await SayAsync(stage, Stage.Rita, TransferStep.Receiver);
        await SayAsync(stage, Stage.Paul, TransferStep.Invoices);
        await SayAsync(stage, Stage.Dora, TransferStep.Receiver); // finance and duty manager, no custodian
        Assert.Empty((await OnlyAsync(stage)).Words);
        // one person is no two
        await SayAsync(stage, Stage.Paul, TransferStep.Receiver);
        await ConfirmAsync(stage, Stage.Paul, TransferStep.Receiver);
        await ConfirmAsync(stage, Stage.Rita, TransferStep.Receiver);
        Assert.False((await OnlyAsync(stage)).IsDone(TransferStep.Receiver));
        // nothing before its time
        await HandoverAsync(stage);
        await PressAsync(stage, Stage.Rita, Actions.TransferReceived);
        await SayAsync(stage, Stage.Ada, TransferStep.Destroyed);
        var transfer = await OnlyAsync(stage);
        Assert.Equal((null, null, 1), (transfer.Handover, transfer.ReceivedAt, transfer.Words.Count));
        Assert.True(
            await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("\"transfer.refused\""))) >= 9
        );
    }

    [DatabaseFact]
    public async Task A_suspended_customer_can_leave()
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db => (await db.Customers.SingleAsync()).Suspend(db.Now));

        await PlayAsync(stage, 99);

        Assert.True(await IsCertifiedAsync(stage));
    }

    [DatabaseFact]
    public async Task A_sole_contact_needs_two_of_the_provider()
    {
        await using var stage = await SetAsync();
        await stage.ChangeAsync(Stage.Ravi, p => p.Suspend());
        await PlayAsync(stage, 1);
        await SayAsync(stage, Stage.Ada, TransferStep.Agreed);
        Assert.False((await OnlyAsync(stage)).IsDone(TransferStep.Agreed));

        await ConfirmAsync(stage, Stage.Abe, TransferStep.Agreed);

        Assert.True((await OnlyAsync(stage)).IsDone(TransferStep.Agreed));
    }

    [DatabaseTheory]
    [InlineData("", "no e-mail address")]
    [InlineData("Root <root@receiver.example>", "no e-mail address")]
    [InlineData("root", "no e-mail address")]
    [InlineData("ROOT@ACME.example", "has now")]
    [InlineData("aws+new@provider.example", "address of your provider")]
    public async Task The_new_address_is_the_receivers(string email, string says)
    {
        await using var stage = await SetAsync(new Policy { RootEmails = "aws+*@provider.example" });
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).ChangeEmail("root@acme.example"));

        var corrected = Assert.IsType<Reply.Corrected>(await AskAsync(stage, Stage.Rita, email));

        Assert.Contains(says, Assert.Single(corrected.Errors).Value, StringComparison.Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Transfers.AnyAsync()));
    }

    [DatabaseFact]
    public async Task Those_whose_turn_it_is_are_told_and_the_customer_sees_no_name_of_the_provider()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1);
        Assert.Contains(
            Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Ravi)).Choices,
            c => c.Action == Actions.TransferAgree
        );
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Ada));
        Assert.Contains(
            Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Choices,
            c => c.Label == "Say: invoices"
        );

        await PlayAsync(stage, 4, from: 1);

        Assert.Contains(
            (await stage.CardsAsync(Purpose.Notice, Stage.Rita))[^1].Choices,
            c => c.Action == Actions.TransferHandover
        );
        var card = await CardAsync(stage, Stage.Rita);
        Assert.DoesNotContain(
            Stage.Paul,
            string.Join(' ', card.Facts.Select(f => f.Value).Concat(card.Lines)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            Stage.Paul,
            string.Join(' ', (await CardAsync(stage, Stage.Ada)).Facts.Select(f => f.Value)),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task A_transfer_that_nobody_moves_on_is_told_of_every_three_days_to_those_who_could()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 4); // the customer may ask for the window
        var (contacts, provider) = (await CountAsync(stage, Stage.Rita), await CountAsync(stage, Stage.Ada));

        foreach (var hours in (int[])[1, 70, 2, 1, 71])
        {
            stage.Clock.Advance(TimeSpan.FromHours(hours));
            await stage.RunAsync<RemindOfTransfers>(job => job.RunAsync(CancellationToken.None));
            await stage.RunAsync<RemindOfTransfers>(job => job.RunAsync(CancellationToken.None));
        }

        Assert.Equal(contacts + 2, await CountAsync(stage, Stage.Rita));
        Assert.Equal(provider, await CountAsync(stage, Stage.Ada));
        await PlayAsync(stage, 8, from: 4); // the provider ends the custody
        stage.Clock.Advance(TimeSpan.FromDays(3));
        provider = await CountAsync(stage, Stage.Ada);
        await stage.RunAsync<RemindOfTransfers>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(provider + 1, await CountAsync(stage, Stage.Ada));
        await PlayAsync(stage, 10, from: 8); // the couriers' turn
        stage.Clock.Advance(TimeSpan.FromDays(3));
        await stage.RunAsync<RemindOfTransfers>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(3, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("transfer.reminded"))));
    }

    private static async Task<int> CountAsync(Stage stage, string person) =>
        (await stage.CardsAsync(Purpose.Notice, person)).Count(c =>
            c.Title.Contains("transfer of", StringComparison.Ordinal)
        );

    [DatabaseFact]
    public async Task What_only_operators_of_a_vault_may_delete_they_are_told_once_a_day_and_nothing_is_certified_before()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 10); // two ended the custody
        var strict = new StrictVault(new StoredSecret(stage.Account, 1, "rc-mfa/keys/x-g1"));
        var id = (await OnlyAsync(stage)).Id;
        var before = (await stage.CardsAsync(Purpose.Notice, Stage.Ada)).Count;

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await stage.InDbAsync(async db =>
            {
                await new DestroyTransferred(db, [strict]).HandleAsync(id, Half.Mfa, CancellationToken.None);
                return true;
            });
        }

        var cards = await stage.CardsAsync(Purpose.Notice, Stage.Ada);
        Assert.Equal(before + 1, cards.Count);
        Assert.Contains("rc-mfa/keys/x-g1", cards[^1].Lines[0], StringComparison.Ordinal);
        await stage.RunAsync<CertifyTransfer>(job => job.RunAsync(CancellationToken.None));
        Assert.False(await IsCertifiedAsync(stage));
        stage.Clock.Advance(TimeSpan.FromDays(1));
        await stage.InDbAsync(async db =>
        {
            await new DestroyTransferred(db, [strict]).HandleAsync(id, Half.Mfa, CancellationToken.None);
            return true;
        });
        Assert.Equal(before + 2, (await stage.CardsAsync(Purpose.Notice, Stage.Ada)).Count);
    }

    [DatabaseFact]
    public async Task What_a_vault_still_has_after_the_certificate_is_a_stray()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 99);

        var inventory = await stage.InDbAsync(db =>
            new TakeInventory(db, [new StrictVault(new StoredSecret(stage.Account, 1, "there"))]).OfAsync(
                Half.Mfa,
                CancellationToken.None
            )
        );

        var stray = Assert.Single(inventory.Strays);
        Assert.Contains("whose transfer is certified", stray.What, StringComparison.Ordinal);
    }

    internal static async Task<Stage> SetAsync(Policy? policy = null)
    {
        var stage = await Stage.SetAsync(policy);
        await stage.ChangeAsync(Stage.Dora, p => p.Appoint(PersonRole.Finance));
        return stage;
    }

    internal static async Task PlayAsync(Stage stage, int until, int from = 0)
    {
        foreach (var step in Steps(stage).Take(until).Skip(from))
            await step();
    }

    /// <summary>1 asked, 2 agreed, 3 receiver, 4 invoices, 5 window asked for, 6 window open, 7 handed over, 8 received, 9 said, 10 confirmed, 11 destroyed, 12 certified.</summary>
    private static IEnumerable<Func<Task>> Steps(Stage stage)
    {
        yield return () => AskAsync(stage, Stage.Rita);
        yield return () => PressAsync(stage, Stage.Ravi, Actions.TransferAgree);
        yield return async () =>
        {
            await SayAsync(stage, Stage.Paul, TransferStep.Receiver);
            await ConfirmAsync(stage, Stage.Mona, TransferStep.Receiver);
        };
        yield return async () =>
        {
            await InvoicesAsync(stage, "open", "INV-7 is open.");
            await InvoicesAsync(stage, "settled", "INV-7 is paid.");
        };
        yield return () => HandoverAsync(stage);
        yield return async () =>
        {
            var request = (await OnlyAsync(stage)).Handover!.Value;
            await stage.ClickAsync(Stage.Paul, Actions.Approve, request.ToString());
            await stage.ClickAsync(Stage.Mona, Actions.Approve, request.ToString());
            stage.Clock.SetUtcNow((await stage.RequestAsync(request)).Start);
            await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
            Assert.Equal(RequestState.Open, (await stage.RequestAsync(request)).State);
        };
        yield return async () =>
        {
            var request = (await OnlyAsync(stage)).Handover!.Value;
            Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, request, Half.Password, new Screen()));
            await DoneAsync(stage, request, "yes");
            await PressAsync(stage, Stage.Mona, Actions.TransferSecond);
        };
        yield return () => PressAsync(stage, Stage.Ravi, Actions.TransferReceived);
        yield return () => SayAsync(stage, Stage.Ada, TransferStep.Destroyed);
        yield return () => ConfirmAsync(stage, Stage.Abe, TransferStep.Destroyed);
        yield return () => DestroyAsync(stage);
        yield return () => stage.RunAsync<CertifyTransfer>(job => job.RunAsync(CancellationToken.None));
    }

    private static async Task DestroyAsync(Stage stage)
    {
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
            await stage.RunAsync<DestroyTransferredJob>(job => job.RunAsync(half, CancellationToken.None));
    }

    private static Task<Reply> AskAsync(Stage stage, string person, string email = Email) =>
        stage.ClickAsync(
            person,
            Actions.TransferAsk,
            stage.Account.ToString(),
            submits: true,
            inputs: [("receiver", "Receiver Ltd, Ms Wendy Wong"), ("email", email), ("why", "We sold that business.")]
        );

    internal static async Task<Reply> PressAsync(Stage stage, string person, string action) =>
        await stage.ClickAsync(person, action, (await OnlyAsync(stage)).Id.ToString());

    private static async Task<Reply> HandoverAsync(Stage stage) =>
        await stage.ClickAsync(
            Stage.Rita,
            Actions.TransferHandover,
            (await OnlyAsync(stage)).Id.ToString(),
            submits: true,
            inputs:
            [
                (
                    "start",
                    stage.Clock.GetUtcNow().AddHours(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                ),
            ]
        );

    private static async Task<Reply> SayAsync(Stage stage, string person, TransferStep step) =>
        await stage.ClickAsync(
            person,
            Actions.TransferSay,
            $"{(await OnlyAsync(stage)).Id}.{step}",
            submits: true,
            inputs: [("text", Text), ("holds", "settled")]
        );

    private static async Task<Reply> InvoicesAsync(Stage stage, string holds, string reference) =>
        await stage.ClickAsync(
            Stage.Dora,
            Actions.TransferSay,
            $"{(await OnlyAsync(stage)).Id}.{TransferStep.Invoices}",
            submits: true,
            inputs: [("text", reference), ("holds", holds)]
        );

    private static async Task<Reply> ConfirmAsync(Stage stage, string person, TransferStep step)
    {
        var word = (await OnlyAsync(stage)).NewestOf(step)!.Id.ToString();
        await stage.ClickAsync(person, Actions.TransferConfirm, word);
        return await stage.ClickAsync(person, Actions.TransferConfirm, word, submits: true);
    }

    private static Task<Reply> DoneAsync(Stage stage, RequestId request, string handedOver) =>
        stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            request.ToString(),
            submits: true,
            inputs: [("log", "Handed over to Ms Wong."), ("signedout", "yes"), ("handedover", handedOver)]
        );

    internal static async Task<Card> CardAsync(Stage stage, string person) =>
        Assert.IsType<Reply.Drawn>(await stage.TypeAsync(stage.UserOf(person), Actions.Transfer, Number)).Card;

    /// <summary>The newest.</summary>
    internal static Task<Transfer> OnlyAsync(Stage stage) =>
        stage.InDbAsync(db => db.Transfers.OrderByDescending(t => t.AskedAt).FirstAsync());

    internal static Task<bool> IsCertifiedAsync(Stage stage) =>
        stage.InDbAsync(db => db.Transfers.AnyAsync(t => t.CertifiedAt != null));
}
