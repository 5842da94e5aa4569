using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

/// <summary>An account with nothing but a key that the MFA group keeps itself, over HTTP on both platforms.</summary>
public sealed class HeldKeyTests
{
    private const string Label = "Yubi <!here>";
    private const string Place = "Safe <!channel> & *3*, [shelf](https://evil.example)";
    private const string Seal = "<@U0RITA> S-1";
    private const string NewSeal = "S-2";

    [Fact]
    public async Task The_place_of_a_key_is_told_in_slack_and_the_key_comes_back_under_a_new_seal()
    {
        await using var play = await OnlyKeyAsync();
        var request = await play.OpenWindowAsync();
        Play.HalfIn(await play.RevealPasswordAsync(request), "Password");

        var shown = await RevealInSlackAsync(play);
        Assert.Equal([Place, Seal, "Dora"], shown.Literals);
        Assert.Contains(Label, shown.Text, StringComparison.Ordinal);
        Assert.Equal(-1, await GenerationAsync(play, request));

        play.Clock.Advance(TimeSpan.FromMinutes(1));
        await play.Slack.Api.WaitForRemovalAsync(shown);
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        var card = await play.Slack.Api.WaitForMessageAsync(direct, "You were told where it is");
        await play.Slack.PressAsync(Cast.MonaInSlack, card, "It is back");
        var form = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Number of the new seal");
        await play.Slack.SubmitAsync(
            Cast.MonaInSlack,
            form,
            ("Is the key back?", "It is back in its place, sealed"),
            ("Number of the new seal", NewSeal),
            (Play.CodeLabel, play.Theatre.CodeOf("mona"))
        );
        await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "is back in its place");

