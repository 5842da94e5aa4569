using System.Globalization;
using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.EndToEnd;

/// <summary>A person in front of one platform: does an act there and says what they see of it.</summary>
internal abstract class Seat
{
    public abstract ChatUser Identity { get; }

    /// <param name="words">What they wait for, where the platform answers later.</param>
    /// <returns>Everything that they read in answer.</returns>
    /// <exception cref="TimeoutException">They waited for these words in vain.</exception>
    public Task<string> SeeAsync(Act act, string words) =>
        act switch
        {
            Act.Types typed => TypeAsync(typed.Words, words),
            Act.Presses pressed => PressAsync(pressed, words),
            Act.Sends sent => SendAsync(sent with { Inputs = Proven(sent) }, words),
            Act.Reveals reveal => RevealAsync(reveal, words),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    protected abstract string StepUpOf(string who);

    private List<(string, string)> Proven(Act.Sends act) =>
        [.. act.Inputs.Select(i => i.Value == Act.StepUp ? (i.Label, StepUpOf(act.Who)) : i)];

    protected abstract Task<string> TypeAsync(string typed, string words);

    protected abstract Task<string> PressAsync(Act.Presses act, string words);

    protected abstract Task<string> SendAsync(Act.Sends act, string words);

    protected abstract Task<string> RevealAsync(Act.Reveals act, string words);
}

/// <summary>In their direct messages with the bots.</summary>
internal sealed class InSlack(Play play, SlackPerson me) : Seat
{
    public override ChatUser Identity => new(ChatPlatform.Slack, me.Workspace, me.User);

    protected override string StepUpOf(string who) => play.Theatre.CodeOf(who);

    protected override async Task<string> TypeAsync(string typed, string words)
    {
        await CommandAsync(Bot.Desk, typed);
        return Actions.Asks(typed.Split(' ')[0])
            ? (await play.Slack.Api.WaitForModalAsync(me, words)).Text
            : (await play.Slack.Api.WaitForEphemeralAsync(me, words)).Text;
    }

    protected override async Task<string> PressAsync(Act.Presses act, string words)
    {
        await PressAsync(act.Bot, act.Action, act.Subject);
        return Actions.Asks(act.Action)
            ? (await play.Slack.Api.WaitForModalAsync(me, words)).Text
            : (await play.Slack.Api.WaitForEphemeralAsync(me, words)).Text;
    }

    protected override async Task<string> SendAsync(Act.Sends act, string words)
    {
        await (
            act.Subject is { } subject ? PressAsync(act.Bot, act.Action, subject) : CommandAsync(act.Bot, act.Action)
        );
        var modal = Forged(await play.Slack.Api.WaitForModalAsync(me, act.Form), act.Inputs);
        var answer = await play.Slack.SubmitAsync(me, modal, [.. act.Inputs]);
        return answer.Errors.Count > 0
            ? string.Join('\n', answer.Errors.Values) // at the fields
            : (await play.Slack.Api.WaitForModalAsync(me, words)).Text;
    }

    protected override async Task<string> RevealAsync(Act.Reveals act, string words)
    {
        await PressAsync(Bot.Password, Actions.Reveal, act.Subject);
        var modal = await play.Slack.Api.WaitForModalAsync(me, "Prove that it is you");
        await play.Slack.SubmitAsync(me, modal, (Play.CodeLabel, play.Theatre.CodeOf(act.Who)));
        var offer = await play.Slack.Api.WaitForEphemeralAsync(me, "Your half is ready");
        await play.Slack.PressAsync(me, offer, "Show password");
        return (await play.Slack.Api.WaitForEphemeralAsync(me, words)).Text;
    }

    private Task<SlackAnswer> CommandAsync(Bot bot, string typed) =>
        play.Slack.CommandAsync(me, typed, me.DirectWith(bot), bot);

