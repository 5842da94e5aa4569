using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class FreezeTests
{
    [DatabaseFact]
    public async Task Not_me_freezes_the_person_in_every_chat_at_once()
    {
        await using var stage = await Stage.SetAsync();
        var second = await SecondIdentityAsync(stage);
        var id = await stage.AskAsync();

        await stage.ClickAsync(second, Actions.NotMe);

        foreach (
            var reply in (Reply[])
                [
                    await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString()),
                    await stage.ClickAsync(second, Actions.Status),
                    await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()),
                    await stage.ClickAsync(Stage.Paul, Actions.Link),
                    await stage.ClickAsync(Stage.Paul, Actions.Enrol),
                ]
        )
            Assert.Equal(Sentences.For(Refusal.Frozen), Assert.IsType<Reply.Said>(reply).Text);
        var cards = await stage.CardsAsync(Purpose.Notice, Stage.Paul);
        Assert.Equal(2, cards.Count); // each of their chats says so
    }

    [DatabaseTheory]
    [InlineData("notme", "")]
    [InlineData("not", "me")]
    [InlineData("not", " Me ")]
    public async Task It_can_be_typed_in_the_ways_that_people_type_it(string word, string rest)
    {
        await using var stage = await Stage.SetAsync();

        await stage.TypeAsync(stage.UserOf(Stage.Mona), word, rest);

        Assert.NotNull((await PersonAsync(stage, Stage.Mona)).FrozenAt);
    }

    [DatabaseFact]
    public async Task Every_card_of_a_running_request_and_every_pointer_has_the_button()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        foreach (var purpose in (Purpose[])[Purpose.Thread, Purpose.Approval, Purpose.Pointer])
            Assert.All(await stage.CardsAsync(purpose), card => Assert.Equal(Choice.NotMe, card.Choices[^1]));
        Assert.NotNull(Choice.NotMe.Confirm);
    }

    [DatabaseFact]
    public async Task A_stolen_chat_account_that_says_not_me_does_not_stop_an_emergency_before_its_window()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        await stage.ClickAsync(Stage.Paul, Actions.NotMe);
        Assert.Null((await stage.RequestAsync(id)).PasswordApprover);
        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        var request = await stage.RequestAsync(id);
        Assert.Equal(RequestState.Open, request.State);
        Assert.Equal(stage.People[Stage.Petra], request.PasswordApprover);
    }

    [DatabaseFact]
    public async Task A_stolen_chat_account_that_says_not_me_does_not_end_the_window_of_an_emergency()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await stage.ClickAsync(Stage.Paul, Actions.NotMe);
        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        var petra = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Petra, id, Half.Password, petra));
        Assert.Single(petra.Lines);
        var code = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, code));
    }

    [DatabaseFact]
    public async Task The_planned_window_of_someone_frozen_ends_and_what_they_saw_is_a_debt()
    {
        await using var stage = await Stage.SetAsync();
        var id = await PlannedAsync(stage);
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());

        await stage.ClickAsync(Stage.Paul, Actions.NotMe);

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(id)).State);
        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        var mona = new Screen();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, mona);
        Assert.Empty(mona.Lines);
    }

    [DatabaseFact]
    public async Task The_duty_manager_and_the_administrators_get_the_facts()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var name = (await stage.RequestAsync(id)).Name;

        await stage.ClickAsync(Stage.Paul, Actions.NotMe);

        foreach (var person in (string[])[Stage.Dora, Stage.Ada, Stage.Abe])
        {
            var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, person));
            Assert.Contains("paul", card.Title, StringComparison.Ordinal);
            Assert.Contains(card.Facts, f => f.Value.Contains(name, StringComparison.Ordinal));
            Assert.Contains(card.Facts, f => f.Value == stage.UserOf(Stage.Paul).Shown());
        }
    }

    [DatabaseFact]
    public async Task Said_twice_it_is_told_once()
    {
        await using var stage = await Stage.SetAsync();

        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => stage.ClickAsync(Stage.Paul, Actions.NotMe)))
        );

        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
    }

    [DatabaseTheory, Trait("Law", "5")]
    [InlineData(Bot.Password)]
    [InlineData(Bot.Mfa)]
    public async Task Said_to_a_courier_nothing_is_shown_from_that_moment_on_and_the_worker_does_the_rest(Bot bot)
    {
        await using var stage = await Stage.SetAsync();
        var id = await PlannedAsync(stage);

        await stage.ClickAsync(Stage.Paul, Actions.NotMe, bot: bot);
        var screen = new Screen();
        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(Sentences.For(Refusal.Frozen), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Empty(screen.Lines);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State); // no job has run
        await stage.RunAsync<TidyFrozenJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(id)).State);
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        await stage.RunAsync<TidyFrozenJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
    }

    [DatabaseFact]
    public async Task What_stands_on_the_screen_of_someone_frozen_comes_off()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await stage.ClickAsync(Stage.Paul, Actions.NotMe, bot: Bot.Password); // the emergency itself goes on

        await Eventually.TrueAsync(() => Task.FromResult(screen.RemovedAfterShown));
    }

    [DatabaseFact]
    public async Task Codes_that_wait_for_someone_frozen_are_dead()
    {
        await using var stage = await Stage.SetAsync();
        await stage.CodeByTwoAsync("enrol paul");
        await stage.DecideAsync(db =>
        {
            db.Invitations.Add(Invitation.Of(stage.People[Stage.Paul], "CODE", db.Now.AddDays(1)));
            return Task.CompletedTask;
        });

        await stage.ClickAsync(Stage.Paul, Actions.NotMe);

        Assert.False(await stage.InDbAsync(db => db.Invitations.AnyAsync()));
        Assert.False(await stage.InDbAsync(db => db.EnrolmentCodes.AnyAsync()));
    }

    [DatabaseFact]
    public async Task A_requester_who_says_not_me_ends_nothing_but_the_duty_manager_is_asked()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await stage.ClickAsync(Stage.Rita, Actions.NotMe);

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        var call = Assert.Single(await stage.CardsAsync(Purpose.DutyCall));
        Assert.Contains("who asked for", Assert.Single(call.Lines), StringComparison.Ordinal);
        Assert.Contains(call.Choices, c => c.Action == Actions.Revoke);
    }

    [DatabaseFact, Trait("Law", "11")]
    public async Task A_frozen_duty_manager_is_not_the_one_who_is_called()
    {
        await using var stage = await Stage.SetAsync();

        await stage.ClickAsync(Stage.Dora, Actions.NotMe);

        var own = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Equal("You are frozen", own.Title);
        Assert.True(await stage.InDbAsync(db => db.Audit.AnyAsync(a => a.Entry.Contains("duty.unreachable"))));
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Ada));
    }

    /// <summary>A planned window that Paul and Mona hold.</summary>
    private static async Task<RequestId> PlannedAsync(Stage stage)
    {
        var id = await stage.AskAsync(plannedAt: stage.Clock.GetUtcNow().AddHours(2));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await stage.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        return id;
    }

    private static async Task<ChatUser> SecondIdentityAsync(Stage stage)
    {
        var second = new ChatUser(ChatPlatform.Teams, Stage.ProviderRealm, "aad-second");
        await stage.DecideAsync(async db =>
            (await db.People.SingleAsync(p => p.Key == Stage.Paul)).Link(second, db.Now, db.Now)
        );
        return second;
    }

    private static Task<Person> PersonAsync(Stage stage, string key) =>
        stage.InDbAsync(db => db.People.SingleAsync(p => p.Key == key));
}
