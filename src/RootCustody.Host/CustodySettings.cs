using RootCustody.Chat;
using RootCustody.Couriers.Passwords;
using RootCustody.Data.Databases;
using RootCustody.Desk.OnCall;
using RootCustody.Slack;
using RootCustody.Teams;

namespace RootCustody.Host;

/// <summary>The section <c>RootCustody</c> of the configuration; <c>appsettings.sample.json</c> shows every setting.</summary>
public sealed class CustodySettings
{
    public const string Section = "RootCustody";

    /// <summary>Where the database and the sealed stores of the embedded default lie. Default <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>What this process plays: any of desk, worker, password-courier, mfa-courier. Empty is all four, which only Development may.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>What counts for every account, unless <see cref="Customers"/> or <see cref="Accounts"/> say otherwise.</summary>
    public Policy Policy { get; } = new();

    /// <summary>What counts for the accounts of one customer, by the customer's key.</summary>
    public IDictionary<string, PolicySection> Customers { get; } =
        new Dictionary<string, PolicySection>(StringComparer.Ordinal);

    /// <summary>What counts for one account, by its number.</summary>
    public IDictionary<string, PolicySection> Accounts { get; } =
        new Dictionary<string, PolicySection>(StringComparer.Ordinal);

    /// <summary>Who is on call, by the key of the custodian group. All of a group count as on call if it is not here.</summary>
    public IDictionary<string, OnCallSettings> OnCall { get; } =
        new Dictionary<string, OnCallSettings>(StringComparer.Ordinal);

    public DatabaseSettings Database { get; } = new();

    public PasswordRules Passwords { get; } = new();

    public SlackSettings Slack { get; } = new();

    public TeamsSettings Teams { get; } = new();

    /// <summary>Settings of the policy, by name, that differ from the wider layer.</summary>
    public sealed class PolicySection
    {
        public IDictionary<string, string> Policy { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        internal PolicyLayer AsLayer(PolicyScope scope, string key, string source) =>
            new(scope, key, source, Policy.AsReadOnly());
    }

    public string DatabaseFile => Path.Combine(DataDirectory, "rootcustody.db");

    /// <summary>The database with how it is reached.</summary>
    public DatabaseSettings ReachedDatabase() => Database.IsServer ? Database : DatabaseSettings.OfFile(DatabaseFile);

    public string VaultDirectory => Path.Combine(DataDirectory, "vault");

    /// <summary>The policy that the configuration states, in its layers.</summary>
    public PolicyBook PolicyBook()
    {
        var defaults = new Policy();
        var provider = Policy
            .Names.Where(n => Policy.Get(n) != defaults.Get(n))
            .ToDictionary(n => n, Policy.Get, StringComparer.Ordinal);
        return new PolicyBook([
            new PolicyLayer(PolicyScope.Provider, "", $"{Section}:Policy", provider),
            .. Customers.Select(c =>
                c.Value.AsLayer(PolicyScope.Customer, c.Key, $"{Section}:Customers:{c.Key}:Policy")
            ),
            .. Accounts.Select(a => a.Value.AsLayer(PolicyScope.Account, a.Key, $"{Section}:Accounts:{a.Key}:Policy")),
        ]);
    }

    public IReadOnlySet<Role> Played() =>
        Roles.Count == 0 ? Enum.GetValues<Role>().ToHashSet() : Roles.Select(RoleNames.Read).OfType<Role>().ToHashSet();

    public IReadOnlySet<Bot> Bots() => Played().Select(role => role.BotOf()).OfType<Bot>().ToHashSet();

    /// <summary>What is wrong, each in a sentence that names the setting and what to do; nothing if the host may start.</summary>
    public IEnumerable<string> Faults(bool isDevelopment)
    {
        foreach (var name in Roles.Where(name => RoleNames.Read(name) is null))
            yield return $"{Section}:Roles has '{name}'; it may hold {string.Join(", ", RoleNames.All)}.";
        foreach (var fault in PolicyBook().Faults().Concat(Database.Faults($"{Section}:Database")))
            yield return fault;
        if (Passwords.Length is < PasswordRules.Shortest or > PasswordRules.Longest)
            yield return $"{Section}:Passwords:Length must lie between {PasswordRules.Shortest} and {PasswordRules.Longest}.";
        foreach (var fault in OnCall.SelectMany(g => g.Value.Faults($"{Section}:OnCall:{g.Key}")))
            yield return fault;
        if (isDevelopment)
            yield break;

        yield return "The sealed local vault is for development only, and this version has no other: HashiCorp Vault and OpenBao come with a later one. Until then set DOTNET_ENVIRONMENT=Development, for trying out only.";
        if (Played().Contains(Role.PasswordCourier) && Played().Contains(Role.MfaCourier))
            yield return $"{Section}:Roles: no process may be password-courier and mfa-courier at once (law 7). Start two, each with its own role.";
        if (Slack.UsesDevelopmentAddresses)
            yield return $"{Section}:Slack: ApiAddress and ResponseUrlHosts may be changed in Development only.";
        if (Teams.UsesDevelopmentAddresses)
            yield return $"{Section}:Teams: OpenIdMetadata, TokenAuthority and ServiceHosts may be changed in Development only.";
        foreach (var missing in MissingBots())
            yield return missing;
    }

    /// <summary>The chat platforms that are not set up, each in a sentence that names what to set.</summary>
    public IEnumerable<string> MissingBots()
    {
        foreach (var bot in Bots())
        {
            if (!Slack.Serves(bot))
                yield return $"{Section}:Slack:{bot}: set SigningSecret, AppId and Workspaces:<workspace id> (its bot token) to serve Slack.";
            if (!Teams.Serves(bot))
                yield return $"{Section}:Teams:{bot}: set AppId, TenantId and ClientSecret, and {Section}:Teams:Tenants, to serve Teams.";
        }
    }
}