    /// <summary>Presses a button whether there is one or not: what it says is the client's word.</summary>
    private Task<SlackAnswer> PressAsync(Bot bot, string action, string subject)
    {
        var button = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = action,
            ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = action },
            ["value"] = subject,
        };
        var row = new JsonObject { ["type"] = "actions", ["elements"] = new JsonArray(button) };
        var message = new SlackMessage(
            bot,
            me.Workspace,
            me.DirectWith(bot),
            "1795000000.000000",
            null,
            "",
            new JsonArray(row)
        );
        return play.Slack.PressAsync(me, message, action);
    }

    /// <summary>The modal with an option for each value that it does not offer.</summary>
    private static SlackModal Forged(SlackModal modal, IReadOnlyList<(string Label, string Value)> inputs)
    {
        var view = modal.View.DeepClone().AsObject();
        foreach (var block in view["blocks"]!.AsArray().Where(b => b!["element"]?["options"] is not null))
        {
            var label = block!["label"]!["text"]!.GetValue<string>();
            foreach (var (_, value) in inputs.Where(i => i.Label == label))
            {
                var option = new JsonObject
                {
                    ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value },
                    ["value"] = value,
                };
                block["element"]!["options"]!.AsArray().Add(option); // after the others: the first of a name counts
            }
        }
        return modal with { View = view };
    }
}

/// <summary>In their personal chats with the bots.</summary>
internal sealed class InTeams(Play play, TeamsPerson me) : Seat
{
    public override ChatUser Identity => new(ChatPlatform.Teams, play.Teams.TenantId, me.AadObjectId);

    protected override string StepUpOf(string who) => play.Theatre.CodeOf(who);

    protected override async Task<string> TypeAsync(string typed, string words)
    {
        await play.Teams.TypeAsync(me, Bot.Desk, typed);
        return (await play.Teams.Connector.WaitForAsync(me, Bot.Desk, words)).Text;
    }

    protected override async Task<string> PressAsync(Act.Presses act, string words)
    {
        var data = Play.Data(act.Action, act.Subject);
        return Actions.Asks(act.Action)
            ? (await play.Teams.FetchAsync(me, act.Bot, data)).Text
            : (await play.Teams.ExecuteAsync(me, act.Bot, act.Action, data)).Text;
    }

    protected override async Task<string> SendAsync(Act.Sends act, string words)
    {
        var asked = act.Subject is { } subject
            ? await play.Teams.FetchAsync(me, act.Bot, Play.Data(act.Action, subject))
            : await OpenAsync(act.Bot, act.Action);
        return asked.Dialog is { } dialog
            ? (await play.Teams.SubmitAsync(me, Filled(dialog, act.Inputs))).Text
            : asked.Text;
    }

    protected override async Task<string> RevealAsync(Act.Reveals act, string words) =>
        (await play.RevealAsync(me, Bot.Password, act.Subject, act.Who)).Text;

    private async Task<TeamsSeen> OpenAsync(Bot bot, string typed)
    {
        await play.Teams.TypeAsync(me, bot, typed);
        return await play.Teams.PressAsync(me, await play.Teams.Connector.WaitForAsync(me, bot, "", "Open"), "Open");
    }

    /// <summary>The dialog with these values in its inputs, also with those that it does not offer.</summary>
    private static TeamsDialog Filled(TeamsDialog dialog, IReadOnlyList<(string Label, string Value)> inputs)
    {
        var card = dialog.Card.DeepClone().AsObject();
        foreach (var input in card["body"]!.AsArray())
        {
            foreach (var (_, value) in inputs.Where(i => i.Label == input!["label"]?.GetValue<string>()))
                input!["value"] = ValueOf(input, value);
        }
        return dialog with { Card = card };
    }

    private static string ValueOf(JsonNode input, string value) =>
        input["type"]!.GetValue<string>() switch
        {
            "Input.Date" => Moment(value, "yyyy-MM-dd"),
            "Input.Time" => Moment(value, "HH:mm"),
            "Input.ChoiceSet" => Choice(input, value)?["value"]!.GetValue<string>() ?? value,
            _ => value,
        };

    private static JsonNode? Choice(JsonNode input, string text) =>
        input["choices"]!
            .AsArray()
            .FirstOrDefault(c => c!["title"]!.GetValue<string>().StartsWith(text, StringComparison.Ordinal));

    private static string Moment(string unixSeconds, string format) =>
        DateTimeOffset
            .FromUnixTimeSeconds(long.Parse(unixSeconds, CultureInfo.InvariantCulture))
            .ToString(format, CultureInfo.InvariantCulture);
}
