using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Databases;
using static RootCustody.Tests.Desk.Transfers.TransferTests;

namespace RootCustody.Tests.Desk.Transfers;

/// <summary>An account is handed over in two halves: Rita receives the password, Ravi the codes.</summary>
public sealed class HandoverInHalvesTests
{
    private static readonly string[] Everyone =
    [
        Stage.Rita,
        Stage.Ravi,
        Stage.Paul,
        Stage.Petra,
        Stage.Mona,
        Stage.Mike,
        Stage.Dora,
        Stage.Ada,
    ];

    [DatabaseFact]
    [Trait("Law", "13")]
    public async Task From_the_choice_to_the_certificate_with_a_new_process_after_each_step()
    {
        await using var stage = await AgreedAsync();
        Func<Task>[] steps =
        [
            () => AskAsync(stage),
            async () => await stage.ClickAsync(Stage.Paul, Actions.Approve, (await HandoverAsync(stage)).ToString()),
            async () => await stage.ClickAsync(Stage.Mona, Actions.Approve, (await HandoverAsync(stage)).ToString()),
            () => StartAsync(stage),
            () => RevealAsync(stage, Stage.Rita, Half.Password),
            () => RevealAsync(stage, Stage.Ravi, Half.Mfa),
            () => DoneAsync(stage, Stage.Ravi, "yes"),
            () => PressAsync(stage, Stage.Rita, Actions.TransferSecond),
        ];
        foreach (var step in steps)
        {
            await step();
            await stage.RestartAsync();
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        await PlayAsync(stage, 99, from: 7); // from Received to the certificate

        Assert.True(Certificate.TryRead((await OnlyAsync(stage)).Certificate!, out var certificate));
        var facts = certificate.Facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        Assert.Contains("the password to rita, the codes to ravi", facts["Way"], StringComparison.Ordinal);
        Assert.StartsWith("rita, 2026-", facts["Password shown to"], StringComparison.Ordinal);
        Assert.StartsWith("ravi, 2026-", facts["MFA codes shown to"], StringComparison.Ordinal);
        foreach (var person in Everyone.Skip(2)) // none of the provider's people
            Assert.DoesNotContain(person, string.Join(' ', facts.Values), StringComparison.Ordinal);
        var entries = certificate.Entries.Select(e => AuditText.Read(e.Entry)).ToList();
        var asked = entries.Single(e => e["what"] == "transfer.handover-asked");
        Assert.Equal("in two halves", asked["way"]);
        Assert.Equal(stage.People[Stage.Rita].ToString(), asked["passwordTo"]);
        Assert.Equal(stage.People[Stage.Ravi].ToString(), asked["codesTo"]);
        Assert.Equal(2, entries.Count(e => e["what"] == "exposure.recorded"));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    [Trait("Law", "4")]
    public async Task Each_contact_is_shown_exactly_their_half_and_nobody_else_is_shown_anything()
    {
        await using var stage = await OpenAsync();
        var request = await HandoverAsync(stage);

        foreach (var person in Everyone)
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var screen = new Screen();
            var reply = await stage.RevealAsync(person, request, half, screen);
            var isTheirs = (person, half) is (Stage.Rita, Half.Password) or (Stage.Ravi, Half.Mfa);
            Assert.Equal(isTheirs, reply is Reply.Shown);
            Assert.Equal(isTheirs ? 1 : 0, screen.Lines.Count);
        }

        var shown = await stage.InDbAsync(db => db.Exposures.Where(e => e.Request == request).ToListAsync());
        Assert.Equal(
            [(stage.People[Stage.Rita], Half.Password, 1), (stage.People[Stage.Ravi], Half.Mfa, 1)],
            shown.OrderBy(e => e.Half).Select(e => (e.Person, e.Half, e.Generation))
        );
    }

    [DatabaseFact]
    public async Task The_cards_lead_the_contacts_to_their_half_and_the_custodians_to_none()
    {
        await using var stage = await AgreedAsync();
        await AskAsync(stage);
        var named = Assert.Single(await stage.CardsAsync(Purpose.Receiving, Stage.Ravi));
        Assert.Contains("receive the MFA half", named.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(named.Choices, c => c.Action == Actions.Done);
        foreach (var person in (string[])[Stage.Paul, Stage.Mona])
        {
            var asked = Assert.Single(await stage.CardsAsync(Purpose.Approval, person));
            Assert.Contains("Who approves is not shown it", asked.Lines[0], StringComparison.Ordinal);
        }

        await ApproveAsync(stage);

        foreach (var person in (string[])[Stage.Rita, Stage.Ravi])
        {
            var pointer = Assert.Single(await stage.CardsAsync(Purpose.Pointer, person));
            Assert.Contains(pointer.Choices, c => c.Action == Actions.Reveal);
            var card = Assert.Single(await stage.CardsAsync(Purpose.Receiving, person));
            Assert.Contains("8. Press Done, and tick that it was handed over.", card.Lines);
            Assert.Contains(card.Choices, c => c.Action == Actions.Done);
            Assert.DoesNotContain(card.Facts, f => f.Value is Stage.Paul or Stage.Mona);
        }
        Assert.Equal(2, (await stage.CardsAsync(Purpose.Pointer)).Count);
        var paul = Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Paul));
        Assert.DoesNotContain(paul.Choices, c => c.Action is Actions.Done or Actions.Reveal);
        Assert.Contains(
            paul.Facts,
            f => f.Name == "The MFA half goes to" && f.Value.StartsWith("ravi", StringComparison.Ordinal)
        );
        var status = await CardAsync(stage, Stage.Ada);
        Assert.Contains(
            status.Facts,
            f => f.Name == "Way" && f.Value.Contains("password to rita", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_window_that_fails_leaves_a_debt_and_what_the_contacts_saw_bars_them_as_anybody()
    {
        await using var stage = await OpenAsync();
        await RevealAsync(stage, Stage.Rita, Half.Password);
        await RevealAsync(stage, Stage.Ravi, Half.Mfa);
        stage.Clock.Advance(TimeSpan.FromHours(9));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));

        var transfer = await OnlyAsync(stage);
        Assert.True(transfer is { HandoverFailedAt: not null, HandedOverAt: null });
        Assert.NotNull((await AccountAsync(stage)).OwesSince);
        var swapped = Assert.IsType<Reply.Corrected>(await AskAsync(stage, Stage.Ravi, Stage.Rita));
        Assert.Contains("ravi has seen the MFA half", swapped.Errors["password"], StringComparison.Ordinal);
        Assert.Contains("rita has seen the password half", swapped.Errors["codes"], StringComparison.Ordinal);
        Assert.Contains(
            "HasSeenTheOther",
            await stage.InDbAsync(db =>
                db.Audit.Where(a => a.Entry.Contains("transfer.refused")).Select(a => a.Entry).FirstAsync()
            ),
            StringComparison.Ordinal
        );

        // the same way round it goes on
        Assert.IsType<Reply.Said>(await AskAsync(stage));
        await ApproveAsync(stage);
        await RevealAsync(stage, Stage.Rita, Half.Password);
        await DoneAsync(stage, Stage.Rita, "yes");
        await PressAsync(stage, Stage.Ravi, Actions.TransferSecond);
        Assert.NotNull((await OnlyAsync(stage)).HandedOverAt);
        await PressAsync(stage, Stage.Ravi, Actions.TransferFailed);
        Assert.True(await AccountAsync(stage) is { IsInCustody: true, OwesSince: not null });
        Assert.Contains((await CardAsync(stage, Stage.Rita)).Choices, c => c.Action == Actions.TransferHandover);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Once_the_password_is_rotated_who_saw_it_may_receive_the_codes()
    {
        await using var stage = await OpenAsync();
        await RevealAsync(stage, Stage.Rita, Half.Password);
        await DoneAsync(stage, Stage.Rita, "");
        Assert.IsType<Reply.Corrected>(await AskAsync(stage, Stage.Ravi, Stage.Rita));

        await stage.DecideAsync(async db =>
            db.Retirements.Add(
                (await db.Accounts.SingleAsync()).Promote(
                    2,
                    stage.People[Stage.Paul],
                    stage.People[Stage.Mona],
                    stage.Policy,
                    db.Now
                )
            )
        );

        Assert.IsType<Reply.Said>(await AskAsync(stage, Stage.Ravi, Stage.Rita));
    }

    [DatabaseTheory]
    [InlineData("suspended", "is suspended")]
    [InlineData("frozen", "is frozen")]
    [InlineData("cools off", "a short while ago")]
    [InlineData("not linked", "no chat account linked")]
    [InlineData("opens", "keeps something that opens the password half")]
    [InlineData("left", "no registered contact")]
    public async Task Who_may_not_receive_the_codes_is_refused_with_what_to_do(string how, string says)
    {
        await using var stage = await AgreedAsync();
        await stage.DecideAsync(async db =>
        {
            var id = stage.People[Stage.Ravi];
            var ravi = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id);
            if (how == "suspended")
                ravi.Suspend();
            else if (how == "frozen")
                ravi.Freeze(db.Now);
            else if (how == "opens")
                db.Keepers.Add(Keeper.Of(stage.Account, id, KeptThing.RootMailbox, "the mailbox", db.Now));
            else if (how == "left")
                db.Entry(ravi).Property(p => p.Customer).CurrentValue = CustomerId.New(db.Now);
            else
                ravi.Unlink(stage.UserOf(Stage.Ravi), db.Now);
            if (how == "cools off")
                ravi.Link(stage.UserOf(Stage.Mike) with { Realm = Stage.CustomerRealm }, db.Now, db.Now.AddHours(1));
        });

        var corrected = Assert.IsType<Reply.Corrected>(await AskAsync(stage));

        Assert.Contains(says, Assert.Single(corrected.Errors).Value, StringComparison.Ordinal);
        Assert.Equal("codes", Assert.Single(corrected.Errors).Key);
        Assert.Null((await OnlyAsync(stage)).Handover);
    }

    [DatabaseFact]
    public async Task Neither_the_providers_people_nor_one_person_twice_nor_nobody_is_named()
    {
        await using var stage = await AgreedAsync();

        foreach (
            var (password, codes, field) in ((string, string, string)[])
                [
                    (Stage.Paul, Stage.Ravi, "password"),
                    (Stage.Rita, Stage.Mona, "codes"),
                    (Stage.Rita, Stage.Rita, "codes"),
                    ("", Stage.Ravi, "password"),
                    (Stage.Rita, "", "codes"),
                ]
        )
            Assert.Equal(
                field,
                Assert.Single(Assert.IsType<Reply.Corrected>(await AskAsync(stage, password, codes)).Errors).Key
            );
        var unsaid = Assert.IsType<Reply.Corrected>(await AskAsync(stage, way: "reset"));
        Assert.Contains("choose in two halves", unsaid.Errors["way"], StringComparison.Ordinal);
        Assert.Null((await OnlyAsync(stage)).Handover);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Who_has_no_authenticator_is_not_named()
    {
        await using var stage = await AgreedAsync();
        await stage.DecideAsync(async db =>
        {
            var ron = Person.Of("ron", "ron", stage.Customer, false, db.Now);
            ron.Link(new ChatUser(ChatPlatform.Slack, Stage.CustomerRealm, "U0RON"), db.Now, db.Now);
            db.People.Add(ron);
            stage.People["ron"] = ron.Id;
            await Task.CompletedTask;
        });

        var corrected = Assert.IsType<Reply.Corrected>(await AskAsync(stage, Stage.Rita, "ron"));

        Assert.Contains("ron has no authenticator", corrected.Errors["codes"], StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Keys_of_the_provider_go_to_no_contact()
    {
        await using var stage = await AgreedAsync();
        await stage.DecideAsync(async db =>
        {
            var device = await db.MfaDevices.SingleAsync();
            db.Entry(device).Property(d => d.Kind).CurrentValue = DeviceKind.SecurityKey;
        });

        var corrected = Assert.IsType<Reply.Corrected>(await AskAsync(stage));

        Assert.Contains("Choose the e-mail reset", corrected.Errors["codes"], StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Where_a_key_of_the_provider_lies_no_contact_is_told_though_they_pick_it()
    {
        await using var stage = await OpenAsync();
        await stage.DecideAsync(async db =>
        {
            var (mona, account) = (stage.People[Stage.Mona], await db.Accounts.SingleAsync());
            var device = MfaDevice.Registered(account.Id, -1, "Key", DeviceKind.SecurityKey, mona, db.Now);
            var mike = await db.StandingAsync(stage.People[Stage.Mike], account, CancellationToken.None);
            Assert.Null(device.Vouch(mike, account, db.Now, out _));
            db.AddRange(device, HeldKey.Of(device, new KeyPlace("Safe 3", "S-1", stage.People[Stage.Dora])));
        });
        var request = await HandoverAsync(stage);

        var told = await stage.ClickAsync(
            Stage.Ravi,
            Actions.Reveal,
            request.ToString(),
            Bot.Mfa,
            submits: true,
            surface: new Screen(),
            inputs: [("code", stage.CodeOf(Stage.Ravi)), ("pick", "-1")]
        );

        Assert.Contains("not in use any more", Assert.IsType<Reply.Said>(told).Text, StringComparison.Ordinal);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await RevealAsync(stage, Stage.Ravi, Half.Mfa); // the code of the other device
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Not_me_of_a_contact_ends_the_window_and_another_one_can_be_asked_for()
    {
        await using var stage = await OpenAsync();
        var request = await HandoverAsync(stage);

        await stage.ClickAsync(Stage.Ravi, Actions.NotMe, submits: true);

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(request)).State);
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Rita, request, Half.Password, new Screen()));
        Assert.NotNull((await OnlyAsync(stage)).HandoverFailedAt);
        Assert.Contains((await CardAsync(stage, Stage.Rita)).Choices, c => c.Action == Actions.TransferHandover);
    }

    [DatabaseFact]
    public async Task A_contact_who_may_not_receive_when_it_should_open_stops_it()
    {
        await using var stage = await AgreedAsync();
        await AskAsync(stage);
        var request = await HandoverAsync(stage);
        await stage.DecideAsync(async db =>
        {
            db.Keepers.Add(Keeper.Of(stage.Account, stage.People[Stage.Rita], KeptThing.RootPhone, "phone", db.Now));
            await Task.CompletedTask;
        });

        await stage.ClickAsync(Stage.Paul, Actions.Approve, request.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, request.ToString());
        await StartAsync(stage);

        Assert.Equal(RequestState.Withdrawn, (await stage.RequestAsync(request)).State);
        Assert.NotNull((await OnlyAsync(stage)).HandoverFailedAt);
        Assert.Contains(
            await stage.CardsAsync(Purpose.Step),
            c => c.Lines.Concat([c.Title]).Any(l => l.Contains("rita keeps something", StringComparison.Ordinal))
        );
    }

    [DatabaseFact]
    public async Task An_approval_that_is_taken_back_takes_the_half_from_the_screen_and_another_gives_it_back()
    {
        await using var stage = await OpenAsync();
        var request = await HandoverAsync(stage);
        var screen = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Rita, request, Half.Password, screen));

        await stage.ClickAsync(Stage.Paul, Actions.HandBack, request.ToString(), submits: true);

        await Eventually.TrueAsync(() => Task.FromResult(screen.Removed));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Rita, request, Half.Password, new Screen()));
        await stage.ClickAsync(Stage.Petra, Actions.Approve, request.ToString());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Rita, request, Half.Password, new Screen()));
    }

    [DatabaseFact]
    public async Task Custodians_do_not_say_that_it_was_handed_over()
    {
        await using var stage = await OpenAsync();

        await DoneAsync(stage, Stage.Paul, "yes");
        await DoneAsync(stage, Stage.Dora, "yes");

        Assert.Null((await OnlyAsync(stage)).HandedOverAt);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(await HandoverAsync(stage))).State);
    }

    [DatabaseFact]
    public async Task One_contact_does_not_say_both_words()
    {
        await using var stage = await OpenAsync();
        await DoneAsync(stage, Stage.Rita, "yes");

        foreach (var action in (string[])[Actions.TransferSecond, Actions.TransferReceived])
            await PressAsync(stage, Stage.Rita, action);
        foreach (var approver in (string[])[Stage.Paul, Stage.Mona])
            await PressAsync(stage, approver, Actions.TransferSecond);
        Assert.True(await OnlyAsync(stage) is { HandedOverAt: null, ReceivedAt: null });

        await PressAsync(stage, Stage.Ravi, Actions.TransferReceived);
        Assert.True(await OnlyAsync(stage) is { HandedOverAt: not null, ReceivedAt: not null });
    }

    [DatabaseFact]
    public async Task While_it_is_to_be_handed_over_in_halves_it_waits_for_both_sides()
    {
        await using var stage = await AgreedAsync();
        await AskAsync(stage);

        Assert.Contains("waits for both sides", (await CardAsync(stage, Stage.Rita)).Title, StringComparison.Ordinal);
    }

    private static async Task<Stage> AgreedAsync()
    {
        var stage = await SetAsync();
        await PlayAsync(stage, 4);
        return stage;
    }

    private static async Task<Stage> OpenAsync()
    {
        var stage = await AgreedAsync();
        Assert.IsType<Reply.Said>(await AskAsync(stage));
        await ApproveAsync(stage);
        return stage;
    }

    private static async Task<Reply> AskAsync(
        Stage stage,
        string password = Stage.Rita,
        string codes = Stage.Ravi,
        string way = "halves"
    ) =>
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
                ("way", way),
                ("password", stage.People.TryGetValue(password, out var one) ? one.ToString() : ""),
                ("codes", stage.People.TryGetValue(codes, out var other) ? other.ToString() : ""),
            ]
        );

    /// <summary>Paul and Mona approve, and the window opens.</summary>
    private static async Task ApproveAsync(Stage stage)
    {
        var request = await HandoverAsync(stage);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, request.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, request.ToString());
        await StartAsync(stage);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(request)).State);
    }

    private static async Task StartAsync(Stage stage)
    {
        stage.Clock.SetUtcNow((await stage.RequestAsync(await HandoverAsync(stage))).Start);
        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
    }

    private static async Task RevealAsync(Stage stage, string person, Half half) =>
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(person, await HandoverAsync(stage), half, new Screen()));

    private static async Task DoneAsync(Stage stage, string person, string handedOver) =>
        await stage.ClickAsync(
            person,
            Actions.Done,
            (await HandoverAsync(stage)).ToString(),
            submits: true,
            inputs: [("log", "We signed in and changed all."), ("signedout", "yes"), ("handedover", handedOver)]
        );

    private static async Task<RequestId> HandoverAsync(Stage stage) => (await OnlyAsync(stage)).Handover!.Value;

    private static Task<Account> AccountAsync(Stage stage) => stage.InDbAsync(db => db.Accounts.SingleAsync());
}
