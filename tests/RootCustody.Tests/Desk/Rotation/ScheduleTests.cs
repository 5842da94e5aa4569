using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Rotation;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Rotation;

public sealed class ScheduleTests
{
    private static readonly string[] Custodians = [Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike];

    [DatabaseFact]
    public async Task A_rotation_is_asked_for_on_the_day_that_is_planned_before_its_limit()
    {
        await using var stage = await Stage.SetAsync();
        var date = await PlannedAsync(stage);
        Assert.InRange(date.DueAt, date.Limit - stage.Policy.RotationSpread, date.Limit);
        Assert.True(date.DueOn.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

        stage.Clock.SetUtcNow(date.DueAt - TimeSpan.FromSeconds(1));
        await AskAsync(stage);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));

        stage.Clock.SetUtcNow(date.DueAt);
        await AskAsync(stage);
        Assert.Equal(RequestKind.Rotation, (await stage.InDbAsync(db => db.Requests.SingleAsync())).Kind);
    }

    [DatabaseFact]
    public async Task The_custodians_are_told_14_7_and_1_days_before_and_on_the_day_and_then_every_working_day()
    {
        await using var stage = await Stage.SetAsync();
        var date = await PlannedAsync(stage);

        var told = await DaysToldAsync(stage, Stage.Paul, date.DueOn.AddDays(5));

        var before = (int[])[-14, -7, -1, 0, 1, 2, 3, 4, 5];
        Assert.Equal(before.Select(d => WorkingDay(date.DueOn.AddDays(d))).Distinct(), told);
    }

    [DatabaseFact]
    public async Task Each_custodian_of_both_halves_gets_one_digest_a_day_whatever_the_number_of_accounts_and_sweeps()
    {
        await using var stage = await Stage.SetAsync();
        await AddAccountsAsync(stage, 30);
        var date = await PlannedAsync(stage);
        await using var other = stage.Beside();
        stage.Clock.SetUtcNow(date.Limit);
        SkipWeekend(stage);

        await Task.WhenAll(TellAsync(stage), TellAsync(other), TellAsync(stage));
        await stage.RestartAsync();
        await TellAsync(stage);

        foreach (var person in Custodians)
            Assert.Single(await stage.CardsAsync(Purpose.Notice, person));
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Ada));
    }

    [DatabaseFact]
    public async Task Whoever_could_not_be_told_is_told_by_the_next_sweep_and_nobody_twice()
    {
        await using var stage = await Stage.SetAsync();
        var date = await PlannedAsync(stage);
        stage.Clock.SetUtcNow(date.DueAt);
        await stage.ChangeAsync(Stage.Mona, p => p.GoAway(stage.Clock.GetUtcNow().AddMinutes(30)));
        await TellAsync(stage);
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Mona));

        stage.Clock.Advance(TimeSpan.FromDays(1));
        SkipWeekend(stage);
        await TellAsync(stage);

        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Mona));
        Assert.Equal(2, (await stage.CardsAsync(Purpose.Notice, Stage.Paul)).Count);
    }

    [DatabaseFact]
    public async Task Nobody_is_told_outside_of_the_hours()
    {
        await using var stage = await Stage.SetAsync();
        var date = await PlannedAsync(stage);
        stage.Clock.SetUtcNow(new DateTimeOffset(date.DueOn, new TimeOnly(7, 59), TimeSpan.Zero)); // they begin at 8

        await TellAsync(stage);

        Assert.Empty(await stage.CardsAsync(Purpose.Notice));
    }

    [DatabaseFact]
    public async Task The_duty_manager_hears_of_what_stays_overdue()
    {
        await using var stage = await Stage.SetAsync();
        var date = await PlannedAsync(stage);
        stage.Clock.SetUtcNow(date.Limit);
        SkipWeekend(stage);
        while (DateOnly.FromDateTime(stage.Clock.GetUtcNow().UtcDateTime) < date.DutyOn)
            stage.Clock.Advance(TimeSpan.FromDays(1));

        await TellAsync(stage);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Contains(card.Facts, f => f.Name == "Overdue: password of Production (111122223333)");
        Assert.Empty(card.Choices);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task What_was_exposed_is_told_as_exposed_whatever_the_calendar_says()
    {
        await using var stage = await Stage.SetAsync(new Policy { RotationBlackOuts = "2020-01-01..2040-01-01" });
        await PlannedAsync(stage);
        await ExposeAsync(stage);

        await PlanAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync(stage);

        var card = (await stage.CardsAsync(Purpose.Notice, Stage.Paul))[^1];
        Assert.Equal("Rotations: 1 exposed", card.Title);
        var status = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Status));
        Assert.Contains(status.Card.Facts, f => f.Name == "Exposed: password of Production (111122223333)");
    }

    [DatabaseFact]
    public async Task A_plan_that_is_not_as_policy_wants_it_is_told_once()
    {
        await using var stage = await Stage.SetAsync(new Policy { RotationBlackOuts = "2020-01-01..2040-01-01" });

        await PlanAsync(stage);
        await ReviewAsync(stage);

        var cards = await stage.CardsAsync(Purpose.Notice, Stage.Dora);
        Assert.Equal(2, cards.Count); // one for each group
        Assert.All(cards, card => Assert.Contains("do not fit into the plan", card.Title, StringComparison.Ordinal));
        Assert.Equal(Strain.NoDay, (await DateAsync(stage)).Strain);
    }

    [DatabaseFact]
    public async Task A_black_out_that_is_set_later_moves_what_falls_into_it()
    {
        await using var stage = await Stage.SetAsync();
        var before = await PlannedAsync(stage);
        stage.Policy.RotationBlackOuts = before.DueOn.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await stage.RestartAsync();

        await ReviewAsync(stage);

        var after = await DateAsync(stage);
        Assert.NotEqual(before.DueOn, after.DueOn);
        Assert.Equal(Strain.None, after.Strain);
    }

    [DatabaseFact]
    public async Task What_is_planned_is_not_planned_again()
    {
        await using var stage = await Stage.SetAsync();
        var before = await PlannedAsync(stage);

        await PlanAsync(stage);
        await ReviewAsync(stage);

        Assert.Equal(
            (before.DueAt, before.RemindOn),
            await DateAsync(stage) is var d ? (d.DueAt, d.RemindOn) : default
        );
        Assert.False(await stage.InDbAsync(db => db.Accounts.AnyAsync(a => a.PasswordPlannedAt == null)));
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task Rotate_now_is_the_approval_of_ones_own_half()
    {
        await using var stage = await Stage.SetAsync();
        await RemindedAsync(stage);
        var asked = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Mona, Actions.RotateNow));
        var pick = Assert.IsType<Field.Pick>(Assert.Single(asked.Form.Fields));
        Assert.Equal(stage.Account.ToString(), pick.Initial);

        await RotateNowAsync(stage, Stage.Mona);

        var request = await stage.InDbAsync(db => db.Requests.SingleAsync());
        Assert.Equal(
            (RequestKind.Rotation, RequestState.Asked, null),
            (request.Kind, request.State, request.Requester)
        );
        Assert.Equal((null, stage.People[Stage.Mona]), (request.PasswordApprover, request.MfaApprover));
        await RotateNowAsync(stage, Stage.Petra);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(request.Id)).State);
    }

    [DatabaseFact]
    public async Task Rotate_now_begins_nothing_that_nobody_was_reminded_of_or_that_is_not_ones_own()
    {
        await using var stage = await Stage.SetAsync();
        await PlannedAsync(stage);
        var early = await RotateNowAsync(stage, Stage.Paul);
        await RemindedAsync(stage);
        var foreign = await RotateNowAsync(stage, Stage.Dora);

        Assert.StartsWith("There is no password", Assert.IsType<Reply.Said>(early).Text, StringComparison.Ordinal);
        Assert.StartsWith("There is no password", Assert.IsType<Reply.Said>(foreign).Text, StringComparison.Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_has_seen_the_other_half_begins_no_rotation()
    {
        await using var stage = await Stage.SetAsync();
        await ExposeAsync(stage, by: Stage.Mona);
        await PlanAsync(stage);

        var refused = await RotateNowAsync(stage, Stage.Mona);

        Assert.Equal(Sentences.For(Refusal.HasSeenTheOtherHalf), Assert.IsType<Reply.Said>(refused).Text);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [DatabaseFact]
    public async Task A_rotation_is_put_off_with_a_reason_that_the_audit_log_keeps()
    {
        await using var stage = await Stage.SetAsync();
        var before = await RemindedAsync(stage);

        var reply = await SnoozeAsync(stage, Stage.Paul, 2);
        await ReviewAsync(stage);

        Assert.Equal("Put off", Assert.IsType<Reply.Drawn>(reply).Card.Title);
        Assert.Equal(before.DueAt.AddDays(2), (await DateAsync(stage)).DueAt);
        Assert.True(
            await stage.InDbAsync(db =>
                db.Audit.AnyAsync(a => a.Entry.Contains("rotation.snoozed") && a.Entry.Contains("Away at AWS"))
            )
        );
    }

    [DatabaseTheory]
    [InlineData(8)] // 7 days in all
    [InlineData(0)]
    public async Task A_rotation_is_not_put_off_for_longer_than_policy_allows(int days)
    {
        await using var stage = await Stage.SetAsync();
        var before = await RemindedAsync(stage);

        Assert.IsType<Reply.Said>(await SnoozeAsync(stage, Stage.Paul, days));

        Assert.Equal(before.DueAt, (await DateAsync(stage)).DueAt);
    }

    [DatabaseFact]
    public async Task Putting_off_again_and_again_counts_together()
    {
        await using var stage = await Stage.SetAsync();
        var before = await RemindedAsync(stage);

        foreach (var _ in Enumerable.Range(0, 4))
            await SnoozeAsync(stage, Stage.Paul, 3);

        var allowed = ((int[])[0, 3, 6]).Last(days => before.DueAt.AddDays(days) < before.Limit);
        Assert.Equal(before.DueAt.AddDays(allowed), (await DateAsync(stage)).DueAt);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_debt_is_not_put_off()
    {
        await using var stage = await Stage.SetAsync();
        await ExposeAsync(stage);
        await PlanAsync(stage);
        var before = await DateAsync(stage);

        var reply = await SnoozeAsync(stage, Stage.Paul, 1);

        Assert.Equal(Snoozing.Say(SnoozeRefusal.Exposed), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Equal(before.DueAt, (await DateAsync(stage)).DueAt);
    }

    private static async Task<RotationDate> PlannedAsync(Stage stage)
    {
        await PlanAsync(stage);
        return await DateAsync(stage);
    }

    /// <summary>It is an hour at which people are told, a week before it falls due.</summary>
    private static async Task<RotationDate> RemindedAsync(Stage stage)
    {
        var date = await PlannedAsync(stage);
        stage.Clock.SetUtcNow(date.DueAt.AddDays(-7));
        return date;
    }

    private static Task<RotationDate> DateAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.RotationDates.AsNoTracking().SingleAsync(d => d.Account == stage.Account && d.Half == Half.Password)
        );

    private static Task PlanAsync(Stage stage) =>
        stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));

    private static Task ReviewAsync(Stage stage) =>
        stage.RunAsync<PlanRotationsJob>(job => job.ReviewAsync(CancellationToken.None));

    private static Task AskAsync(Stage stage) =>
        stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

    private static Task TellAsync(Stage stage) =>
        stage.RunAsync<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));

    private static Task<Reply> RotateNowAsync(Stage stage, string person) =>
        stage.ClickAsync(person, Actions.RotateNow, submits: true, inputs: [("account", stage.Account.ToString())]);

    private static Task<Reply> SnoozeAsync(Stage stage, string person, int days) =>
        stage.ClickAsync(
            person,
            Actions.Snooze,
            submits: true,
            inputs:
            [
                ("account", stage.Account.ToString()),
                ("days", days.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("why", "Away at AWS"),
            ]
        );

    private static Task ExposeAsync(Stage stage, string by = Stage.Paul) =>
        stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == stage.Account);
            account.Owe(stage.Policy, stage.Clock.GetUtcNow());
            db.Exposures.Add(
                RootCustody.Reveals.Exposure.FromBirth(
                    account.Id,
                    Half.Password,
                    account.PasswordGeneration,
                    stage.People[by],
                    stage.Clock.GetUtcNow()
                )
            );
        });

    private static Task AddAccountsAsync(Stage stage, int more) =>
        stage.DecideAsync(async db =>
        {
            var model = await db.Accounts.SingleAsync();
            for (var i = 0; i < more; i++)
            {
                var account = Account.Of(
                    i.ToString("D12", System.Globalization.CultureInfo.InvariantCulture),
                    $"Account {i}",
                    "aws@acme.example",
                    model.Customer,
                    model.PasswordGroup,
                    model.MfaGroup,
                    stage.Clock.GetUtcNow()
                );
                account.TakePassword(1, stage.Policy, stage.Clock.GetUtcNow());
                account.TakeDevice(1);
                db.Accounts.Add(account);
            }
        });

    /// <summary>Sweeps several times a day, nights and weekends too.</summary>
    private static async Task<List<DateOnly>> DaysToldAsync(Stage stage, string person, DateOnly last)
    {
        var days = new List<DateOnly>();
        var known = 0;
        for (
            var day = DateOnly.FromDateTime(stage.Clock.GetUtcNow().UtcDateTime).AddDays(1);
            day <= last;
            day = day.AddDays(1)
        )
        {
            foreach (var hour in (int[])[3, 9, 15, 20])
            {
                stage.Clock.SetUtcNow(new DateTimeOffset(day, new TimeOnly(hour, 0), TimeSpan.Zero));
                await TellAsync(stage);
            }
            var count = (await stage.CardsAsync(Purpose.Notice, person)).Count;
            Assert.InRange(count - known, 0, 1);
            if (count > known)
                days.Add(day);
            known = count;
        }
        return days;
    }

    /// <summary>What falls on a weekend is told before it; a day that has no hour of its own is none.</summary>
    private static DateOnly WorkingDay(DateOnly day) =>
        day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(-1),
            DayOfWeek.Sunday => day.AddDays(-2),
            _ => day,
        };

    private static void SkipWeekend(Stage stage)
    {
        while (stage.Clock.GetUtcNow().DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            stage.Clock.Advance(TimeSpan.FromDays(1));
    }
}
