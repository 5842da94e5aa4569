using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class ProbingTests
{
    [DatabaseFact]
    public async Task Many_refusals_are_told_to_the_duty_manager_once_with_the_facts()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await RefuseAsync(stage, id, stage.Policy.Probing - 1);
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        await RefuseAsync(stage, id, 5);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Contains("petra", card.Title, StringComparison.Ordinal);
        Assert.Contains(card.Facts, f => f.Name == "approval.refused (AlreadyDecided)" && f.Value == "10");
        Assert.Contains(card.Facts, f => f.Value == "Production (111122223333)");
    }

    [DatabaseFact]
    public async Task An_hour_later_it_is_told_again()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await RefuseAsync(stage, id, stage.Policy.Probing);
        stage.Clock.Advance(TimeSpan.FromHours(1));

        await RefuseAsync(stage, id, stage.Policy.Probing - 1);
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        await RefuseAsync(stage, id, 1);

        Assert.Equal(2, (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Count);
    }

    [DatabaseFact]
    public async Task Slow_refusals_over_many_hours_are_no_probing()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        for (var hour = 0; hour < 5; hour++)
        {
            await RefuseAsync(stage, id, 3);
            stage.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
    }

    [DatabaseFact, Trait("Law", "12")]
    public async Task Foreign_accounts_tried_are_counted()
    {
        await using var stage = await Stage.SetAsync(new Policy { Probing = 3 });

        for (var guess = 0; guess < 3; guess++)
            await stage.ClickAsync(
                Stage.Rita,
                Actions.Request,
                submits: true,
                inputs: ("account", AccountId.New(Stage.Noon).ToString())
            );

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Contains(card.Facts, f => f.Value == "3 that do not exist");
    }

    [DatabaseFact]
    public async Task Repeated_reveals_are_counted()
    {
        await using var stage = await Stage.SetAsync(new Policy { Probing = 3 });
        var id = await stage.OpenAsync();

        for (var reveal = 0; reveal < 4; reveal++)
        {
            Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen()));
            Assert.Equal(reveal == 3 ? 1 : 0, (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Count);
            stage.Clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    [DatabaseFact]
    public async Task Old_refusals_are_forgotten()
    {
        await using var stage = await Stage.SetAsync();
        await RefuseAsync(stage, await stage.OpenAsync(), 2);
        stage.Clock.Advance(TimeSpan.FromDays(3));

        await stage.RunAsync<ForgetTraces>(job => job.RunAsync(CancellationToken.None));

        Assert.False(await stage.InDbAsync(db => db.Refusals.AnyAsync()));
    }

    /// <summary>Petra presses Approve on what others have taken.</summary>
    private static async Task RefuseAsync(Stage stage, RequestId id, int times)
    {
        for (var time = 0; time < times; time++)
            await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
    }
}
