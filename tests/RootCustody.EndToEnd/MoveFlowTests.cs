using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Playground;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.EndToEnd;

/// <summary>The root mailbox goes from Dora to Mona, by people on both platforms.</summary>
public sealed class MoveFlowTests
{
    private const string Text = "Test mail seen in the mailbox.";
    private static readonly string Typed = $"channel {Cast.Account}";

    [Fact]
    public async Task It_is_begun_and_confirmed_in_Teams_and_tried_in_Slack()
    {
        await using var play = await Play.OpenAsync();
        await SetAsync(play);
        await SendAsync(
            play,
            Cast.Paul,
            "Mailbox and phone",
            "Move the root mailbox of Dora",
            "is begun",
            ("Who will keep it", "mona"),
            ("Which one it is then", "aws@ in Mona's care"),
            ("Why", "Dora goes to another team."),
            (Play.CodeLabel, play.Theatre.CodeOf("paul"))
        );
        await SendAsync(
            play,
            Cast.Dora,
            "waits for Dora",
            "Handed over: root mailbox",
            "Noted",
            ("What you did", Text)
        );
        await TakeAsync(play);
        await SendAsync(
            play,
            Cast.Mike,
            "waits for another administrator",
            "Confirm: root mailbox",
            "is done",
            (Play.CodeLabel, play.Theatre.CodeOf("mike"))
        );

        var keeper = await play.InDbAsync(db => db.Keepers.SingleAsync());
        var mona = await play.InDbAsync(db => db.People.SingleAsync(p => p.Key == "mona"));
        Assert.Equal((mona.Id, "aws@ in Mona's care"), (keeper.Person, keeper.Label));
    }

    [Fact]
    public async Task Bad_input_gets_a_sentence_and_keeps_the_form()
    {
        await using var play = await Play.OpenAsync();
        await SetAsync(play);

        await SendAsync(
            play,
            Cast.Paul,
            "Mailbox and phone",
            "Move the root mailbox of Dora",
            "Say it in 10 to 500 characters.",
            ("Who will keep it", "mona"),
            ("Which one it is then", "aws@ in Mona's care"),
            ("Why", "?"),
            (Play.CodeLabel, play.Theatre.CodeOf("paul"))
        );
        Assert.False(await play.InDbAsync(db => db.Moves.AnyAsync()));
    }

    /// <summary>Dora keeps the mailbox; Paul and Mike are administrators.</summary>
    private static async Task SetAsync(Play play)
    {
        await play.Theatre.EnrolAsync("mike", Cast.Mike);
        play.Clock.Advance(TimeSpan.FromMinutes(2)); // the code of the enrolment is used up
        await play.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    foreach (var key in (string[])["paul", "mike"])
                        (await db.People.SingleAsync(p => p.Key == key)).Appoint(PersonRole.Administrator);
                    var dora = await db.People.SingleAsync(p => p.Key == "dora");
                    var account = await db.Accounts.SingleAsync(a => a.Number == Cast.Account);
                    db.Keepers.Add(Keeper.Of(account.Id, dora.Id, KeptThing.RootMailbox, "shared mailbox", db.Now));
                    return true;
                },
                CancellationToken.None
            )
        );
    }

    /// <summary>Somebody presses a button on their newest card in Teams and sends the form.</summary>
    private static async Task SendAsync(
        Play play,
        TeamsPerson person,
        string card,
        string button,
        string says,
        params (string, string)[] fields
    )
    {
        await play.Teams.TypeAsync(person, Bot.Desk, Typed);
        var shown = await play.Teams.Connector.WaitForAsync(person, Bot.Desk, card, button);
        var asked = await play.Teams.PressAsync(person, shown, button);
        var sent = await play.Teams.SubmitAsync(person, asked.Dialog!, fields);
        Assert.Contains(says, sent.Text, StringComparison.Ordinal);
    }

    /// <summary>Mona has it, and says so in Slack.</summary>
    private static async Task TakeAsync(Play play)
    {
        var mona = Cast.MonaInSlack;
        await play.Slack.CommandAsync(mona, Typed, mona.DirectWith(Bot.Desk));
        var card = await play.Slack.Api.WaitForEphemeralAsync(mona, "waits for Mona");
        await play.Slack.PressAsync(mona, card, "I have it: root mailbox");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "Have somebody send a test mail");
        var answer = await play.Slack.SubmitAsync(
            mona,
            modal,
            ("How you tried it", Text),
            (Play.CodeLabel, play.Theatre.CodeOf("mona"))
        );
        Assert.Empty(answer.Errors);
        await play.UntilAsync(() => play.InDbAsync(db => db.Moves.AnyAsync(m => m.TakenAt != null)));
    }
}
