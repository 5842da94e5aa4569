using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

public sealed class RequestLifeTests
{
    [DatabaseFact]
    public async Task A_half_that_was_handed_back_gets_a_new_holder_who_is_shown_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await SendAsync(stage, Stage.Paul, Actions.HandBack, id, ("reason", "My train leaves."));
        var refused = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
        var screen = new Screen();
        await stage.RevealAsync(Stage.Petra, id, Half.Password, screen);

        Assert.Equal(Sentences.For(Refusal.NotTheHolder), Assert.IsType<Reply.Said>(refused).Text);
        Assert.Single(screen.Lines);
        Assert.Contains(
            "handed back the password half",
            string.Concat((await CardsOfAsync(stage, Purpose.DutyCall)).Single().Lines),
            StringComparison.Ordinal
        );
        Assert.Contains(await CardsOfAsync(stage, Purpose.Pointer, Stage.Petra), card => card.Choices.Count > 0);
        Assert.All(await CardsOfAsync(stage, Purpose.Pointer, Stage.Paul), card => Assert.Empty(card.Choices));
    }

    [DatabaseFact]
    public async Task A_duty_manager_replaces_a_holder_who_does_not_act()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        var without = await SendAsync(stage, Stage.Dora, Actions.Replace, id);
        var stranger = await SendAsync(stage, Stage.Mike, Actions.Replace, id, ("half", "mfa"), ("reason", "Mine!"));
        await SendAsync(stage, Stage.Dora, Actions.Replace, id, ("half", "mfa"), ("reason", "Does not answer."));

        Assert.Equal(["half", "reason"], Assert.IsType<Reply.Corrected>(without).Errors.Keys);
        Assert.Equal(Sentences.For(Refusal.NotADutyManager), Assert.IsType<Reply.Said>(stranger).Text);
        Assert.Null((await stage.RequestAsync(id)).MfaApprover);
        await stage.ClickAsync(Stage.Mike, Actions.Approve, id.ToString());
        Assert.Equal(stage.People[Stage.Mike], (await stage.RequestAsync(id)).MfaApprover);
    }

    [DatabaseFact]
    public async Task A_window_is_longer_when_both_groups_approve_it_and_its_reveals_with_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var closes = (await stage.RequestAsync(id)).Closes;

        await SendAsync(stage, Stage.Paul, Actions.Extend, id, ("reason", "The ticket takes longer."));
        Assert.Contains(
            await CardsOfAsync(stage, Purpose.Reminder, Stage.Mike),
            card => card.Choices.Any(c => c.Label == "Approve more time")
        );
        await stage.ClickAsync(Stage.Petra, Actions.Lengthen, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Lengthen, id.ToString());
        stage.Clock.SetUtcNow(closes!.Value.AddMinutes(1));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(closes + stage.Policy.Extension, (await stage.RequestAsync(id)).Closes);
        Assert.Single(screen.Lines);
    }

    [DatabaseFact]
    public async Task An_edit_asks_everyone_again_and_an_old_card_approves_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, $"{id}.0");

        var form = await stage.ClickAsync(Stage.Rita, Actions.Edit, id.ToString());
        await SendAsync(stage, Stage.Rita, Actions.Edit, id, ("why", "The other administrator is locked out too."));
        var old = await stage.ClickAsync(Stage.Mona, Actions.Approve, $"{id}.0");
        await stage.ClickAsync(Stage.Mona, Actions.Approve, $"{id}.1");

        Assert.IsType<Reply.Asked>(form);
        var told = Assert.IsType<Reply.Drawn>(old).Card;
        Assert.Equal(Sentences.For(Refusal.Edited), told.Lines[0]);
        Assert.Contains(told.Choices, c => c.Subject == $"{id}.1");
        var request = await stage.RequestAsync(id);
        Assert.Equal((null, stage.People[Stage.Mona]), (request.PasswordApprover, request.MfaApprover));
        Assert.Equal("The other administrator is locked out too.", request.Justification);
        Assert.Equal("lock-out", request.Task);
        var cards = await CardsOfAsync(stage, Purpose.Approval, Stage.Paul);
        Assert.Contains(cards.Single().Facts, f => f.Name == "Edited");
        Assert.Contains(cards.Single().Choices, c => c.Action == Actions.Approve);
    }

    [DatabaseFact]
    public async Task Only_the_requester_edits()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();

        var opened = await stage.ClickAsync(Stage.Ravi, Actions.Edit, id.ToString());
        var sent = await SendAsync(stage, Stage.Ravi, Actions.Edit, id, ("why", "I want something else from it."));
        var bad = await SendAsync(stage, Stage.Rita, Actions.Edit, id, ("why", "short"));

        Assert.Equal(Sentences.For(Refusal.NotYoursToEdit), Assert.IsType<Reply.Said>(opened).Text);
        Assert.Equal(Sentences.For(Refusal.NotYoursToEdit), Assert.IsType<Reply.Said>(sent).Text);
        Assert.Contains("why", Assert.IsType<Reply.Corrected>(bad).Errors.Keys);
        Assert.Equal(0, (await stage.RequestAsync(id)).Edits);
    }

    [DatabaseFact]
    public async Task Where_policy_wants_it_a_second_contact_approves_before_a_custodian_is_asked()
    {
        await using var stage = await Stage.SetAsync(new Policy { CustomerApprover = true });
        var id = await stage.AskAsync(plannedAt: Stage.Noon.AddHours(3));

        Assert.Empty(await CardsOfAsync(stage, Purpose.Approval));
        var own = await stage.ClickAsync(Stage.Rita, Actions.Endorse, id.ToString());
        await stage.ClickAsync(Stage.Ravi, Actions.Endorse, id.ToString());

        Assert.Equal(Sentences.For(Refusal.OwnRequest), Assert.IsType<Reply.Said>(own).Text);
        Assert.Equal(4, (await CardsOfAsync(stage, Purpose.Approval)).Count);
        Assert.All(await CardsOfAsync(stage, Purpose.Endorsement), card => Assert.Empty(card.Choices));
    }

    [DatabaseFact]
    public async Task Without_a_second_contact_it_is_refused_at_once()
    {
        await using var stage = await Stage.SetAsync(new Policy { CustomerApprover = true });
        await stage.ChangeAsync(Stage.Ravi, ravi => ravi.Suspend());

        var reply = await stage.SubmitAskAsync(plannedAt: Stage.Noon.AddHours(3));

        Assert.Equal(Sentences.For(Refusal.NoSecondContact), Assert.IsType<Reply.Said>(reply).Text);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [DatabaseFact]
    public async Task For_some_root_tasks_a_duty_manager_approves_too()
    {
        await using var stage = await Stage.SetAsync(new Policy { DutyTasks = "close" });
        var id = await stage.AskAsync(plannedAt: Stage.Noon.AddHours(3), task: "close");
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        var call = Assert.Single(await CardsOfAsync(stage, Purpose.DutyCall, Stage.Dora));
        Assert.Contains(call.Choices, c => c.Action == Actions.Endorse);
        await stage.ClickAsync(Stage.Dora, Actions.Endorse, id.ToString());

        Assert.Equal(RequestState.Approved, (await stage.RequestAsync(id)).State);
    }

    [DatabaseFact]
    public async Task Custodians_are_named_to_the_customer_only_where_policy_says_so()
    {
        async Task<Card> ThreadAsync(Policy policy)
        {
            await using var stage = await Stage.SetAsync(policy);
            var id = await stage.AskAsync();
            await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
            return Assert.Single(await CardsOfAsync(stage, Purpose.Thread));
        }

        Assert.DoesNotContain((await ThreadAsync(new Policy())).Facts, f => f.Value == Stage.Paul);
        Assert.Contains((await ThreadAsync(new Policy { NameCustodians = true })).Facts, f => f.Value == Stage.Paul);
    }

    [DatabaseFact]
    public async Task Who_has_not_answered_is_reminded_and_who_has_is_not()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await SendAsync(stage, Stage.Mike, Actions.Deny, id, ("reason", "Not me."));
        stage.Clock.Advance(stage.Policy.EmergencyReminder);

        await EscalateAsync(stage);
        await EscalateAsync(stage);

        Assert.Single(await CardsOfAsync(stage, Purpose.Reminder));
        Assert.Single(await CardsOfAsync(stage, Purpose.Reminder, Stage.Mona));
        stage.Clock.Advance(stage.Policy.EmergencyReminder);
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        await EscalateAsync(stage);
        var reminder = Assert.Single(await CardsOfAsync(stage, Purpose.Reminder, Stage.Mona));
        Assert.DoesNotContain(reminder.Choices, c => c.Action == Actions.Approve);
    }

    [DatabaseFact]
    public async Task Those_on_call_are_asked_first_then_the_rest_then_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        await OnCallAsync(stage, Stage.Petra, Stage.Mona);
        await stage.AskAsync(plannedAt: Stage.Noon.AddDays(3));

        Assert.Equal([Stage.Mona, Stage.Petra], await AskedAsync(stage));
        stage.Clock.Advance(stage.Policy.PlannedWiden);
        await EscalateAsync(stage);
        Assert.Equal([Stage.Mike, Stage.Mona, Stage.Paul, Stage.Petra], await AskedAsync(stage));
        Assert.Empty(await CardsOfAsync(stage, Purpose.DutyCall));
        stage.Clock.Advance(stage.Policy.PlannedDuty);
        await EscalateAsync(stage);
        Assert.Single(await CardsOfAsync(stage, Purpose.DutyCall, Stage.Dora));
    }

    [DatabaseFact]
    public async Task An_emergency_asks_everyone_at_once_whoever_is_on_call()
    {
        await using var stage = await Stage.SetAsync();
        await OnCallAsync(stage, Stage.Petra, Stage.Mona);

        await stage.AskAsync();

        Assert.Equal([Stage.Mike, Stage.Mona, Stage.Paul, Stage.Petra], await AskedAsync(stage));
    }

    [DatabaseFact]
    public async Task If_nobody_on_call_may_hold_the_rest_is_asked_at_once()
    {
        await using var stage = await Stage.SetAsync();
        await OnCallAsync(stage, Stage.Petra, Stage.Mona);
        await stage.ChangeAsync(Stage.Petra, petra => petra.GoAway(Stage.Noon.AddDays(9)));

        await stage.AskAsync(plannedAt: Stage.Noon.AddDays(3));

        Assert.Equal([Stage.Mona, Stage.Paul], await AskedAsync(stage));
    }

    [DatabaseFact]
    public async Task A_holder_who_waits_in_an_emergency_is_told_to_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        stage.Clock.Advance(stage.Policy.EmergencyDuty);

        await EscalateAsync(stage);

        var call = Assert.Single(await CardsOfAsync(stage, Purpose.DutyCall, Stage.Dora));
        Assert.Contains(call.Choices, c => c.Action == Actions.Replace && c.Subject == id.ToString());
    }

    [DatabaseFact]
    public async Task A_drill_shows_dummies_bars_nobody_owes_nothing_and_reports_the_times()
    {
        await using var stage = await Stage.SetAsync();
        var stranger = await TypeAsync(stage, Stage.Paul, Actions.Drill, "111122223333");
        await TypeAsync(stage, Stage.Dora, Actions.Drill, "111122223333");
        var drill = await stage.InDbAsync(db => db.Requests.SingleAsync());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, drill.Id.ToString());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.ClickAsync(Stage.Mona, Actions.Approve, drill.Id.ToString());
        var (password, code) = (new Screen(), new Screen());
        await stage.RevealAsync(Stage.Paul, drill.Id, Half.Password, password);
        await stage.RevealAsync(Stage.Mona, drill.Id, Half.Mfa, code);
        await SendAsync(stage, Stage.Paul, Actions.Done, drill.Id, ("log", "Practised."), ("signedout", "yes"));

        Assert.Equal(Sentences.For(Refusal.NotDrilledByYou), Assert.IsType<Reply.Said>(stranger).Text);
        Assert.Equal(["DRILL-ONLY", "000000"], password.Lines.Concat(code.Lines));
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.Null(account.OwesSince);
        var report = Assert.Single(await CardsOfAsync(stage, Purpose.Notice, Stage.Dora));
        Assert.Contains(report.Facts, f => f is { Name: "First approval", Value: "after 00:01:00" });
        Assert.Contains(report.Facts, f => f is { Name: "Both approvals", Value: "after 00:02:00" });
        Assert.Contains(report.Facts, f => f is { Name: "Code in hand", Value: "after 00:02:00" });
        // the next emergency goes the other way round: nobody is barred by a dummy
        await stage.ChangeAsync(Stage.Paul, _ => { });
        await stage.OpenAsync();
    }

    [DatabaseFact]
    public async Task A_drill_gives_way_to_an_emergency()
    {
        await using var stage = await Stage.SetAsync();
        await TypeAsync(stage, Stage.Dora, Actions.Drill, "111122223333");
        var drill = await stage.InDbAsync(db => db.Requests.SingleAsync());
        await stage.ClickAsync(Stage.Paul, Actions.Approve, drill.Id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, drill.Id.ToString());
        var busy = await TypeAsync(stage, Stage.Dora, Actions.Drill, "111122223333");

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.OpenAsync(Stage.Petra, Stage.Mike);

        Assert.Contains("under way", Assert.IsType<Reply.Said>(busy).Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(drill.Id)).State);
    }

    [DatabaseFact]
    public async Task Whom_an_emergency_names_cannot_end_it_and_is_frozen_by_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync(named: stage.People[Stage.Ravi].ToString());

        var withdrawn = await SendAsync(stage, Stage.Ravi, Actions.Revoke, id);
        var notDuty = await SendAsync(stage, Stage.Paul, Actions.Bar, id);
        await SendAsync(stage, Stage.Dora, Actions.Bar, id);
        var afterwards = await stage.ClickAsync(Stage.Ravi, Actions.Status);

        Assert.Equal(Sentences.For(Refusal.NamedAsDanger), Assert.IsType<Reply.Said>(withdrawn).Text);
        Assert.Equal(Sentences.For(Refusal.NotADutyManager), Assert.IsType<Reply.Said>(notDuty).Text);
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        Assert.Equal(Sentences.For(Refusal.Frozen), Assert.IsType<Reply.Said>(afterwards).Text);
    }

    [DatabaseFact]
    public async Task A_custodian_is_named_by_the_name_that_the_customer_knows()
    {
        await using var stage = await Stage.SetAsync();

        var unknown = await AskNamingAsync(stage, "emergency", "Somebody");
        var planned = await AskNamingAsync(stage, "planned", Stage.Paul);
        await AskNamingAsync(stage, "emergency", "PAUL, petra");

        Assert.Contains("others", Assert.IsType<Reply.Corrected>(unknown).Errors.Keys);
        Assert.Contains("named", Assert.IsType<Reply.Corrected>(planned).Errors.Keys);
        // nobody is left who could hold the password: said at once
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        await AskNamingAsync(stage, "emergency", "Paul");
        Assert.Equal([Stage.Mike, Stage.Mona, Stage.Petra], await AskedAsync(stage));
    }

    [DatabaseFact]
    public async Task The_password_is_shown_as_often_as_policy_allows_in_one_window()
    {
        await using var stage = await Stage.SetAsync(new Policy { PasswordReveals = 2 });
        var id = await stage.OpenAsync();
        for (var i = 0; i < 2; i++)
        {
            await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
            stage.Clock.Advance(TimeSpan.FromSeconds(60));
        }

        var third = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        var code = new Screen();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, code);

        Assert.Equal(Sentences.For(Refusal.TooManyReveals), Assert.IsType<Reply.Said>(third).Text);
        Assert.Single(code.Lines);
    }

    [DatabaseFact]
    public async Task Custodians_are_asked_in_slack_too()
    {
        await using var stage = await Stage.SetAsync();
        var slack = new ChatUser(ChatPlatform.Slack, Stage.ProviderWorkspace, "U0PAUL");
        await stage.ChangeAsync(Stage.Paul, paul => paul.Link(slack, Stage.Noon, Stage.Noon));

        var id = await stage.AskAsync();

        Assert.Equal(
            2,
            await stage.InDbAsync(db =>
                db.CardPlaces.CountAsync(p =>
                    p.Request == id && p.Purpose == Purpose.Approval && p.Person == stage.People[Stage.Paul]
                )
            )
        );
    }

    [DatabaseFact]
    public async Task An_auditor_sees_how_requests_stand_and_takes_part_in_none()
    {
        await using var stage = await Stage.SetAsync();
        await stage.ChangeAsync(
            Stage.Ada,
            ada =>
            {
                ada.Dismiss(PersonRole.Administrator);
                ada.Appoint(PersonRole.Auditor);
            }
        );
        var id = await stage.AskAsync();

        var status = await stage.ClickAsync(Stage.Ada, Actions.Status);
        var approval = await stage.ClickAsync(Stage.Ada, Actions.Approve, id.ToString());
        var ending = await SendAsync(stage, Stage.Ada, Actions.Revoke, id);

        Assert.Contains(
            Assert.IsType<Reply.Drawn>(status).Card.Facts,
            fact => fact.Value.Contains("waits for approvals", StringComparison.Ordinal)
        );
        Assert.Equal(Sentences.For(Refusal.NotACustodian), Assert.IsType<Reply.Said>(approval).Text);
        Assert.Equal(Sentences.For(Refusal.NotYoursToEnd), Assert.IsType<Reply.Said>(ending).Text);
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_half_that_a_dead_courier_had_maybe_shown_is_in_hand_once_its_time_is_over()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        var dying = new Screen { Meanwhile = () => throw new IOException("the process dies here") };
        await Assert.ThrowsAsync<IOException>(() => stage.RevealAsync(Stage.Mona, id, Half.Mfa, dying));

        await SendAsync(stage, Stage.Paul, Actions.Done, id, ("log", "All done."), ("signedout", "yes"));
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await SendAsync(stage, Stage.Paul, Actions.Done, id, ("log", "All done."), ("signedout", "yes"));

        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(id)).State);
    }

    private static Task<Reply> SendAsync(
        Stage stage,
        string who,
        string action,
        RequestId id,
        params (string, string)[] inputs
    ) => stage.ClickAsync(who, action, id.ToString(), submits: true, inputs: inputs);

    private static Task<Reply> TypeAsync(Stage stage, string who, string word, string rest) =>
        stage.ClickAsync(who, word, inputs: [("text", rest)]);

    private static Task<Reply> AskNamingAsync(Stage stage, string kind, string others) =>
        stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", stage.Account.ToString()),
                ("task", "abuse"),
                ("why", "Somebody abuses the account."),
                ("kind", kind),
                ("start", "1795705200"),
                ("length", "3600"),
                ("others", others),
            ]
        );

    private static Task EscalateAsync(Stage stage) =>
        stage.RunAsync<EscalateRequestsJob>(job => job.RunAsync(CancellationToken.None));

    private static Task OnCallAsync(Stage stage, params string[] keys) =>
        stage.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    foreach (var group in await db.Groups.Include(g => g.Members).ToListAsync())
                    foreach (var key in keys.Where(k => group.Has(stage.People[k])))
                        db.OnCallShifts.Add(
                            OnCallShift.Of(group.Id, stage.People[key], Stage.Noon, Stage.Noon.AddDays(7))
                        );
                    return true;
                },
                CancellationToken.None
            )
        );

    /// <summary>Who has a card that asks for an approval.</summary>
    private static Task<List<string>> AskedAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.CardPlaces.Where(p => p.Purpose == Purpose.Approval)
                .Join(db.People, p => p.Person, p => p.Id, (_, person) => person.Key)
                .Distinct()
                .OrderBy(key => key)
                .ToListAsync()
        );

    private static Task<List<Card>> CardsOfAsync(Stage stage, Purpose purpose, string? person = null) =>
        stage.InDbAsync(async db =>
        {
            PersonId? id = person is null ? null : stage.People[person];
            var rows = await db
                .Outbox.Include(r => r.Place)
                .Where(r => r.Place.Purpose == purpose && (id == null || r.Place.Person == id))
                .ToListAsync();
            return rows.GroupBy(r => r.PlaceId).Select(place => place.MaxBy(r => r.Id)!.Card).ToList();
        });
}
