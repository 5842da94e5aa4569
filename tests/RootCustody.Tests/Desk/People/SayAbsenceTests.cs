using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

public sealed class SayAbsenceTests
{
    [DatabaseFact]
    public async Task Whoever_is_away_is_not_asked_and_cannot_approve_until_they_are_back()
    {
        await using var stage = await Stage.SetAsync();
        var said = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Away, "for 3d");

        var id = await stage.AskAsync();
        var away = await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Back);
        var back = await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        Assert.Contains(Assert.IsType<Reply.Drawn>(said).Card.Facts, f => f.Time == stage.Clock.GetUtcNow().AddDays(3));
        Assert.Empty(await stage.CardsAsync(Purpose.Approval, Stage.Paul));
        Assert.Equal(Sentences.For(Refusal.Away), Assert.IsType<Reply.Said>(away).Text);
        Assert.IsType<Reply.Drawn>(back);
    }

    [DatabaseFact]
    public async Task An_absence_ends_by_itself()
    {
        await using var stage = await Stage.SetAsync();
        await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Away, "for 1h");
        stage.Clock.Advance(TimeSpan.FromHours(1));

        var id = await stage.AskAsync();

        Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString()));
        Assert.Equal(
            "You were not away.",
            Assert.IsType<Reply.Said>(await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Back)).Text
        );
    }

    [DatabaseFact]
    public async Task The_past_changes_nothing()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Away, "until 2026-11-01 18:00");

        Assert.Contains("over already", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Null((await stage.InDbAsync(db => db.People.SingleAsync(p => p.Key == Stage.Paul))).AwayUntil);
    }

    [DatabaseFact]
    public async Task Whoever_goes_away_is_told_what_they_still_hold()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        var reply = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Away, "for 2h");

        var name = (await stage.RequestAsync(id)).Name;
        Assert.Contains(
            Assert.IsType<Reply.Drawn>(reply).Card.Facts,
            f => f.Value.StartsWith(name, StringComparison.Ordinal)
        );
    }
}
