using System.Net;
using RootCustody.Chat;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>How far a flow is played.</summary>
public enum FlowEnd
{
    /// <summary>The holder is done, and the window closed.</summary>
    Closed,

    /// <summary>The clock has asked for the rotation.</summary>
    RotationAsked,

    /// <summary>The password is rotated.</summary>
    Rotated,
}

/// <summary>
/// One emergency and the rotation after it, played by people who know nothing of the host but what they see in chat: they
/// look, press, look again, and press again what got no answer.
/// </summary>
/// <param name="ticket">By which people tell this request from others.</param>
public sealed class Flow(
    FakeSlackPlatform slack,
    FakeTeamsTenant teams,
    Team team,
    string ticket,
    Func<string, string> codeOf,
    Pace pace,
    int mostTries = 8
)
{
    private const string CodeLabel = "Code of your own authenticator";
    private const string RootTask = "Restore permissions of a locked-out administrator";

    /// <summary>What the request is called on its cards; empty until it is there.</summary>
    public string Emergency { get; private set; } = "";

    /// <inheritdoc cref="Emergency"/>
    public string Rotation { get; private set; } = "";

    /// <summary>How often something was tried again.</summary>
    public int Repeats { get; private set; }

    /// <summary>The longest that somebody waited until they saw what they wanted to see.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>The act of that wait.</summary>
    public string LongestAct { get; private set; } = "";

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync(FlowEnd end)
    {
        await UntilAsync("Rita asks", IsAsked, _ => AskAsync());
        await UntilAsync(
            "Paul approves",
            () => Sees(team.Paul, Emergency, Approved),
            _ => PressAsync(team.Paul, Emergency, "Approve")
        );
        await UntilAsync(
            "Mona approves",
            () => Sees(team.Mona, Emergency, Holds),
            _ => PressAsync(team.Mona, Emergency, "Approve")
        );
        TeamsDialog? shown = null;
        await UntilAsync(
            "Paul reveals the password",
            () => shown is not null,
            async time => shown = await RevealPasswordAsync(team.Paul, Emergency, time)
        );
        await UntilAsync("Mona reveals the code", IsCodeShown, RevealCodeAsync);
        await UntilAsync("Paul is done", () => Sees(team.Paul, Emergency, $"{Emergency}: closed"), DoneAsync);
        if (end == FlowEnd.Closed)
            return;
        await UntilAsync("The clock asks for a rotation", IsRotationAsked, _ => pace.SweepAsync());
        if (end == FlowEnd.Rotated)
            await RotateAsync();
    }

    private async Task RotateAsync()
    {
        await UntilAsync(
            "Petra rotates",
            () => Sees(team.Petra, Rotation, Approved),
            _ => PressAsync(team.Petra, Rotation, "Rotate")
        );
        await UntilAsync(
            "Mona rotates",
            () => Sees(team.Mona, Rotation, Holds),
            _ => PressAsync(team.Mona, Rotation, "Rotate")
        );
        TeamsDialog? shown = null;
        await UntilAsync(
            "Petra reveals the new password",
            () => shown is not null,
            async time => shown = await RevealPasswordAsync(team.Petra, Rotation, time)
        );
        await UntilAsync("Petra changed the password", IsAttested, _ => PressAsync(team.Petra, Rotation, Changed));
        await UntilAsync(
            "Mona signed in with it",
            () => Sees(team.Mona, Rotation, $"{Rotation}: closed"),
            _ => PressAsync(team.Mona, Rotation, Changed)
        );
    }

    private const string Changed = "Password is changed";

    private static readonly string[] Approved = ["You approved the password half", "You hold the password half"];
    private static readonly string[] Holds = ["You hold the MFA half; you speak"];

    /// <summary>What the last press was answered: on a platform it stands on the card at once.</summary>
    private string answered = "";

    private async Task UntilAsync(string act, Func<bool> seen, Func<int, Task> attempt)
    {
        var tries = new List<string>();
        var began = TimeProvider.System.GetTimestamp();
        while (tries.Count < mostTries)
        {
            await pace.BeginAsync(act);
            answered = "";
            try
            {
                await attempt(tries.Count + 1);
                tries.Add("answered");
            }
            catch (Exception lost) when (IsLost(lost))
            {
                tries.Add($"{lost.GetType().Name}: {lost.Message}");
            }
            await pace.RestAsync(seen);
            if (seen())
            {
                Repeats += tries.Count - 1;
                if (TimeProvider.System.GetElapsedTime(began) is var waited && waited > LongestWait)
                    (LongestWait, LongestAct) = (waited, act);
                return;
            }
        }
        throw new GaveUpException($"{act} ({ticket})", tries);
    }

    /// <summary>What people meet when a host dies, or a platform misbehaves: no answer, half an answer, a card that has changed meanwhile.</summary>
    private static bool IsLost(Exception lost) =>
        lost
            is HttpRequestException
                or TimeoutException
                or OperationCanceledException
                or NoAnswerException
                or NodeDiedException
                or InvalidOperationException;

    // the customer

    /// <summary>What stood there before this flow is not looked at again and again.</summary>
    private readonly int stood = slack.Api.Messages.Count;

    private bool IsAsked()
    {
        var thread = slack
            .Api.Messages.Skip(stood)
            .FirstOrDefault(m =>
                m.Thread is null
                && m.Channel == FakeSlackPlatform.Channel
                && m.Text.Contains(ticket, StringComparison.Ordinal)
            );
        Emergency = thread?.Text.Split('\n')[0].Split(':')[0] ?? "";
        return thread is not null;
    }

    private async Task AskAsync()
    {
        var modal = await NewAsync(
            () => slack.Api.Modals.Where(m => m.User == team.Rita.User).Select(m => m.Id),
            () => slack.CommandAsync(team.Rita, "request"),
            before =>
                slack.Api.WaitForModalAsync(team.Rita, m => !before.Contains(m.Id) && m.Text.Contains("Two custodians"))
        );
        var answer = await slack.SubmitAsync(
            team.Rita,
            modal,
            ("Account", $"{team.AccountName} ({team.Account})"),
            ("What only root can do", RootTask),
            ("Why", "All administrators are locked out."),
            ("Ticket", ticket)
        );
        Answered(answer);
    }

    // the custodians

    /// <summary>Their cards of a request; after a death there may be one more than there should be, which nobody keeps up to date.</summary>
    private List<TeamsMessage> Cards(Custodian custodian, string title) =>
        [
            .. teams
                .Connector.ChatOf(custodian.InTeams, Bot.Desk)
                .Where(m => m.Text.StartsWith($"{title}:", StringComparison.Ordinal)),
        ];

    private bool Sees(Custodian custodian, string title, params IEnumerable<string> words) =>
        Cards(custodian, title)
            .Select(card => card.Text)
            .Append(answered)
            .Any(text => words.Any(w => text.Contains(w, StringComparison.Ordinal)));

    private Task<TeamsMessage> CardWithAsync(Custodian custodian, string title, string button) =>
        ThereAsync(
            () => Cards(custodian, title).FindLast(card => card.Buttons.Contains(button, StringComparer.Ordinal)),
            $"{custodian.Key} has no card with {button}."
        );

    /// <summary>What is to be pressed may still be on its way.</summary>
    private async Task<T> ThereAsync<T>(Func<T?> find, string missing)
        where T : class
    {
        if (find() is null)
            await pace.RestAsync(() => find() is not null);
        return find() ?? throw new NoAnswerException(missing);
    }

    private async Task PressAsync(Custodian custodian, string title, string button)
    {
        var card = await CardWithAsync(custodian, title, button);
        answered = Answered(await pace.PressAsync(() => teams.PressAsync(custodian.InTeams, card, button))).Text;
    }

    /// <summary>Petra's card takes note of it.</summary>
    private bool IsAttested() =>
        Cards(team.Petra, Rotation)
            .Exists(card =>
                !card.Buttons.Contains(Changed, StringComparer.Ordinal)
                && (
                    card.Text.Contains("You hold the password half", StringComparison.Ordinal)
                    || card.Text.StartsWith($"{Rotation}: closed", StringComparison.Ordinal)
                )
            );

    private async Task<TeamsDialog> RevealPasswordAsync(Custodian custodian, string title, int time)
    {
        if (time > 1)
            await pace.NewCodeAsync(); // a code counts once
        var pointer = await ThereAsync(
            () =>
                teams
                    .Connector.ChatOf(custodian.InTeams, Bot.Password)
                    .LastOrDefault(m => m.Text.StartsWith($"{title}:", StringComparison.Ordinal)),
            $"{custodian.Key} has no pointer."
        );
        var asked = Answered(await teams.PressAsync(custodian.InTeams, pointer, "Reveal password"));
        var dialog = asked.Dialog ?? throw new NoAnswerException(asked.Text);
        var shown = Answered(await teams.SubmitAsync(custodian.InTeams, dialog, (CodeLabel, codeOf(custodian.Key))));
        if (shown.Dialog is not { } half || !half.Text.Contains("For you alone", StringComparison.Ordinal))
            throw new NoAnswerException(shown.Text);
        await pace.SawAsync(custodian.Key, Half.Password);
        await teams.SubmitAsync(custodian.InTeams, half); // "I have it"
        return half;
    }

    private async Task RevealCodeAsync(int time)
    {
        if (time > 1)
            await pace.NewCodeAsync();
        var mona = team.Mona.InSlack!;
        var pointer = await ThereAsync(
            () =>
                slack.Api.Messages.LastOrDefault(m =>
                    m.Channel == mona.DirectWith(Bot.Mfa)
                    && m.Text.StartsWith($"{Emergency}:", StringComparison.Ordinal)
                ),
            "Mona has no pointer."
        );
        var modal = await NewAsync(
            () => slack.Api.Modals.Where(m => m.User == mona.User).Select(m => m.Id),
            () => slack.PressAsync(mona, pointer, "Reveal code"),
            before => slack.Api.WaitForModalAsync(mona, m => !before.Contains(m.Id) && m.Text.Contains("Prove that"))
        );
        var offer = await NewAsync(
            () => slack.Api.Ephemerals.Where(e => e.User == mona.User).Select(e => e.Ts),
            () => slack.SubmitAsync(mona, modal, (CodeLabel, codeOf(team.Mona.Key))),
            before => slack.Api.WaitForEphemeralAsync(mona, e => !before.Contains(e.Ts) && e.Text.Contains("is ready"))
        );
        Answered(await slack.PressAsync(mona, offer, "Show code"));
        await pace.WaitAsync(slack.Api.WaitForEphemeralAsync(mona, e => e.Ts == offer.Ts && e.Literals.Count > 0));
        codeShown = true;
    }

    private bool codeShown;

    private bool IsCodeShown() => codeShown;

    private async Task DoneAsync(int time)
    {
        if (time > 2)
            await pace.NewCodeAsync(); // whatever is in the way, half a minute may change it
        var card = await CardWithAsync(team.Paul, Emergency, "Done");
        var asked = Answered(await teams.PressAsync(team.Paul.InTeams, card, "Done"));
        var dialog = asked.Dialog ?? throw new NoAnswerException(asked.Text);
        Answered(
            await pace.PressAsync(() =>
                teams.SubmitAsync(
                    team.Paul.InTeams,
                    dialog,
                    ("Work log", "Gave the administrator role back."),
                    ("Signed out?", "yes")
                )
            )
        );
    }

    /// <summary>What she was asked before this flow: a card that was posted once more still looks as if it waited for her.</summary>
    private readonly HashSet<string> rotated = [.. RotationsOf(teams, team).Select(TitleOf)];

    private bool IsRotationAsked()
    {
        var asked = RotationsOf(teams, team)
            .LastOrDefault(m => m.Buttons.Contains("Rotate", StringComparer.Ordinal) && !rotated.Contains(TitleOf(m)));
        Rotation = asked is null ? "" : TitleOf(asked);
        return asked is not null;
    }

    private static IEnumerable<TeamsMessage> RotationsOf(FakeTeamsTenant teams, Team team) =>
        teams
            .Connector.ChatOf(team.Petra.InTeams, Bot.Desk)
            .Where(m =>
                m.Text.StartsWith("Rotation", StringComparison.Ordinal)
                && m.Text.Contains(team.Account, StringComparison.Ordinal)
            );

    private static string TitleOf(TeamsMessage card) => card.Text.Split('\n')[0].Split(':')[0];

    // what they are answered

    /// <summary>Does something in Slack, and waits for what was not there before.</summary>
    private async Task<T> NewAsync<T>(
        Func<IEnumerable<string>> there,
        Func<Task<SlackAnswer>> act,
        Func<HashSet<string>, Task<T>> wait
    )
    {
        var before = there().ToHashSet(StringComparer.Ordinal);
        Answered(await pace.PressAsync(act));
        return await pace.WaitAsync(wait(before));
    }

    private static void Answered(SlackAnswer answer)
    {
        if (answer.Status != HttpStatusCode.OK || answer.Errors.Count > 0)
            throw new NoAnswerException($"{answer.Status} {string.Join(' ', answer.Errors.Values)}");
    }

    private static TeamsSeen Answered(TeamsSeen answer) =>
        answer.Status == HttpStatusCode.OK && !answer.Text.Contains("Not now", StringComparison.Ordinal)
            ? answer
            : throw new NoAnswerException($"{answer.Status} {answer.Text}");
}
