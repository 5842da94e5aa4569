using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.People;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

public sealed class FlowTests
{
    [Fact]
    public async Task An_emergency_goes_from_slash_root_to_the_closed_window_and_the_paid_debt()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();

        var password = Play.HalfIn(await play.RevealPasswordAsync(request), "Password");
        Assert.Equal(32, password.Length);
        Assert.Matches("^[0-9]{6}$", (await RevealCodeInSlackAsync(play)).Literals.Single());

        play.Clock.Advance(TimeSpan.FromHours(1));
        await play.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Closed, await play.StateAsync(request));
        await play.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "The window is closed");

        await play.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await RotateAsync(play, password);
        var account = await play.InDbAsync(db => db.Accounts.SingleAsync(a => a.Number == Cast.Account));
        Assert.Equal((2, null), (account.PasswordGeneration, account.OwesSince));
    }

    [Fact]
    public async Task Every_row_of_the_outbox_is_sent_with_its_own_bots_token()
    {
        await using var play = await Play.OpenAsync();
        await play.OpenWindowAsync();
        await play.UntilAsync(() => play.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)));

        // the fakes know by its token which bot posted what
        var posted = await play.InDbAsync(db => db.CardPlaces.Where(p => p.PostedMessage != null).ToListAsync());

        Assert.Equal(4, posted.Count(p => p.Purpose == Purpose.Pointer)); // Paul and Mona have two chat accounts each
        Assert.All(
            posted,
            place =>
                Assert.Equal(
                    place.Bot,
                    place.Platform == ChatPlatform.Slack
                        ? play.Slack.Api.Messages.Single(m => m.Ts == place.PostedMessage).Bot
                        : play.Teams.Connector.Messages.Single(m => m.Id == place.PostedMessage).Bot
                )
        );
    }

    [Fact]
    public async Task The_holder_hides_the_code_in_slack_before_its_time()
    {
        await using var play = await Play.OpenAsync();
        await play.OpenWindowAsync();
        var shown = await RevealCodeInSlackAsync(play);

        await play.Slack.PressAsync(Cast.MonaInSlack, shown, "Hide now");

        await play.Slack.Api.WaitForRemovalAsync(shown);
        Assert.Equal(Removal.Removed, await RemovalAsync(play));
    }

    [Fact]
    public async Task By_policy_the_code_appears_in_the_modal_and_is_cleared_after_its_life()
    {
        await using var play = await Play.OpenAsync([new("RootCustody:Slack:Surface", "Modal")]);
        await play.OpenWindowAsync();
        await ProveInSlackAsync(play);
        var shown = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "For you alone");
        Assert.Matches("^[0-9]{6}$", shown.Literals.Single());

        play.Clock.Advance(TimeSpan.FromSeconds(30));

        var cleared = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "no longer shown");
        Assert.Empty(cleared.Literals);
    }

    [Fact]
    public async Task Where_an_ephemeral_message_cannot_be_the_modal_serves()
    {
        await using var play = await Play.OpenAsync();
        await play.OpenWindowAsync();
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        await play.Slack.Api.WaitForMessageAsync(direct, "your half is ready");
        play.Slack.Api.ShutOut(direct);

        await ProveInSlackAsync(play);

        var shown = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "For you alone");
        Assert.Matches("^[0-9]{6}$", shown.Literals.Single());
    }

    [Fact]
    public async Task What_the_holder_says_of_the_dialog_is_what_is_recorded()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var shown = await play.RevealPasswordAsync(request);

        await play.Teams.SubmitAsync(Cast.Paul, shown.Dialog!);

        Assert.Equal(Removal.ClosedByHolder, await RemovalAsync(play));
    }

    [Fact]
    public async Task Done_closes_the_window_from_the_card_of_a_holder()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        await play.RevealPasswordAsync(request);
        await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona");
        var card = await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "window open", "Done");
        var asked = await play.Teams.PressAsync(Cast.Paul, card, "Done");

        var done = await play.Teams.SubmitAsync(
            Cast.Paul,
            asked.Dialog!,
            ("Work log", "Gave the administrator role back."),
            ("Signed out?", "yes")
        );

        Assert.Contains("The window is closed", done.Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.Closed, await play.StateAsync(request));
        await play.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "The work is done");
    }

    [Fact]
    public async Task Rita_ends_the_window_from_the_channel()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var thread = await play.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "window open");
        await play.Slack.PressAsync(Cast.Rita, thread, "End it");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.Rita, "Nothing is shown any more from that moment");

        await play.Slack.SubmitAsync(Cast.Rita, modal);

        Assert.Equal(RequestState.Revoked, await play.StateAsync(request));
        var late = await play.RevealPasswordAsync(request);
        Assert.Contains(Sentences.For(Refusal.WindowOver), late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_status_answer_in_slack_and_in_teams()
    {
        await using var play = await Play.OpenAsync();
        await play.AskAsync();

        await play.Slack.CommandAsync(Cast.Rita, "");
        await play.Slack.CommandAsync(Cast.Rita, "status");
        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, "status");
        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, "what?");

        await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "break the glass");
        await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "waits for approvals");
        await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "Open now");
        await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "I do not know this");
    }

    [Fact]
    [Trait("Law", "15")]
    public async Task A_person_enrols_in_slack_and_the_one_time_code_works_once()
    {
        await using var play = await Play.OpenAsync();
        var code = await IssueAsync(play, "mona");
        await play.Slack.CommandAsync(Cast.MonaInSlack, "enrol", Cast.MonaInSlack.DirectWith(Bot.Desk));
        var asked = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "one-time code");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, asked, ("One-time code", code));
        var shown = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Scan this code");
        Assert.Equal(2, shown.Literals.Count); // the code to scan, and below it the key to type
        Assert.Contains('█', shown.Literals[0]);
        var authenticator = new Authenticator(shown.Literals[1]);

        await play.Slack.PressAsync(Cast.MonaInSlack, shown, "I added it");
        var confirm = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Code of your authenticator");
        Assert.Empty(confirm.Literals); // the key is gone
        await play.Slack.SubmitAsync(
            Cast.MonaInSlack,
            confirm,
            ("Code of your authenticator", authenticator.Code(play.Clock))
        );
        await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "is enrolled");

        await play.Slack.CommandAsync(Cast.MonaInSlack, "enrol", Cast.MonaInSlack.DirectWith(Bot.Desk));
        var again = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Type the one-time code");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, again, ("One-time code", code));
        await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "wrong, used or too old");
    }

    /// <summary>As two administrators would have had it made.</summary>
    private static async Task<string> IssueAsync(Play play, string person)
    {
        const string Code = "ABCDE-FGHJK-LMNPQ-RSTUV";
        await play.InDbAsync(async db =>
        {
            var id = await db.People.Where(p => p.Key == person).Select(p => p.Id).SingleAsync();
            db.EnrolmentCodes.Add(EnrolmentCode.Of(id, Code, db.Now.AddHours(1)));
            return await db.SaveChangesAsync();
        });
        return Code;
    }

    private static async Task ProveInSlackAsync(Play play)
    {
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        var pointer = await play.Slack.Api.WaitForMessageAsync(direct, "your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, pointer, "Reveal code");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Prove that it is you");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, modal, (Play.CodeLabel, play.Theatre.CodeOf("mona")));
    }

    private static async Task<SlackEphemeral> RevealCodeInSlackAsync(Play play)
    {
        await ProveInSlackAsync(play);
        var offer = await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "Your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, offer, "Show code");
        return await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "For you alone");
    }

    private static async Task RotateAsync(Play play, string old)
    {
        var card = await play.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "has to be rotated", "Rotate");
        await play.Teams.PressAsync(Cast.Paul, card, "Rotate");
        var monas = await play.Teams.Connector.WaitForAsync(Cast.Mona, Bot.Desk, "has to be rotated", "Rotate");
        await play.Teams.PressAsync(Cast.Mona, monas, "Rotate");
        var rotation = await play.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        var shown = await play.RevealPasswordAsync(rotation.Id.ToString());
        Assert.Equal(old, Play.HalfIn(shown, "Password"));
        Assert.NotEqual(old, Play.HalfIn(shown, "New password"));

        var changed = await play.Teams.Connector.WaitForAsync(
            Cast.Paul,
            Bot.Desk,
            "window open",
            "Password is changed"
        );
        await play.Teams.PressAsync(Cast.Paul, changed, "Password is changed");
        var also = await play.Teams.Connector.WaitForAsync(Cast.Mona, Bot.Desk, "window open", "Password is changed");
        var promoted = await play.Teams.PressAsync(Cast.Mona, also, "Password is changed");
        Assert.Contains("Rotated", promoted.Text, StringComparison.Ordinal);
    }

    private static async Task<Removal> RemovalAsync(Play play)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!patience.IsCancellationRequested)
        {
            var exposure = await play.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request != null));
            if (exposure.Removal != Removal.StillUp)
                return exposure.Removal;
            await Task.Yield();
        }
        return Removal.StillUp;
    }
}
