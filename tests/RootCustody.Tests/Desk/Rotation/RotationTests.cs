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

namespace RootCustody.Tests.Desk.Rotation;

public sealed class RotationTests
{
    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_shown_password_is_asked_to_be_rotated_as_soon_as_its_window_is_over()
    {
        await using var stage = await Stage.SetAsync();
        await UseAsync(stage);

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

        var rotation = await RotationAsync(stage);
        Assert.Null(rotation.Requester);
        Assert.Equal(4, await stage.InDbAsync(db => db.CardPlaces.CountAsync(p => p.Request == rotation.Id)));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_window_in_which_nothing_was_shown_owes_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(1));

        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Null((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync(r => r.Kind == RequestKind.Rotation)));
    }

    [DatabaseFact]
    public async Task A_password_that_grew_old_is_asked_to_be_rotated()
    {
        await using var stage = await Stage.SetAsync();
        stage.Clock.Advance(stage.Policy.RotateEvery);

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(RequestState.Asked, (await RotationAsync(stage)).State);
    }

    [Fact] // the other databases plan by what they hold; SQLite by the query alone
    public async Task The_search_for_what_is_due_walks_through_no_account_that_is_not()
    {
        await using var stage = await Stage.SetAsync();
        using var heard = new HeardCommands();

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

        var searches = heard
            .All.Where(sql => sql.Contains("FROM \"Accounts\" AS \"a\"", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(4, searches.Count); // what owes, what is not planned, what falls due by the plan, devices
        foreach (var search in searches)
        {
            var plan = await stage.InDbAsync(db => PlanAsync(db, search));
            Assert.Contains(
                search.Contains("RotationDates", StringComparison.Ordinal)
                    ? "SEARCH r USING INDEX IX_RotationDates_Half_DueAt"
                    : "SEARCH a USING INDEX IX_Accounts_",
                plan,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        }
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_rotation_that_stopped_halfway_leaves_the_debt_and_the_next_one_shows_all_that_may_live()
    {
        await using var stage = await Stage.SetAsync();
        var first = await UseAsync(stage);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var stopped = new Screen();
        await OpenRotationAsync(stage, Stage.Paul, Stage.Mona, stopped);
        stage.Clock.Advance(stage.Policy.RotationWindow);
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var next = new Screen();
        await OpenRotationAsync(stage, Stage.Petra, Stage.Mike, next);

        Assert.Equal([first, stopped.Lines[1]], stopped.Lines);
        Assert.Equal([first, stopped.Lines[1]], next.Lines.Take(2));
        Assert.Equal(3, next.Lines.Distinct(StringComparer.Ordinal).Count());
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_rotation_that_nobody_knows_the_outcome_of_calls_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        stage.Clock.Advance(stage.Policy.RotationWindow);

        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));

        var rotation = await RotationAsync(stage);
        Assert.True(
            await stage.InDbAsync(db =>
                db.CardPlaces.AnyAsync(p => p.Request == rotation.Id && p.Purpose == Purpose.DutyCall)
            )
        );
        Assert.True(await stage.InDbAsync(db => db.Audit.AnyAsync(a => a.Entry.Contains("rotation.unfinished"))));
    }

    [DatabaseFact]
    public async Task A_rotation_is_not_ended_with_a_work_log()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        var rotation = await RotationAsync(stage);

        var reply = await stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            rotation.Id.ToString(),
            submits: true,
            inputs: [("log", "Rotated."), ("signedout", "yes")]
        );

        Assert.Equal(Sentences.For(Refusal.EndsByRotating), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Equal(RequestState.Open, (await RotationAsync(stage)).State);
        Assert.DoesNotContain(
            await stage.InDbAsync(db =>
                db.Outbox.Where(r => r.Place.Request == rotation.Id).Select(r => r.Card).ToListAsync()
            ),
            card => card.Choices.Any(c => c.Action == Actions.Done)
        );
    }

    [DatabaseFact]
    public async Task Who_attests_twice_is_on_record_once()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        var rotation = await RotationAsync(stage);

        for (var i = 0; i < 2; i++)
            await stage.ClickAsync(Stage.Paul, Actions.Rotated, rotation.Id.ToString());

        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("rotation.attested"))));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task What_two_say_is_not_changed_is_dropped_asked_for_again_and_shown_no_more()
    {
        await using var stage = await Stage.SetAsync();
        var first = await UseAsync(stage);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var stopped = new Screen();
        await OpenRotationAsync(stage, Stage.Paul, Stage.Mona, stopped);
        var rotation = await RotationAsync(stage);

        var alone = await FindAsync(stage, Stage.Paul, rotation, 1);
        Assert.Equal("Noted. The other holder has to say so too.", Assert.IsType<Reply.Said>(alone).Text);
        Assert.Equal(RequestState.Open, (await RotationAsync(stage)).State);
        await FindAsync(stage, Stage.Mona, rotation, 1);

        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.Equal((1, true), (account.PasswordGeneration, account.OwesSince is not null));
        Assert.Equal(RequestState.Closed, (await RotationAsync(stage)).State);
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("password.dropped"))));
        Assert.False(
            await stage.InDbAsync(db =>
                db.CardPlaces.AnyAsync(p => p.Request == rotation.Id && p.Purpose == Purpose.DutyCall)
            )
        );
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var next = new Screen();
        await OpenRotationAsync(stage, Stage.Petra, Stage.Mike, next);
        Assert.Equal(2, next.Lines.Count);
        Assert.Equal(first, next.Lines[0]);
        Assert.DoesNotContain(stopped.Lines[1], next.Lines);

        // no time to find out whether the two were right
        var emergency = await stage.OpenAsync(Stage.Paul, Stage.Mona);
        var seen = new Screen();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RevealAsync(Stage.Paul, emergency, Half.Password, seen);
        Assert.Equal([first, stopped.Lines[1], next.Lines[1]], seen.Lines);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task When_no_password_signs_in_the_keeper_of_the_mailbox_is_called_for_and_dropped_ones_are_shown_again()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        await DropAsync(stage);
        var before = new Screen();
        await OpenRotationAsync(stage, Stage.Petra, Stage.Mike, before);
        var rotation = await RotationAsync(stage);
        await KeepsTheMailboxAsync(stage, Stage.Paul);

        await FindAsync(stage, Stage.Mike, rotation, Request.NoneSignsIn);
        var lost = await FindAsync(stage, Stage.Petra, rotation, Request.NoneSignsIn);
        await FindAsync(stage, Stage.Petra, rotation, Request.NoneSignsIn);

        Assert.Contains(
            Assert.IsType<Reply.Drawn>(lost).Card.Lines,
            l => l.Contains("Forgot password?", StringComparison.Ordinal)
        );
        var call = await stage.InDbAsync(db =>
            db.CardPlaces.SingleAsync(p => p.Request == rotation.Id && p.Purpose == Purpose.DutyCall)
        );
        Assert.Contains("Bring them together with paul", call.Why, StringComparison.Ordinal);
        var after = new Screen();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RevealAsync(Stage.Petra, rotation.Id, Half.Password, after);
        Assert.Equal(3, after.Lines.Count);
        Assert.Equal(before.Lines, [after.Lines[0], after.Lines[2]]);

        await stage.ClickAsync(Stage.Petra, Actions.Rotated, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, rotation.Id.ToString());
        Assert.Equal(3, (await stage.InDbAsync(db => db.Accounts.SingleAsync())).PasswordGeneration);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_saw_a_dropped_password_stays_barred_when_it_proves_to_be_in_force()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage); // Paul sees the second password
        var rotation = await RotationAsync(stage);
        await stage.ClickAsync(
            Stage.Paul,
            Actions.HandBack,
            rotation.Id.ToString(),
            submits: true,
            inputs: [("reason", "I have to go.")]
        );
        await stage.ClickAsync(Stage.Petra, Actions.Approve, rotation.Id.ToString());
        await SettleAsync(stage, rotation, Stage.Mona, 1);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await OpenRotationAsync(stage, Stage.Petra, Stage.Mike, new Screen());
        var next = await RotationAsync(stage);
        await SettleAsync(stage, next, Stage.Mike, Request.NoneSignsIn);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RevealAsync(Stage.Petra, next.Id, Half.Password, new Screen());

        await SettleAsync(stage, next, Stage.Mike, 2);

        Assert.Equal(2, (await stage.InDbAsync(db => db.Accounts.SingleAsync())).PasswordGeneration);
        Assert.True(
            (
                await stage.InDbAsync(async db =>
                    await db.StandingAsync(
                        stage.People[Stage.Paul],
                        await db.Accounts.SingleAsync(),
                        CancellationToken.None
                    )
                )
            ).SeenPassword
        );
    }

    [DatabaseFact]
    public async Task Both_holders_see_how_far_it_got_and_the_next_ones_where_it_stopped()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        var rotation = await RotationAsync(stage);
        await stage.ClickAsync(Stage.Paul, Actions.Rotated, rotation.Id.ToString());
        await FindAsync(stage, Stage.Mona, rotation, 1);

        Assert.Contains(
            (await CardsOfAsync(stage, rotation.Id))
                .Last(c => c.Choices.Any(h => h.Action == Actions.NotRotated))
                .Facts,
            f =>
                f.Name == "So far"
                && f.Value
                    == "The passwords are in hand, the code is not. paul says: it is changed. mona says: it is not changed."
        );
        stage.Clock.Advance(stage.Policy.RotationWindow);
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var next = await RotationAsync(stage);

        Assert.NotEqual(rotation.Id, next.Id);
        Assert.All(
            await CardsOfAsync(stage, next.Id),
            card =>
                Assert.Contains(
                    card.Facts,
                    f =>
                        f.Name == "The rotation before"
                        && f.Value == $"{rotation.Name} stopped halfway. The passwords are in hand, the code is not."
                )
        );
    }

    [DatabaseFact]
    public async Task The_wrong_person_is_asked_nothing_and_says_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        var rotation = await RotationAsync(stage);

        foreach (var who in (string[])[Stage.Petra, Stage.Mike, Stage.Dora])
        {
            var asked = await stage.ClickAsync(who, Actions.NotRotated, rotation.Id.ToString());
            Assert.Equal(Sentences.For(Refusal.NotTheHolder), Assert.IsType<Reply.Said>(asked).Text);
            var said = await FindAsync(stage, who, rotation, 1);
            Assert.Equal(Sentences.For(Refusal.NotTheHolder), Assert.IsType<Reply.Said>(said).Text);
        }
        var form = Assert
            .IsType<Reply.Asked>(await stage.ClickAsync(Stage.Paul, Actions.NotRotated, rotation.Id.ToString()))
            .Form;
        Assert.Equal(
            ["1", "2", "0"],
            Assert.IsType<Field.Pick>(Assert.Single(form.Fields)).Options.Select(o => o.Value)
        );
        foreach (var rubbish in (string[])["", "x", "-1", "7", "99999999999999999999"])
            Assert.IsType<Reply.Said>(
                await stage.ClickAsync(
                    Stage.Paul,
                    Actions.NotRotated,
                    rotation.Id.ToString(),
                    submits: true,
                    inputs: [("found", rubbish)]
                )
            );
        Assert.Null((await RotationAsync(stage)).PasswordFound);
    }

    [DatabaseFact]
    public async Task The_status_of_a_custodian_shows_a_password_that_grew_old()
    {
        await using var stage = await Stage.SetAsync();
        stage.Clock.Advance(stage.Policy.RotateEvery);

        var status = await stage.ClickAsync(Stage.Paul, Actions.Status);

        Assert.Contains(
            Assert.IsType<Reply.Drawn>(status).Card.Facts,
            f => f.Name == "Overdue: password of Production (111122223333)"
        );
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task One_holder_alone_promotes_nothing_and_nobody_does_before_the_new_password_was_shown()
    {
        await using var stage = await Stage.SetAsync();
        await UseAsync(stage);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await RotationAsync(stage);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, rotation.Id.ToString());

        var early = await stage.ClickAsync(Stage.Mona, Actions.Rotated, rotation.Id.ToString());
        await stage.RevealAsync(Stage.Paul, rotation.Id, Half.Password, new Screen());
        await stage.ClickAsync(Stage.Paul, Actions.Rotated, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Paul, Actions.Rotated, rotation.Id.ToString());

        Assert.Equal(Sentences.For(Refusal.NewPasswordNotShown), Assert.IsType<Reply.Said>(early).Text);
        Assert.Equal(1, (await stage.InDbAsync(db => db.Accounts.SingleAsync())).PasswordGeneration);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_late_done_does_not_book_a_paid_debt_again()
    {
        await using var stage = await Stage.SetAsync();
        await UseAsync(stage);
        var emergency = await stage.InDbAsync(db => db.Requests.SingleAsync());
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await OpenRotationAsync(stage, Stage.Petra, Stage.Mike, new Screen());
        var rotation = await RotationAsync(stage);
        await stage.ClickAsync(Stage.Petra, Actions.Rotated, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, rotation.Id.ToString());

        await stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            emergency.Id.ToString(),
            submits: true,
            inputs: [("log", "Late.")]
        );

        Assert.Null((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task A_window_that_is_over_but_not_tidied_up_blocks_no_emergency()
    {
        await using var stage = await Stage.SetAsync();
        var first = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(1));

        var second = await stage.OpenAsync(Stage.Petra, Stage.Mike);

        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(first)).State);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(second)).State);
    }

    [DatabaseFact]
    public async Task An_emergency_after_a_rotation_that_stopped_halfway_shows_both_passwords()
    {
        await using var stage = await Stage.SetAsync();
        await UseAsync(stage);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var stopped = new Screen();
        await OpenRotationAsync(stage, Stage.Paul, Stage.Mona, stopped);

        var emergency = await stage.OpenAsync(Stage.Petra, Stage.Mike);
        var seen = new Screen();
        await stage.RevealAsync(Stage.Petra, emergency, Half.Password, seen);

        Assert.Equal(stopped.Lines, seen.Lines);
    }

    [DatabaseFact]
    public async Task An_emergency_ends_a_rotation_window()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);

        var emergency = await stage.OpenAsync(Stage.Petra, Stage.Mike);

        Assert.Equal(RequestState.Revoked, (await RotationAsync(stage)).State);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(emergency)).State);
        var refused = await stage.RevealAsync(Stage.Paul, (await RotationAsync(stage)).Id, Half.Password, new Screen());
        Assert.Equal(Sentences.For(Refusal.WindowOver), Assert.IsType<Reply.Said>(refused).Text);
    }

    /// <summary>An emergency in which Paul sees the password.</summary>
    /// <returns>The password.</returns>
    private static async Task<string> PlanAsync(CustodyDb db, string search)
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var explain = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // what the product itself asked
        explain.CommandText = $"EXPLAIN QUERY PLAN {search}";
