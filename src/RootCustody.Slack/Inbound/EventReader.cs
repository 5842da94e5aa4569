using System.Text.Json;
using RootCustody.Chat;

namespace RootCustody.Slack.Inbound;

/// <summary>What a signed <c>event_callback</c> of the Events API says.</summary>
internal abstract record Told
{
    private Told() { } // closed: these and no other

    /// <summary>Something happened to a person.</summary>
    public sealed record OfPerson(Click Click) : Told;

    /// <summary>The app was removed from a workspace, or its token was revoked.</summary>
    public sealed record Disconnected : Told;

    /// <summary>Our app is not installed where it comes from.</summary>
    public sealed record UnknownWorkspace : Told;

    /// <summary>Nothing that concerns us.</summary>
    public sealed record Ignored : Told;

    /// <summary>Not what Slack sends, or for another app.</summary>
    public sealed record Malformed : Told;
}

/// <summary>Reads what Slack tells without being asked. Slack alone writes these, so here is no client's word.</summary>
internal sealed class EventReader(SlackSettings settings)
{
    public Told Read(JsonElement envelope, Bot bot)
    {
        if (envelope.Text("type") is not { } kind)
            return new Told.Malformed();
        if (kind != "event_callback")
            return new Told.Ignored();
        if (settings.IsOfOtherApp(bot, envelope.Text("api_app_id")) || envelope.Text("event", "type") is not { } type)
            return new Told.Malformed();
        return type switch
        {
            // whoever took the token out of the settings is told too
            "app_uninstalled" or "tokens_revoked" => new Told.Disconnected(),
            "user_change" when bot == Bot.Desk => ReadChange(envelope),
            _ => new Told.Ignored(), // people are the desk's; each of its workspaces has the desk
        };
    }

    private Told ReadChange(JsonElement envelope)
    {
        if (envelope.TryGet("event", "user", "deleted") is not { ValueKind: JsonValueKind.True })
            return new Told.Ignored();
        if (
            envelope.Text("event_id") is not { Length: > 0 } id
            || envelope.Text("event", "user", "id") is not { Length: > 0 } user
            || (envelope.Text("event", "user", "team_id") ?? envelope.Text("team_id")) is not { Length: > 0 } home
        )
            return new Told.Malformed();
        if (InstallationOf(envelope) is not { } workspace)
            return new Told.UnknownWorkspace();
        return new Told.OfPerson(
            new Click
            {
                Key = PayloadReader.KeyOf(Bot.Desk, user, "event", id),
                Bot = Bot.Desk,
                By = new ChatUser(ChatPlatform.Slack, home, user),
                Where = new ChatPlace(ChatPlatform.Slack, workspace, user),
                InPrivate = true,
                Action = Actions.Left,
            }
        );
    }

    /// <summary>The workspace in which our app is installed; <c>team_id</c> is the one where it happened.</summary>
    private string? InstallationOf(JsonElement envelope) =>
        new[] { envelope.First("authorizations")?.Text("team_id"), envelope.Text("team_id") }
            .OfType<string>()
            .FirstOrDefault(settings.Of(Bot.Desk).Workspaces.ContainsKey);
}
