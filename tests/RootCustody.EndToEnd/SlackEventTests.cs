using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Playground;

namespace RootCustody.EndToEnd;

public sealed class SlackEventTests
{
    [Fact]
    [Trait("Law", "9")]
    public async Task A_deactivated_account_is_taken_once_however_often_slack_tells_it()
    {
        await using var play = await Play.OpenAsync();
        var before = await SeenAsync(play);

        var first = await play.Slack.DeactivateAsync(Cast.MonaInSlack);
        var again = await play.Slack.ReplayAsync(play.Slack.Last!);

        Assert.Equal((HttpStatusCode.OK, ""), (first.Status, first.Body));
        Assert.Equal((HttpStatusCode.OK, ""), (again.Status, again.Body));
        Assert.Equal(before + 1, await SeenAsync(play));
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task What_our_side_could_not_do_is_told_again_and_done_then()
    {
        await using var play = await Play.OpenAsync([new("Logging:LogLevel:Microsoft", "None")]);
        var before = await SeenAsync(play);

        await play.InDbAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE SeenClicks RENAME TO Elsewhere"));
        var told = await play.Slack.DeactivateAsync(Cast.MonaInSlack);
        await play.InDbAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE Elsewhere RENAME TO SeenClicks"));
        var again = await play.Slack.ReplayAsync(play.Slack.Last!);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, ""), (told.Status, told.Body));
        Assert.Equal((HttpStatusCode.OK, ""), (again.Status, again.Body));
        Assert.Equal(before + 1, await SeenAsync(play));
    }

    [Theory]
    [InlineData("app_uninstalled")]
    [InlineData("tokens_revoked")]
    [InlineData("user_change")] // of someone who stays
    [InlineData("team_rename")]
    public async Task All_else_is_acknowledged_and_changes_nothing(string type)
    {
        await using var play = await Play.OpenAsync();
        var before = await SeenAsync(play);

        var answer = await play.Slack.SendEventAsync(
            Bot.Desk,
            Cast.MonaInSlack.Workspace,
            new JsonObject { ["type"] = type }
        );

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Body));
        Assert.Equal(before, await SeenAsync(play));
    }

    [Fact]
    [Trait("Law", "12")]
    public async Task A_farewell_in_a_workspace_that_is_not_connected_is_acknowledged_and_nothing_else()
    {
        await using var play = await Play.OpenAsync();
        var before = await SeenAsync(play);

        var answer = await play.Slack.DeactivateAsync(Cast.MonaInSlack with { Workspace = "T0UNKNOWN" });

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Body));
        Assert.Equal(before, await SeenAsync(play));
    }

    private static Task<int> SeenAsync(Play play) => play.InDbAsync(db => db.SeenClicks.CountAsync());
}
