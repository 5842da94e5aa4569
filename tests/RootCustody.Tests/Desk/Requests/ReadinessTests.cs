using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.OnCall;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

public sealed class ReadinessTests
{
    [DatabaseFact]
    public async Task An_account_with_two_people_for_each_half_is_ready()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.ClickAsync(Stage.Dora, Actions.Readiness);

        Assert.Equal(CheckReadiness.AllReady, Assert.IsType<Reply.Said>(reply).Text);
    }

    [DatabaseFact]
    public async Task Who_is_barred_or_away_leaves_a_gap_that_is_reported_to_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        await stage.ChangeAsync(Stage.Mike, mike => mike.GoAway(Stage.Noon.AddDays(2)));
        await stage.InDbAsync(db =>
            db.DecideAsync(
                () =>
                {
                    var (petra, now) = (stage.People[Stage.Petra], db.Now);
                    db.Keepers.Add(
                        RootCustody.Accounts.Keeper.Of(
                            stage.Account,
                            petra,
                            RootCustody.Accounts.KeptThing.RootPhone,
                            "+49",
                            now
                        )
                    );
                    return Task.FromResult(true);
                },
                CancellationToken.None
            )
        );

        await stage.RunAsync<CheckReadinessJob>(job => job.RunAsync(CancellationToken.None));

        var card = await stage.InDbAsync(async db =>
            (await db.Outbox.Include(r => r.Place).SingleAsync(r => r.Place.Purpose == Purpose.Notice)).Card
        );
        Assert.Equal(2, card.Lines.Count);
        Assert.Contains("1 of at least 2 people may hold the password half", card.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("to 2026-11-25 12:00 UTC.", card.Lines[1], StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Too_few_administrators_and_administrators_in_groups_are_said_aloud()
    {
        await using var stage = await Stage.SetAsync(new Policy { AdministratorsMayKeep = true });
        await stage.ChangeAsync(Stage.Ada, ada => ada.Dismiss(PersonRole.Administrator));
        await stage.ChangeAsync(Stage.Paul, paul => paul.Appoint(PersonRole.Administrator));
        await stage.ChangeAsync(Stage.Abe, abe => abe.Suspend());

        var reply = await stage.ClickAsync(Stage.Alma, Actions.Readiness);

        var lines = Assert.IsType<Reply.Drawn>(reply).Card.Lines;
        Assert.Contains(lines, line => line.StartsWith("There are 2 administrators", StringComparison.Ordinal));
        Assert.Contains(
            lines,
            line => line.StartsWith("paul is an administrator and a custodian", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    public async Task What_is_wrong_with_rotas_and_calendars_is_said_too()
    {
        await using var stage = await Stage.SetAsync();
        stage.OnCall["nobodys"] = new OnCallSettings
        {
            Turns = { Stage.Paul },
            HandOver = "Mon 09:00",
            Start = "2026-11-23",
        };
        stage.OnCall["passwords"] = new OnCallSettings { Feed = { Source = "/nowhere/oncall.ics" } };
        await stage.RestartAsync();

        var reply = await stage.ClickAsync(Stage.Dora, Actions.Readiness);

        var lines = Assert.IsType<Reply.Drawn>(reply).Card.Lines;
        Assert.Contains("The settings say who is on call in group nobodys, and there is no such group.", lines);
        Assert.Contains(lines, line => line.StartsWith("On call in passwords: ", StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task A_custodian_does_not_see_all_accounts()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.ClickAsync(Stage.Paul, Actions.Readiness);

        Assert.StartsWith("Only duty managers", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
    }
}
