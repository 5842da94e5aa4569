using RootCustody.Chat;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>A card as somebody sees it who sits before it.</summary>
/// <param name="Press">Presses a button on it; a form that this opens is filled in with the inputs, without inputs none is expected. Gives the words of the answer.</param>
public sealed record SeenCard(
    string Text,
    IReadOnlyList<string> Buttons,
    Func<string, (string Label, string Value)[]?, Task<string>> Press
);

/// <summary>Somebody before their chat with one bot, on one of the platforms.</summary>
public abstract class Chair
{
    /// <summary>The newest card that the bot left them with this button; null if there is none.</summary>
    /// <param name="words">By which they know it.</param>
    public abstract SeenCard? Newest(string words, string button);

    /// <summary>Types something, and is shown a card.</summary>
    public abstract Task<SeenCard> TypeAsync(string text);
}

/// <summary>In Teams: what is typed is answered by a message that stays.</summary>
public sealed class TeamsChair(Folk folk, TeamsPerson person, Bot bot = Bot.Desk) : Chair
{
    public override SeenCard? Newest(string words, string button) =>
        Seen(
            Chat()
                .LastOrDefault(m =>
                    m.Text.Contains(words, StringComparison.Ordinal)
                    && m.Buttons.Contains(button, StringComparer.Ordinal)
                )
        );

    public override async Task<SeenCard> TypeAsync(string text)
    {
        var before = Chat().Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        folk.Typed++;
        await folk.Teams.TypeAsync(person, bot, text);
        return Seen(
            await folk.ThereAsync(
                () => Chat().LastOrDefault(m => !before.Contains(m.Id)),
                $"{person.Name} typed {text} and got no answer."
            )
        )!;
    }

    private IEnumerable<TeamsMessage> Chat() => folk.Teams.Connector.ChatOf(person, bot);

    private SeenCard? Seen(TeamsMessage? message) =>
        message is null
            ? null
            : new SeenCard(message.Text, message.Buttons, (button, inputs) => PressAsync(message, button, inputs));

    private async Task<string> PressAsync(TeamsMessage message, string button, (string, string)[]? inputs)
    {
        var asked = Folk.Answered(await folk.Pace.PressAsync(() => folk.Teams.PressAsync(person, message, button)));
        if (asked.Dialog is not { } dialog || inputs is null)
            return asked.Text;
        return Folk.Answered(await folk.Pace.PressAsync(() => folk.Teams.SubmitAsync(person, dialog, inputs))).Text;
    }
}

/// <summary>In Slack: what is typed is answered by a message that only they see.</summary>
/// <param name="channel">Where they type; null for their direct messages with the bot.</param>
public sealed class SlackChair(Folk folk, SlackPerson person, Bot bot = Bot.Desk, string? channel = null) : Chair
{
    private const string Loading = "One moment";

    private SlackWebApi Api => folk.Slack.Api;

    public override SeenCard? Newest(string words, string button) =>
        Api.Messages.LastOrDefault(m =>
            m.Channel == person.DirectWith(bot)
            && m.Text.Contains(words, StringComparison.Ordinal)
            && m.Buttons.Contains(button, StringComparer.Ordinal)
        )
            is { } message
            ? new SeenCard(
                message.Text,
                message.Buttons,
                (button, inputs) => PressAsync(() => folk.Slack.PressAsync(person, message, button), inputs)
            )
            : null;

    public override async Task<SeenCard> TypeAsync(string text)
    {
        var shown = await EphemeralAsync(() =>
            folk.Slack.CommandAsync(person, text, channel ?? person.DirectWith(bot), bot)
        );
        return new SeenCard(
            shown.Text,
            [.. BlockReader.ButtonsOf(shown.Blocks).Select(BlockReader.LabelOf)],
            (button, inputs) => PressAsync(() => folk.Slack.PressAsync(person, shown, button), inputs)
        );
    }

    /// <summary>Types a word that asks for a form at once, and sends it.</summary>
    public Task<string> FillAsync(string text, params (string Label, string Value)[] inputs) =>
        FillAsync(() => folk.Slack.CommandAsync(person, text, channel ?? person.DirectWith(bot), bot), inputs);

    private async Task<string> PressAsync(Func<Task<SlackAnswer>> press, (string Label, string Value)[]? inputs) =>
        inputs is null ? (await EphemeralAsync(press)).Text : await FillAsync(press, inputs);

    private Task<SlackEphemeral> EphemeralAsync(Func<Task<SlackAnswer>> act) =>
        folk.NewAsync(
            () => Api.Ephemerals.Where(e => e.User == person.User).Select(e => e.Ts),
            act,
            before => Api.WaitForEphemeralAsync(person, e => !before.Contains(e.Ts))
        );

    private async Task<string> FillAsync(Func<Task<SlackAnswer>> open, (string Label, string Value)[] inputs)
    {
        var form = await folk.NewAsync(
            () => Api.Modals.Where(m => m.User == person.User).Select(m => m.Id),
            open,
            before =>
                Api.WaitForModalAsync(
                    person,
                    m => !before.Contains(m.Id) && !m.Text.Contains(Loading, StringComparison.Ordinal)
                )
        );
        if (!form.View.ContainsKey("submit"))
            return form.Text; // an answer, not a form
        Folk.Answered(await folk.Pace.PressAsync(() => folk.Slack.SubmitAsync(person, form, inputs)));
        return Api.Modals.FirstOrDefault(m => m.Id == form.Id)?.Text ?? "";
    }
}
