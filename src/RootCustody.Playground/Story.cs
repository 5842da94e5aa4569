using System.Text.Json.Nodes;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Data.Audit;
using RootCustody.Playground.FakeSlack;

namespace RootCustody.Playground;

/// <summary>One emergency from <c>/root</c> to the closed window, with three attempts to cheat.</summary>
internal sealed class Story(Theatre theatre, Teller teller)
{
    private const string LockedOut = "Restore permissions of a locked-out administrator";

    /// <summary>How much of a code's life has to be left for the courier to show it.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(6);

    /// <exception cref="UnexpectedException">Something went otherwise.</exception>
    public async Task PlayAsync()
    {
        teller.Chapter("The custodians enrol their own authenticators");
        foreach (var (key, person) in new[] { ("paul", Cast.Paul), ("mona", Cast.Mona) })
        {
            await theatre.EnrolAsync(key, person);
            teller.Does(person.Name, "typed the one-time code from the operator, saw a key once, and confirmed it.");
        }
        var request = await AskAsync();
        await ApproveAsync(request);
        await RevealAsync(request);
        await CloseAsync(request);
        await VerifyAsync();
    }

    private async Task<string> AskAsync()
    {
        teller.Chapter("Rita breaks the glass in Slack");
        await theatre.Slack.CommandAsync(Cast.Rita, "request");
        var modal = await theatre.Slack.Api.WaitForModalAsync(Cast.Rita, "Two custodians");
        teller.Sees("Rita", "a modal", modal.Text);
        await theatre.Slack.SubmitAsync(
            Cast.Rita,
            modal,
            ("What only root can do", LockedOut),
            ("Why", "All administrators are locked out since the deployment of 02:50."),
            ("Ticket", "INC-4711")
        );
        var sent = await theatre.Slack.Api.WaitForModalAsync(Cast.Rita, "is on its way");
        teller.Sees("Rita", "the modal", sent.Text);
        var thread = await theatre.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "waits for approvals");
        teller.Sees("Everyone", $"the channel {FakeSlackPlatform.Channel}", thread.Text);
        return BlockReader.ButtonsOf(thread.Blocks).First()["value"]!.GetValue<string>();
    }

    private async Task ApproveAsync(string request)
    {
        teller.Chapter("One custodian of each group approves in Teams");
        var card = await theatre.Teams.Connector.WaitForAsync(Cast.Paul, Bot.Desk, "waits for approvals", "Approve");
        teller.Sees("Paul", "Teams", $"{card.Text}\n[{string.Join("] [", card.Buttons)}]");

        await theatre.Slack.SendPayloadAsync(Bot.Desk, ForgedPress(request));
        var own = await theatre.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "your own request");
        teller.Refused("Rita, who approves her own request with a forged click,", own.Text);

        var paul = await theatre.Teams.PressAsync(Cast.Paul, card, "Approve");
        teller.Sees("Paul", "Teams", paul.Text);
        var again = await theatre.Teams.PressAsync(Cast.PaulAgain, card, "Approve");
        Expect(again.Text, "whichever chat account you use");
        teller.Refused("Paul, who approves the other half from his second account,", again.Text);

        var monas = await theatre.Teams.Connector.WaitForAsync(Cast.Mona, Bot.Desk, "taken by Paul", "Approve");
        var mona = await theatre.Teams.PressAsync(Cast.Mona, monas, "Approve");
        Expect(mona.Text, "window open");
        teller.Sees("Mona", "Teams", mona.Text);
        var others = await theatre.Teams.Connector.WaitForAsync(Cast.Petra, Bot.Desk, "window open");
        teller.Sees("Petra, who did not answer,", "Teams", others.Text.Split('\n')[0]);
    }

    private async Task RevealAsync(string request)
    {
        teller.Chapter("Each half goes to its holder, past nobody else");
        var pointer = await theatre.Teams.Connector.WaitForAsync(
            Cast.Paul,
            Bot.Password,
            "your half is ready",
            "Reveal password"
        );
        var asked = await theatre.Teams.PressAsync(Cast.Paul, pointer, "Reveal password");
        var shown = await theatre.Teams.SubmitAsync(Cast.Paul, asked.Dialog!, (CodeLabel, theatre.CodeOf("paul")));
        var password = After(shown.Text, "Password");
        teller.Sees(
            "Paul",
            "a dialog of RootCustody Password",
            shown.Text.Replace(password, Teller.Hint(password), StringComparison.Ordinal)
        );
        await theatre.Teams.SubmitAsync(Cast.Paul, shown.Dialog!);
        teller.Does("Paul", "presses I have it.");

        var both = await theatre.Teams.FetchAsync(Cast.PaulAgain, Bot.Mfa, Reveal(request));
        Expect(both.Text, "not the holder");
        teller.Refused("Paul, who asks for the MFA half from his second account,", both.Text);

        await RevealCodeAsync();
    }

    private async Task RevealCodeAsync()
    {
        var left = MfaCode.LifeLeft(theatre.Clock.GetUtcNow());
        if (left < Enough)
        {
            teller.Says($"(a new code comes in {left.TotalSeconds:0} s; Mona waits for it)");
            await Task.Delay(left, theatre.Clock);
        }
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        var pointer = await theatre.Slack.Api.WaitForMessageAsync(direct, "your half is ready");
        await theatre.Slack.PressAsync(Cast.MonaInSlack, pointer, "Reveal code");
        var modal = await theatre.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Prove that it is you");
        await theatre.Slack.SubmitAsync(Cast.MonaInSlack, modal, (CodeLabel, theatre.CodeOf("mona")));
        var offer = await theatre.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "Your half is ready");
        await theatre.Slack.PressAsync(Cast.MonaInSlack, offer, "Show code");
        var shown = await theatre.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "For you alone");
        var code = shown.Literals.Single();
        teller.Sees(
            "Mona",
            "an ephemeral message in Slack",
            shown.Text.Replace(code, Teller.Hint(code), StringComparison.Ordinal)
        );
        teller.Does("Paul", "drives the sign-in, Mona speaks the code.");
        await theatre.Slack.Api.WaitForRemovalAsync(shown);
        teller.Says("The code is gone from Mona's screen.");
    }

    private async Task CloseAsync(string request)
    {
        teller.Chapter("The window closes by itself");
        await theatre.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "The window is closed");
        foreach (var step in theatre.Slack.Api.Messages.Where(m => m.Thread is not null))
            teller.Sees("Rita", "the thread", step.Text);
        var late = await theatre.Teams.FetchAsync(Cast.Paul, Bot.Password, Reveal(request));
        Expect(late.Text, "The window is closed");
        teller.Refused("Paul, who presses Reveal on an old card,", late.Text);

        var call = await theatre.Teams.Connector.WaitForAsync(Cast.Dora, Bot.Desk, "did not end cleanly");
        teller.Sees("Dora, who is on duty,", "Teams", call.Text);
        var rotate = await theatre.Teams.Connector.WaitForAsync(Cast.Petra, Bot.Desk, "has to be rotated", "Rotate");
        teller.Sees("Petra", "Teams", $"{rotate.Text}\n[{string.Join("] [", rotate.Buttons)}]");
    }

    private async Task VerifyAsync()
    {
        teller.Chapter("An auditor verifies the log");
        using var export = new MemoryStream();
        await using (var scope = theatre.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ExportAudit>().HandleAsync(export, CancellationToken.None);
        export.Position = 0;
        if (await Verifier.VerifyAsync(export, null, CancellationToken.None) is not Verification.Sound sound)
            throw new UnexpectedException("the audit log did not verify");
        teller.Says($"{sound.Head.Sequence} entries, each chained to the one before; head {sound.Head}.");
    }

    private const string CodeLabel = "Code of your own authenticator";

    /// <summary>A click that the fake's client would never send: Rita has no such button.</summary>
    private JsonObject ForgedPress(string request)
    {
        var payload = theatre.Slack.PayloadOf(Cast.Rita, Bot.Desk, "block_actions", Cast.Rita.Workspace);
        payload["container"] = new JsonObject { ["type"] = "message", ["channel_id"] = FakeSlackPlatform.Channel };
        payload["response_url"] = theatre
            .Slack.Api.NewResponseUrl("actions", Bot.Desk, Cast.Rita, FakeSlackPlatform.Channel, null)
            .ToString();
        payload["actions"] = new JsonArray(
            new JsonObject
            {
                ["action_id"] = Actions.Approve,
                ["value"] = request,
                ["action_ts"] = "1",
            }
        );
        return payload;
    }

    private static JsonObject Reveal(string request) => new() { ["action"] = Actions.Reveal, ["subject"] = request };

    private static string After(string text, string label)
    {
        var lines = text.Split('\n');
        return lines[Array.IndexOf(lines, label) + 1];
    }

    private static void Expect(string text, string words)
    {
        if (!text.Contains(words, StringComparison.Ordinal))
            throw new UnexpectedException($"expected '{words}', but it was: {text}");
    }
}

/// <summary>The show went otherwise than it should.</summary>
internal sealed class UnexpectedException(string why) : Exception(why);
