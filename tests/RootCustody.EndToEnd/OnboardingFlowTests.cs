using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Onboarding;
using RootCustody.Playground;

namespace RootCustody.EndToEnd;

/// <summary>An account is taken into custody by people on both platforms.</summary>
public sealed class OnboardingFlowTests
{
    private const string Text = "By roles of the landing zone.";

    [Fact]
    public async Task What_is_said_in_Slack_is_confirmed_in_Teams()
    {
        await using var play = await Play.OpenAsync();
        var mona = Cast.MonaInSlack;
        await BeginAsync(play);
        await play.Slack.CommandAsync(mona, $"onboard {Cast.OthersAccount}", mona.DirectWith(Bot.Desk));
        var card = await play.Slack.Api.WaitForEphemeralAsync(mona, "Next: ");
        await play.Slack.PressAsync(mona, card, "Say or waive an item");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "Say only what you have seen yourself");

        var answer = await play.Slack.SubmitAsync(
            mona,
            modal,
            ("Item", "A way that needs no root"),
            ("What you saw, or why it is waived", Text)
        );
        Assert.Empty(answer.Errors);
        await play.Slack.Api.WaitForModalAsync(mona, "Another has to confirm it");

        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, $"onboard {Cast.OthersAccount}");
        var shown = await play.Teams.Connector.WaitForAsync(
            Cast.Paul,
            Bot.Desk,
            "confirmed by nobody yet",
            "Confirm: way without root"
        );
        var asked = await play.Teams.PressAsync(Cast.Paul, shown, "Confirm: way without root");
        Assert.Contains(Text, asked.Text, StringComparison.Ordinal);
        var done = await play.Teams.SubmitAsync(Cast.Paul, asked.Dialog!);

        Assert.Contains("Confirmed", done.Text, StringComparison.Ordinal);
        Assert.NotNull(await play.InDbAsync(db => db.OnboardingWords.Select(w => w.ConfirmedBy).SingleAsync()));
    }

    [Fact]
    public async Task What_is_waived_in_Teams_is_waived_in_Slack_too_and_the_next_ceremony_is_asked_for()
    {
        await using var play = await Play.OpenAsync();
        await BeginAsync(play);
        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, $"onboard {Cast.OthersAccount}");
        var card = await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "Next: ", "Say or waive an item");
        var asked = await play.Teams.PressAsync(Cast.Paul, card, "Say or waive an item");
        var said = await play.Teams.SubmitAsync(
            Cast.Paul,
            asked.Dialog!,
            ("Item", "w.RootEmail"),
            ("What you saw, or why it is waived", "The customer's contract says so.")
        );
        Assert.Contains("Another has to waive it", said.Text, StringComparison.Ordinal);

        var mona = Cast.MonaInSlack;
        await play.Slack.CommandAsync(mona, $"onboard {Cast.OthersAccount}", mona.DirectWith(Bot.Desk));
        var shown = await play.Slack.Api.WaitForEphemeralAsync(mona, "The customer's contract says so.");
        await play.Slack.PressAsync(mona, shown, "Waive: root e-mail");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "both of you answer for that");
        await play.Slack.SubmitAsync(mona, modal);
        await play.Slack.Api.WaitForModalAsync(mona, "Waived");
        await play.Slack.PressAsync(mona, shown, "Next ceremony");
        await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "gets its first password of ours", "Rotate");

        var word = await play.InDbAsync(db => db.OnboardingWords.SingleAsync());
        Assert.Equal((OnboardingItem.RootEmail, true), (word.Item, word.Waives));
        Assert.NotNull(word.ConfirmedBy);
    }

    /// <summary>Paul begins, in Teams.</summary>
    private static async Task BeginAsync(Play play)
    {
        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, $"onboard {Cast.OthersAccount}");
        var card = await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "Nobody has begun", "Begin");
        await play.Teams.PressAsync(Cast.Paul, card, "Begin");
        await play.UntilAsync(() => play.InDbAsync(db => db.Accounts.AnyAsync(a => a.OnboardingSince != null)));
    }
}