#pragma warning restore CA2100
        await using var steps = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await steps.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(steps.GetString(3)); // id, parent, not used, detail
        return string.Join('\n', plan);
    }

    private static async Task<string> UseAsync(Stage stage)
    {
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        return Assert.Single(screen.Lines);
    }

    /// <summary>A debt, and a rotation in which Paul has seen the old and the new password.</summary>
    private static async Task BeginRotationAsync(Stage stage)
    {
        await UseAsync(stage);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await OpenRotationAsync(stage, Stage.Paul, Stage.Mona, new Screen());
    }

    private static async Task OpenRotationAsync(Stage stage, string password, string mfa, Screen screen)
    {
        var rotation = await RotationAsync(stage);
        await stage.ClickAsync(password, Actions.Approve, rotation.Id.ToString());
        await stage.ClickAsync(mfa, Actions.Approve, rotation.Id.ToString());
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(password, rotation.Id, Half.Password, screen));
    }

    private static Task<Reply> FindAsync(Stage stage, string who, Request rotation, int found) =>
        stage.ClickAsync(
            who,
            Actions.NotRotated,
            rotation.Id.ToString(),
            submits: true,
            inputs: [("found", found.ToString(CultureInfo.InvariantCulture))]
        );

    /// <summary>Paul and Mona say that it is not changed, and it is asked for again.</summary>
    private static async Task DropAsync(Stage stage)
    {
        var rotation = await RotationAsync(stage);
        await FindAsync(stage, Stage.Paul, rotation, 1);
        await FindAsync(stage, Stage.Mona, rotation, 1);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
    }

    /// <summary>Petra and the holder of the code say the same.</summary>
    private static async Task SettleAsync(Stage stage, Request rotation, string mfa, int found)
    {
        await FindAsync(stage, Stage.Petra, rotation, found);
        await FindAsync(stage, mfa, rotation, found);
    }

    private static Task<int> KeepsTheMailboxAsync(Stage stage, string who) =>
        stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            var now = stage.Clock.GetUtcNow();
            db.Keepers.Add(Keeper.Of(account.Id, stage.People[who], KeptThing.RootMailbox, "mailbox", now));
            return await db.SaveChangesAsync();
        });

    private static Task<List<Card>> CardsOfAsync(Stage stage, RequestId id) =>
        stage.InDbAsync(db =>
            db.Outbox.Where(r => r.Place.Request == id).OrderBy(r => r.Id).Select(r => r.Card).ToListAsync()
        );

    private static Task<Request> RotationAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.Requests.Where(r => r.Kind == RequestKind.Rotation).OrderByDescending(r => r.AskedAt).FirstAsync()
        );
}