        var key = await play.InDbAsync(db => db.HeldKeys.SingleAsync());
        Assert.Equal((NewSeal, null), (key.Seal, key.OutWith));
        await DoneAsync(play);
        Assert.Equal(RequestState.Closed, await play.StateAsync(request));
        Assert.DoesNotContain(
            play.Teams.Connector.Messages,
            m => m.Text.Contains("not confirmed back", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_place_of_a_key_is_told_in_teams_to_its_holder_and_to_nobody_else()
    {
        await using var play = await OnlyKeyAsync();
        var request = await play.OpenWindowAsync();

        foreach (var person in (TeamsPerson[])[Cast.Mike, Cast.Paul, Cast.Dora])
        {
            var refused = await play.Teams.FetchAsync(person, Bot.Mfa, Play.Data(Actions.Reveal, request));
            Assert.Contains(Sentences.For(Refusal.NotTheHolder), refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Safe", refused.Text, StringComparison.Ordinal);
        }
        var wrong = await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona", "000000");
        Assert.DoesNotContain("Safe", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(0, await play.ExposuresAsync(request));

        var shown = (await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona")).Text.Split('\n');

        Assert.Equal(
            $"Where {Label} is (security key or passkey)",
            shown.Single(l => l.StartsWith("Where", StringComparison.Ordinal))
        );
        Assert.Contains(Place, shown);
        Assert.Equal(Seal, shown[Array.IndexOf(shown, "Number of its seal") + 1]);
    }

    [Fact]
    public async Task A_key_that_is_not_confirmed_back_calls_the_duty_manager_when_the_window_ends()
    {
        await using var play = await OnlyKeyAsync();
        var request = await play.OpenWindowAsync();
        await play.RevealPasswordAsync(request);
        await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona");

        await DoneAsync(play);

        await play.Teams.Connector.WaitForAsync(Cast.Dora, Bot.Desk, "is not confirmed back");
    }

    [Fact]
    public async Task Neither_place_nor_seal_stand_in_a_message_that_stays()
    {
        await using var play = await OnlyKeyAsync();
        var request = await play.OpenWindowAsync();
        await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona");
        await play.UntilAsync(() => play.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)));

        Assert.DoesNotContain(play.Teams.Connector.Messages, m => Leaks(m.Text));
        Assert.DoesNotContain(play.Slack.Api.Messages, m => Leaks(m.Text));
    }

    private static bool Leaks(string text) =>
        text.Contains("Safe", StringComparison.Ordinal) || text.Contains("S-1", StringComparison.Ordinal);

    /// <summary>Mona enters the key in Slack, Mike vouches for it in Teams; then both say that the other device is gone.</summary>
    private static async Task<Play> OnlyKeyAsync()
    {
        var play = await Play.OpenAsync();
        var mikes = await EnrolMikeAsync(play);
        play.Clock.Advance(TimeSpan.FromSeconds(60)); // the codes of the enrolment are used up
        await EnterAsync(play, mikes);
        play.Clock.Advance(TimeSpan.FromSeconds(30));
        await RetireAsync(play, mikes);
        play.Clock.Advance(TimeSpan.FromSeconds(30));
        return play;
    }

    private static async Task EnterAsync(Play play, Authenticator mikes)
    {
        await play.Slack.CommandAsync(Cast.MonaInSlack, "key", Cast.MonaInSlack.DirectWith(Bot.Mfa), Bot.Mfa);
        var form = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Its place");
        await play.Slack.SubmitAsync(
            Cast.MonaInSlack,
            form,
            ("Number of the AWS account", Cast.Account),
            ("Name of the device", Label),
            ("Kind", "security key or passkey"),
            ("Its place", Place),
            ("Number of its seal", Seal),
            ("Its keeper", "dora"),
            (Play.CodeLabel, play.Theatre.CodeOf("mona"))
        );
        await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "in the register");
        var asked = await play.Teams.Connector.WaitForAsync(
            Cast.Mike,
            Bot.Mfa,
            "Is this MFA device right?",
            "It is right"
        );
        await SayAsync(
            play,
            mikes,
            asked,
            "It is right",
            "is in custody",
            ("Number of the seal that you see on it", Seal)
        );
    }

    private static async Task RetireAsync(Play play, Authenticator mikes)
    {
        await play.Teams.TypeAsync(Cast.Mona, Bot.Mfa, "retire");
        var opener = await play.Teams.Connector.WaitForAsync(Cast.Mona, Bot.Mfa, "", "Open");
        var retire = await play.Teams.PressAsync(Cast.Mona, opener, "Open");
        await play.Teams.SubmitAsync(
            Cast.Mona,
            retire.Dialog!,
            ("Number of the AWS account", Cast.Account),
            ("Name of the device", "Authenticator"),
            (Play.CodeLabel, play.Theatre.CodeOf("mona"))
        );
        var gone = await play.Teams.Connector.WaitForAsync(
            Cast.Mike,
            Bot.Mfa,
            "Is this MFA device gone?",
            "It is gone"
        );
        await SayAsync(play, mikes, gone, "It is gone", "is gone");
    }

    private static async Task<Authenticator> EnrolMikeAsync(Play play)
    {
        var mike = await play.InDbAsync(db => db.People.Where(p => p.Key == "mike").Select(p => p.Id).SingleAsync());
        Authenticator? authenticator = null;
        await play.RunAsync<IStepUp>(async stepUp =>
        {
            using var key = await stepUp.BeginAsync(mike, CancellationToken.None);
            authenticator = new Authenticator(System.Text.Encoding.ASCII.GetString(key.Bytes));
            Assert.Equal(
                StepUpOutcome.Passed,
                await stepUp.ConfirmAsync(mike, authenticator.Code(play.Clock), CancellationToken.None)
            );
        });
        return authenticator!;
    }

    private static async Task SayAsync(
        Play play,
        Authenticator mikes,
        TeamsMessage card,
        string label,
        string told,
        params (string, string)[] inputs
    )
    {
        var asked = await play.Teams.PressAsync(Cast.Mike, card, label);
        var said = await play.Teams.SubmitAsync(
            Cast.Mike,
            asked.Dialog!,
            [.. inputs, (Play.CodeLabel, mikes.Code(play.Clock))]
        );
        Assert.Contains(told, said.Text, StringComparison.Ordinal);
    }

    private static async Task<SlackEphemeral> RevealInSlackAsync(Play play)
    {
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        var pointer = await play.Slack.Api.WaitForMessageAsync(direct, "your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, pointer, "Reveal code");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Prove that it is you");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, modal, (Play.CodeLabel, play.Theatre.CodeOf("mona")));
        var offer = await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "Your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, offer, "Show code");
        return await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "For you alone");
    }

    private static async Task DoneAsync(Play play)
    {
        var card = await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "window open", "Done");
        var asked = await play.Teams.PressAsync(Cast.Paul, card, "Done");
        await play.Teams.SubmitAsync(
            Cast.Paul,
            asked.Dialog!,
            ("Work log", "Gave the administrator role back."),
            ("Signed out?", "yes")
        );
    }

    private static Task<int> GenerationAsync(Play play, string request)
    {
        var id = Id.Read<RequestId>(request)!.Value;
        return play.InDbAsync(db =>
            db.Exposures.Where(e => e.Request == id && e.Half == Half.Mfa && e.Outcome != RevealOutcome.NotShown)
                .Select(e => e.Generation)
                .SingleAsync()
        );
    }
}
