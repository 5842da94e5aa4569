using RootCustody.Chat;

namespace RootCustody.Slack;

/// <summary>Where a half appears in Slack.</summary>
public enum SlackSurfaceKind
{
    /// <summary>In an ephemeral message with Show and Hide, which we delete after its time; a modal where that cannot be.</summary>
    Ephemeral,

    /// <summary>In the modal that asked for the step-up, which we clear after its time.</summary>
    Modal,
}

/// <summary>The section <c>RootCustody:Slack</c>.</summary>
public sealed class SlackSettings
{
    private const string HooksHost = "hooks.slack.com";

    /// <summary>The app RootCustody. An app without <see cref="SlackBotSettings.SigningSecret"/> is not served.</summary>
    public SlackBotSettings Desk { get; private set; } = new();

    /// <summary>The app RootCustody Password.</summary>
    public SlackBotSettings Password { get; private set; } = new();

    /// <summary>The app RootCustody MFA.</summary>
    public SlackBotSettings Mfa { get; private set; } = new();

    /// <summary>Where a half appears. Default in an ephemeral message.</summary>
    public SlackSurfaceKind Surface { get; set; } = SlackSurfaceKind.Ephemeral;

    /// <summary>Development only: another Web API, ending in a slash. Default Slack's.</summary>
    public string? ApiAddress { get; set; }

    /// <summary>Development only: loopback addresses (<c>host:port</c>) that a <c>response_url</c> may name beside Slack's.</summary>
    public IList<string> ResponseUrlHosts { get; } = [];

    /// <summary>Whether any address is not Slack's, which only Development may have.</summary>
    public bool UsesDevelopmentAddresses => !string.IsNullOrEmpty(ApiAddress) || ResponseUrlHosts.Count > 0;

    public bool Serves(Bot bot) => Of(bot).SigningSecret.Length > 0;

    /// <summary>Takes what may change while the host runs: signing secrets, bot tokens, the surface. Each bot changes as a whole, so that no click sees half of it.</summary>
    public void Become(SlackSettings next)
    {
        (Desk, Password, Mfa) = (Desk.With(next.Desk), Password.With(next.Password), Mfa.With(next.Mfa));
        Surface = next.Surface;
    }

    internal SlackBotSettings Of(Bot bot) =>
        bot switch
        {
            Bot.Desk => Desk,
            Bot.Password => Password,
            Bot.Mfa => Mfa,
        };

    /// <summary>Whether a payload names an app that is not this bot's.</summary>
    internal bool IsOfOtherApp(Bot bot, string? app) =>
        Of(bot).AppId is { Length: > 0 } ours && app is not null && app != ours;

    internal Uri Api => new(string.IsNullOrEmpty(ApiAddress) ? "https://slack.com/api/" : ApiAddress);

    /// <summary>Whether we may post to it: Slack's host, and the workspace of the payload that named it.</summary>
    internal bool Allows(string? responseUrl, string workspace)
    {
        if (!Uri.TryCreate(responseUrl, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
            return false;
        var known = uri.IsLoopback
            ? ResponseUrlHosts.Contains(uri.Authority, StringComparer.OrdinalIgnoreCase)
            : uri.Scheme == Uri.UriSchemeHttps
                && uri.IsDefaultPort
                && uri.Host.Equals(HooksHost, StringComparison.OrdinalIgnoreCase);
        return known && uri.Segments is [_, "actions/" or "commands/", var team, ..] && team.TrimEnd('/') == workspace;
    }
}

/// <summary>One Slack app.</summary>
public sealed class SlackBotSettings
{
    /// <summary>The app's id; payloads of another app are refused.</summary>
    public string AppId { get; set; } = "";

    /// <summary>With which Slack signs what it sends.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The one before, accepted too while the secret is being rotated.</summary>
    public string PreviousSigningSecret { get; set; } = "";

    /// <summary>The bot token of each workspace in which the app is installed, by workspace id.</summary>
    public IDictionary<string, string> Workspaces { get; private init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The same app with the secrets of the next settings; one that was not served stays so, for its endpoints are made at the start.</summary>
    internal SlackBotSettings With(SlackBotSettings next) =>
        SigningSecret.Length == 0
            ? this
            : new()
            {
                AppId = AppId,
                SigningSecret = next.SigningSecret,
                PreviousSigningSecret = next.PreviousSigningSecret,
                Workspaces = next.Workspaces,
            };
}
