using RootCustody.Chat;
using RootCustody.Teams.Outbound;

namespace RootCustody.Teams;

/// <summary>The section <c>RootCustody:Teams</c>.</summary>
public sealed class TeamsSettings
{
    /// <summary>The bot RootCustody. A bot without <see cref="TeamsBotSettings.AppId"/> is not served.</summary>
    public TeamsBotSettings Desk { get; private set; } = new();

    /// <summary>The bot RootCustody Password.</summary>
    public TeamsBotSettings Password { get; private set; } = new();

    /// <summary>The bot RootCustody MFA.</summary>
    public TeamsBotSettings Mfa { get; private set; } = new();

    /// <summary>The tenants whose people may reach the bots. Empty: nobody.</summary>
    public IList<string> Tenants { get; private set; } = [];

    /// <summary>Development only: where the keys of the Bot Framework are described. Default Microsoft's.</summary>
    public string? OpenIdMetadata { get; set; }

    /// <summary>Development only: who gives the bots their tokens. Default Microsoft's.</summary>
    public string? TokenAuthority { get; set; }

    /// <summary>Development only: loopback addresses (<c>host:port</c>) of a stand-in for the Bot Connector. They serve beside Microsoft's.</summary>
    public IList<string> ServiceHosts { get; } = [];

    /// <summary>Whether any address is not Microsoft's, which only Development may have.</summary>
    public bool UsesDevelopmentAddresses =>
        !string.IsNullOrEmpty(OpenIdMetadata) || !string.IsNullOrEmpty(TokenAuthority) || ServiceHosts.Count > 0;

    public bool Serves(Bot bot) => !string.IsNullOrEmpty(Of(bot).AppId);

    /// <summary>Takes what may change while the host runs: client secrets and tenants.</summary>
    public void Become(TeamsSettings next)
    {
        (Desk, Password, Mfa) = (Desk.With(next.Desk), Password.With(next.Password), Mfa.With(next.Mfa));
        Tenants = next.Tenants;
    }

    internal TeamsBotSettings Of(Bot bot) =>
        bot switch
        {
            Bot.Desk => Desk,
            Bot.Password => Password,
            Bot.Mfa => Mfa,
        };

    internal string Metadata =>
        string.IsNullOrEmpty(OpenIdMetadata)
            ? "https://login.botframework.com/v1/.well-known/openidconfiguration"
            : OpenIdMetadata;

    internal Uri Authority =>
        new(string.IsNullOrEmpty(TokenAuthority) ? "https://login.microsoftonline.com/" : TokenAuthority);

    internal ServiceHosts Hosts => new(ServiceHosts);
}

/// <summary>One Teams app.</summary>
public sealed class TeamsBotSettings
{
    /// <summary>The client id of the app's Entra registration.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The home tenant of that registration.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>Its client secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The same app with the secret of the next settings.</summary>
    internal TeamsBotSettings With(TeamsBotSettings next) =>
        new()
        {
            AppId = AppId,
            TenantId = TenantId,
            ClientSecret = next.ClientSecret,
        };
}
