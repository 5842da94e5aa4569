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

/// <summary>One emergency and the rotation after it, played by people: see <see cref="Folk"/>.</summary>
/// <param name="ticket">By which people tell this request from others.</param>
public sealed class Flow(Folk folk, Team team, string ticket)
{
    private const string RootTask = "Restore permissions of a locked-out administrator";
    private const string Changed = "Password is changed";

    private readonly Holders holders = new(folk);

    /// <summary>What stood there before this flow is not looked at again and again.</summary>
    private readonly int stood = folk.Slack.Api.Messages.Count;

    /// <summary>What she was asked before this flow: a card that was posted once more still looks as if it waited for her.</summary>
    private readonly HashSet<string> rotated = [.. RotationsOf(folk.Teams, team).Select(Holders.TitleOf)];

    /// <summary>Those who play it.</summary>
    public Folk Folk => folk;

    /// <summary>What the request is called on its cards; empty until it is there.</summary>
    public string Emergency { get; private set; } = "";

    /// <inheritdoc cref="Emergency"/>
    public string Rotation { get; private set; } = "";

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync(FlowEnd end)
    {
        await folk.UntilAsync("Rita asks", IsAsked, _ => AskAsync());
        await holders.TakeAsync("Paul approves", team.Paul, Emergency, "Approve");
        await holders.TakeAsync("Mona approves", team.Mona, Emergency, "Approve");
        await holders.RevealPasswordAsync("Paul reveals the password", team.Paul, Emergency);
        await holders.RevealCodeAsync("Mona reveals the code", team.Mona, Emergency);
        await holders.CloseAsync(
            "Paul is done",
            team.Paul,
            Emergency,
            ("Work log", "Gave the administrator role back."),
            ("Signed out?", "yes")
        );
        if (end == FlowEnd.Closed)
            return;
        await folk.UntilAsync("The clock asks for a rotation", IsRotationAsked, _ => folk.Pace.SweepAsync());
        if (end == FlowEnd.Rotated)
            await RotateAsync();
    }

    private async Task RotateAsync()
    {
        await holders.TakeAsync("Petra rotates", team.Petra, Rotation, "Rotate");
        await holders.TakeAsync("Mona rotates", team.Mona, Rotation, "Rotate");
        await holders.RevealPasswordAsync("Petra reveals the new password", team.Petra, Rotation);
        await folk.UntilAsync(
            "Petra changed the password",
            () => holders.HasSaid(team.Petra, Rotation, Changed),
            _ => holders.PressAsync(team.Petra, Rotation, Changed)
        );
        await folk.UntilAsync(
            "Mona signed in with it",
            () => holders.Sees(team.Mona, Rotation, $"{Rotation}: closed"),
            _ => holders.PressAsync(team.Mona, Rotation, Changed)
        );
    }

    // the customer

    private bool IsAsked()
    {
        var thread = folk
            .Slack.Api.Messages.Skip(stood)
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
        var slack = folk.Slack;
        var modal = await folk.NewAsync(
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
        Folk.Answered(answer);
    }

    // the custodians

    private bool IsRotationAsked()
    {
        var asked = RotationsOf(folk.Teams, team)
            .LastOrDefault(m =>
                m.Buttons.Contains("Rotate", StringComparer.Ordinal) && !rotated.Contains(Holders.TitleOf(m))
            );
        Rotation = asked is null ? "" : Holders.TitleOf(asked);
        return asked is not null;
    }

    private static IEnumerable<TeamsMessage> RotationsOf(FakeTeamsTenant teams, Team team) =>
        teams
            .Connector.ChatOf(team.Petra.InTeams, Bot.Desk)
            .Where(m =>
                m.Text.StartsWith("Rotation", StringComparison.Ordinal)
                && m.Text.Contains(team.Account, StringComparison.Ordinal)
            );
}
