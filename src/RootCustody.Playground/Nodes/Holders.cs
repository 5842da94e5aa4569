using RootCustody.Chat;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>What custodians do about a request: they approve, reveal, and say how it ended.</summary>
public sealed class Holders(Folk folk)
{
    private static readonly string[] Takes = ["You approved the", "You hold the"];

    /// <summary>A custodian takes their half.</summary>
    /// <param name="title">What the request is called on its cards.</param>
    public Task TakeAsync(string act, Custodian custodian, string title, string button) =>
        folk.UntilAsync(act, () => Sees(custodian, title, Takes), _ => PressAsync(custodian, title, button));

    /// <summary>The holder of the password looks at it.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    public Task RevealPasswordAsync(string act, Custodian custodian, string title) =>
        UntilShownAsync(act, time => RevealPasswordAsync(custodian, title, time));

    /// <summary>The holder of the MFA half looks at a code, in Slack.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    public Task RevealCodeAsync(string act, Custodian custodian, string title) =>
        RevealInSlackAsync(act, custodian.Key, custodian.InSlack!, Half.Mfa, title);

    /// <summary>Whoever is to see a half looks at it in Slack.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    /// <param name="key">As the directory knows them.</param>
    public Task RevealInSlackAsync(string act, string key, SlackPerson person, Half half, string title) =>
        UntilShownAsync(act, time => RevealInSlackAsync(key, person, half, title, time));

    /// <summary>A holder says that the work is done, and how.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    public Task CloseAsync(
        string act,
        Custodian custodian,
        string title,
        params (string Label, string Value)[] inputs
    ) =>
        folk.UntilAsync(
            act,
            () => Sees(custodian, title, $"{title}: closed"),
            time => DoneAsync(custodian, title, time, inputs)
        );

    /// <summary>Whether they see one of these on a card of the request, or in the answer to their last press.</summary>
    /// <param name="title">What the request is called on its cards.</param>
    public bool Sees(Custodian custodian, string title, params IEnumerable<string> words) =>
        CardsOf(custodian, title)
            .Select(card => card.Text)
            .Append(folk.Answer)
            .Any(text => words.Any(w => text.Contains(w, StringComparison.Ordinal)));

    /// <summary>Their cards of a request; after a death there may be one more than there should be, which nobody keeps up to date.</summary>
    public List<TeamsMessage> CardsOf(Custodian custodian, string title) =>
        [
            .. folk
                .Teams.Connector.ChatOf(custodian.InTeams, Bot.Desk)
                .Where(m => m.Text.StartsWith($"{title}:", StringComparison.Ordinal)),
        ];

    /// <summary>What a request is called: the first words of its cards.</summary>
    public static string TitleOf(TeamsMessage card) => card.Text.Split('\n')[0].Split(':')[0];

    /// <summary>Whether the card of a holder took note of their word: it does not ask for it any more.</summary>
    public bool HasSaid(Custodian custodian, string title, string button) =>
        CardsOf(custodian, title)
            .Exists(card =>
                !card.Buttons.Contains(button, StringComparer.Ordinal)
                && (
                    card.Text.Contains("You hold the", StringComparison.Ordinal)
                    || card.Text.StartsWith($"{title}: closed", StringComparison.Ordinal)
                )
            );

    public async Task PressAsync(Custodian custodian, string title, string button)
    {
        var card = await CardWithAsync(custodian, title, button);
        folk.Answer = Folk.Answered(
            await folk.Pace.PressAsync(() => folk.Teams.PressAsync(custodian.InTeams, card, button))
        ).Text;
    }

    private async Task UntilShownAsync(string act, Func<int, Task> reveal)
    {
        var shown = false;
        await folk.UntilAsync(
            act,
            () => shown,
            async time =>
            {
                await reveal(time);
                shown = true;
            }
        );
    }

    /// <param name="time">The how many-th try it is.</param>
    private async Task RevealPasswordAsync(Custodian custodian, string title, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync(); // a code counts once
        var pointer = await folk.ThereAsync(
            () =>
                folk
                    .Teams.Connector.ChatOf(custodian.InTeams, Bot.Password)
                    .LastOrDefault(m => m.Text.StartsWith($"{title}:", StringComparison.Ordinal)),
            $"{custodian.Key} has no pointer."
        );
        var asked = Folk.Answered(await folk.Teams.PressAsync(custodian.InTeams, pointer, "Reveal password"));
        var dialog = asked.Dialog ?? throw new NoAnswerException(asked.Text);
        var shown = Folk.Answered(
            await folk.Teams.SubmitAsync(custodian.InTeams, dialog, (Folk.CodeLabel, folk.CodeOf(custodian.Key)))
        );
        if (shown.Dialog is not { } half || !half.Text.Contains("For you alone", StringComparison.Ordinal))
            throw new NoAnswerException(shown.Text);
        await folk.Pace.SawAsync(custodian.Key, Half.Password);
        await folk.Teams.SubmitAsync(custodian.InTeams, half); // "I have it"
    }

    private async Task RevealInSlackAsync(string key, SlackPerson person, Half half, string title, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        var (bot, what) = half == Half.Password ? (Bot.Password, "password") : (Bot.Mfa, "code");
        var api = folk.Slack.Api;
        var pointer = await folk.ThereAsync(
            () =>
                api.Messages.LastOrDefault(m =>
                    m.Channel == person.DirectWith(bot) && m.Text.StartsWith($"{title}:", StringComparison.Ordinal)
                ),
            $"{key} has no pointer."
        );
        var modal = await folk.NewAsync(
            () => api.Modals.Where(m => m.User == person.User).Select(m => m.Id),
            () => folk.Slack.PressAsync(person, pointer, $"Reveal {what}"),
            before => api.WaitForModalAsync(person, m => !before.Contains(m.Id) && m.Text.Contains("Prove that"))
        );
        var offer = await folk.NewAsync(
            () => api.Ephemerals.Where(e => e.User == person.User).Select(e => e.Ts),
            () => folk.Slack.SubmitAsync(person, modal, (Folk.CodeLabel, folk.CodeOf(key))),
            before => api.WaitForEphemeralAsync(person, e => !before.Contains(e.Ts) && e.Text.Contains("is ready"))
        );
        Folk.Answered(await folk.Slack.PressAsync(person, offer, $"Show {what}"));
        await folk.Pace.WaitAsync(api.WaitForEphemeralAsync(person, e => e.Ts == offer.Ts && e.Literals.Count > 0));
    }

    private async Task DoneAsync(Custodian custodian, string title, int time, (string Label, string Value)[] inputs)
    {
        if (time > 2)
            await folk.Pace.NewCodeAsync(); // whatever is in the way, half a minute may change it
        var card = await CardWithAsync(custodian, title, "Done");
        var asked = Folk.Answered(await folk.Teams.PressAsync(custodian.InTeams, card, "Done"));
        var dialog = asked.Dialog ?? throw new NoAnswerException(asked.Text);
        Folk.Answered(await folk.Pace.PressAsync(() => folk.Teams.SubmitAsync(custodian.InTeams, dialog, inputs)));
    }

    private Task<TeamsMessage> CardWithAsync(Custodian custodian, string title, string button) =>
        folk.ThereAsync(
            () => CardsOf(custodian, title).FindLast(card => card.Buttons.Contains(button, StringComparer.Ordinal)),
            $"{custodian.Key} has no card with {button}."
        );
}
