using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

public sealed class RequestTests
{
    [DatabaseFact]
    public async Task Bad_input_comes_back_with_a_sentence_at_each_field()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", stage.Account.ToString()),
                ("task", "lock-out"),
                ("why", "short"),
                ("kind", "planned"),
                ("start", "1"),
                ("length", "999999"),
            ]
        );

        var errors = Assert.IsType<Reply.Corrected>(reply).Errors;
        Assert.Equal(["length", "start", "why"], errors.Keys.Order());
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Nobody_asks_for_an_account_of_another_customer()
    {
        await using var stage = await Stage.SetAsync();
        var foreign = AccountId.New(Stage.Noon);

        var reply = await stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", foreign.ToString()),
                ("task", "lock-out"),
                ("why", "All administrators are locked out."),
                ("kind", "emergency"),
                ("length", "3600"),
            ]
        );

        Assert.Equal(Sentences.For(Refusal.NotYourAccount), Assert.IsType<Reply.Corrected>(reply).Errors["account"]);
        Assert.True(await stage.InDbAsync(db => db.Audit.AnyAsync(a => a.Entry.Contains("request.refused"))));
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task Who_saw_no_answer_and_sends_the_same_again_has_asked_once()
    {
        await using var stage = await Stage.SetAsync();
        await stage.SubmitAskAsync();

        var again = Assert.IsType<Reply.Said>(await stage.SubmitAskAsync());

        var only = await stage.InDbAsync(db => db.Requests.SingleAsync());
        Assert.Contains($"it is {only.Name}", again.Text, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Another_length_and_another_start_are_other_requests()
    {
        await using var stage = await Stage.SetAsync();
        var start = stage.Clock.GetUtcNow().AddHours(5);
        await stage.SubmitAskAsync();

        await stage.SubmitAskAsync(minutes: "30");
        await stage.SubmitAskAsync(plannedAt: start);
        await stage.SubmitAskAsync(plannedAt: start.AddHours(8));

        Assert.Equal(4, await stage.InDbAsync(db => db.Requests.CountAsync()));
    }

    [DatabaseFact]
    public async Task What_is_over_can_be_asked_for_again()
    {
        await using var stage = await Stage.SetAsync();
        await stage.SubmitAskAsync();
        stage.Clock.Advance(stage.Policy.EmergencyAnswer); // no job has come yet to say so

        await stage.SubmitAskAsync();

        Assert.Equal(2, await stage.InDbAsync(db => db.Requests.CountAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task A_custodian_of_the_provider_finds_nothing_to_ask_for()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.ClickAsync(Stage.Paul, Actions.Request);

        Assert.StartsWith("There is no account", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_planned_window_opens_at_its_start_and_not_before()
    {
        await using var stage = await Stage.SetAsync();
        var start = stage.Clock.GetUtcNow().AddHours(2);
        var id = await stage.AskAsync(plannedAt: start);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Approved, (await stage.RequestAsync(id)).State);

        stage.Clock.Advance(TimeSpan.FromHours(2));
        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        Assert.Equal(2, await stage.InDbAsync(db => db.CardPlaces.CountAsync(p => p.Purpose == Purpose.Pointer)));
    }

    [DatabaseFact]
    public async Task A_denial_ends_a_planned_request_and_everyone_who_got_a_card_sees_why()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync(plannedAt: stage.Clock.GetUtcNow().AddHours(2));

        await stage.ClickAsync(
            Stage.Petra,
            Actions.Deny,
            id.ToString(),
            submits: true,
            inputs: [("reason", "Use IAM.")]
        );

        Assert.Equal(RequestState.Denied, (await stage.RequestAsync(id)).State);
        var last = await LastCardsAsync(stage, Purpose.Approval);
        Assert.Equal(4, last.Count);
        Assert.All(last, card => Assert.Empty(card.Choices));
        Assert.All(last, card => Assert.Contains(card.Facts, f => f.Value == "Use IAM."));
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task What_can_never_succeed_is_said_at_once_and_asks_nobody()
    {
        await using var stage = await Stage.SetAsync();
        await SuspendAsync(stage, Stage.Paul, Stage.Petra);

        var reply = await stage.SubmitAskAsync();

        Assert.Equal(Sentences.For(Refusal.NobodyCanHold), Assert.IsType<Reply.Said>(reply).Text);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        var alert = Assert.Single(await LastCardsAsync(stage, Purpose.Notice));
        Assert.Contains("could never succeed", alert.Title, StringComparison.Ordinal);
        Assert.Single(await stage.InDbAsync(db => db.Outbox.ToListAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task Custodians_whom_no_card_can_reach_count_as_nobody()
    {
        await using var stage = await Stage.SetAsync();
        string[] unreachable = [$"aad-{Stage.Paul}", $"aad-{Stage.Petra}"];
        await stage.InDbAsync(db => db.Identities.Where(i => unreachable.Contains(i.User)).ExecuteDeleteAsync());

        var reply = await stage.SubmitAskAsync();

        Assert.Equal(Sentences.For(Refusal.NobodyCanHold), Assert.IsType<Reply.Said>(reply).Text);
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task Without_a_duty_manager_the_customer_is_told_to_call_themselves()
    {
        await using var stage = await Stage.SetAsync();
        await SuspendAsync(stage, Stage.Paul, Stage.Petra, Stage.Dora);

        var reply = await stage.SubmitAskAsync();

        Assert.Contains("no duty manager", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.True(await stage.InDbAsync(db => db.Audit.AnyAsync(a => a.Entry.Contains("duty.unreachable"))));
    }

    [DatabaseFact]
    public async Task A_voided_approval_that_nobody_can_replace_calls_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync(plannedAt: stage.Clock.GetUtcNow().AddHours(2));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        await SuspendAsync(stage, Stage.Paul, Stage.Petra);
        stage.Clock.Advance(TimeSpan.FromHours(2));

        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        Assert.Single(await LastCardsAsync(stage, Purpose.DutyCall));
    }

    [DatabaseFact]
    public async Task In_an_emergency_one_denial_calls_the_duty_manager_and_the_others_go_on()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();

        await stage.ClickAsync(
            Stage.Petra,
            Actions.Deny,
            id.ToString(),
            submits: true,
            inputs: [("reason", "I doubt it.")]
        );
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        var call = Assert.Single(await LastCardsAsync(stage, Purpose.DutyCall));
        Assert.Contains("I doubt it.", Assert.Single(call.Lines), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_window_that_ends_without_an_answer_calls_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(1));

        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));

        var call = Assert.Single(await LastCardsAsync(stage, Purpose.DutyCall));
        Assert.Contains("did not end cleanly", Assert.Single(call.Lines), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Done_closes_the_window_and_a_clean_answer_calls_nobody()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());

        await stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            id.ToString(),
            submits: true,
            inputs: [("log", "Reset the administrator."), ("signedout", "yes")]
        );

        var request = await stage.RequestAsync(id);
        Assert.Equal(RequestState.Closed, request.State);
        Assert.True(request.IsCleanlyClosed);
        Assert.Empty(await LastCardsAsync(stage, Purpose.DutyCall));
        Assert.All(await LastCardsAsync(stage, Purpose.Pointer), card => Assert.Empty(card.Choices));
    }

    [DatabaseFact]
    public async Task The_requester_ends_the_window_and_nothing_is_shown_any_more()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await stage.ClickAsync(Stage.Rita, Actions.Revoke, id.ToString(), submits: true);
        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());

        Assert.Equal(Sentences.For(Refusal.WindowOver), Assert.IsType<Reply.Said>(reply).Text);
    }

    [DatabaseFact]
    public async Task Nobody_knows_an_unlinked_identity_or_one_from_a_foreign_workspace()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InDbAsync(async db =>
        {
            await db.Realms.Where(r => r.Name == Stage.CustomerRealm).ExecuteDeleteAsync();
            return true;
        });

        var reply = await stage.ClickAsync(Stage.Rita, Actions.Status);

        Assert.StartsWith("I do not know you", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
    }

    private static Task<List<Card>> LastCardsAsync(Stage stage, Purpose purpose) =>
        stage.InDbAsync(async db =>
        {
            var rows = await db.Outbox.Include(r => r.Place).Where(r => r.Place.Purpose == purpose).ToListAsync();
            return rows.GroupBy(r => r.PlaceId).Select(place => place.MaxBy(r => r.Id)!.Card).ToList();
        });

    private static Task SuspendAsync(Stage stage, params string[] keys) =>
        stage.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    foreach (var person in await db.People.Where(p => keys.Contains(p.Key)).ToListAsync())
                        person.Suspend();
                    return true;
                },
                CancellationToken.None
            )
        );
}
