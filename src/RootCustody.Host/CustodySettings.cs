using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Data.Databases;
using RootCustody.Desk.OnCall;
using RootCustody.Slack;
using RootCustody.Teams;

namespace RootCustody.Host;

/// <summary>The section <c>RootCustody</c> of the configuration; <c>appsettings.sample.json</c> shows every setting.</summary>
public sealed class CustodySettings
{
    public const string Section = "RootCustody";

    private const string PasswordSection = $"{Section}:{nameof(PasswordVault)}";
    private const string MfaSection = $"{Section}:{nameof(MfaVault)}";
    private const string StepUpSection = $"{Section}:{nameof(StepUpVault)}";
    private const string AuditSection = $"{Section}:{nameof(AuditVault)}";

    /// <summary>The key at the transit engine with which checkpoints are signed; the policy of the signer allows no other.</summary>
    internal const string CheckpointKey = "checkpoint";

    /// <summary>Where the database and the sealed stores of the embedded default lie. Default <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Where the couriers of this node keep their journals of what they showed, without secrets; beside the vaults if not said. To be on a disk that no restore of the database touches, and another one for each node.</summary>
    public string? JournalDirectory { get; set; }

    /// <summary>What this process plays: any of desk, worker, password-courier, mfa-courier. Empty is all four, which only Development may.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>Where this host is reached from outside, such as <c>https://rootcustody.example</c>: calendars of rotations are read there. Empty: there are none.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>How the log looks on standard output. Default <see cref="RootCustody.Host.LogFormat.Text"/> in Development, else <see cref="RootCustody.Host.LogFormat.Json"/>.</summary>
    public LogFormat? LogFormat { get; set; }

    /// <summary>How long a process that is told to stop goes on answering, while <c>/healthz/ready</c> already says 503: longer than the load balancer takes to notice. Default none in Development, else 3 s.</summary>
    public TimeSpan? Drain { get; set; }

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

    /// <summary>Where the password courier finds the passwords; the other couriers need to know the mount only, to prove that it is closed to them.</summary>
    public VaultSettings PasswordVault { get; } = VaultSettings.OfPasswords();

    /// <summary>Where the MFA courier finds the seeds.</summary>
    public VaultSettings MfaVault { get; } = VaultSettings.OfMfaCodes();

    /// <summary>Where every process has step-up codes checked.</summary>
    public VaultSettings StepUpVault { get; } = VaultSettings.OfStepUp();

    /// <summary>Where a worker has the checkpoints of the audit log signed; without an address they are not.</summary>
    public VaultSettings AuditVault { get; } = VaultSettings.OfCheckpoints();

    /// <summary>The name of this installation's audit log in its checkpoints, such as <c>rootcustody.example/audit</c>. Default <c>rootcustody</c>.</summary>
    public string AuditName { get; set; } = "rootcustody";

    public MetricsSettings Metrics { get; } = new();

    public SlackSettings Slack { get; } = new();

    public TeamsSettings Teams { get; } = new();

    /// <summary>What Prometheus reads.</summary>
    public sealed class MetricsSettings
    {
        /// <summary>Where <c>GET /metrics</c> is answered, such as <c>http://127.0.0.1:9464</c>, several with a semicolon between. Never where the bots listen. Empty: nowhere.</summary>
        public string Urls { get; set; } = "";
    }

    /// <summary>Settings of the policy, by name, that differ from the wider layer.</summary>
    public sealed class PolicySection
    {
        public IDictionary<string, string> Policy { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        internal PolicyLayer AsLayer(PolicyScope scope, string key, string source) =>
            new(scope, key, source, Policy.AsReadOnly());
    }

    internal LogFormat LogFormatIn(bool isDevelopment) =>
        LogFormat ?? (isDevelopment ? RootCustody.Host.LogFormat.Text : RootCustody.Host.LogFormat.Json);

    internal TimeSpan DrainIn(bool isDevelopment) => Drain ?? TimeSpan.FromSeconds(isDevelopment ? 0 : 3);

    public string DatabaseFile => Path.Combine(DataDirectory, "rootcustody.db");

    /// <summary>The database with how it is reached.</summary>
    public DatabaseSettings ReachedDatabase() => Database.IsServer ? Database : DatabaseSettings.OfFile(DatabaseFile);

    public string VaultDirectory => Path.Combine(DataDirectory, "vault");

    public string Journals => string.IsNullOrEmpty(JournalDirectory) ? VaultDirectory : JournalDirectory;

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
        foreach (var fault in VaultFaults())
            yield return fault;
        if (PublicAddress.Length > 0 && PublicSite() is not { Query: "", Fragment: "", UserInfo: "" })
            yield return $"{Section}:PublicAddress is no web address; say https://rootcustody.example.";
        if (isDevelopment)
            yield break;

        if (PublicSite() is { Scheme: not "https" })
            yield return $"{Section}:PublicAddress has to begin with https; what stands in a calendar's address is not to be read on the way.";

        foreach (var (section, vault) in UsedVaults(Played()).Where(used => !used.Vault.IsSet))
            yield return $"{section}: the sealed local vault is for development only. Set Address, RoleId and SecretIdFile or WrappedSecretIdFile of this process' identity at HashiCorp Vault or OpenBao ({vault.Role}).";
        if (Played().Contains(Role.PasswordCourier) && Played().Contains(Role.MfaCourier))
            yield return $"{Section}:Roles: no process may be password-courier and mfa-courier at once (law 7). Start two, each with its own role.";
        if (Slack.UsesDevelopmentAddresses)
            yield return $"{Section}:Slack: ApiAddress and ResponseUrlHosts may be changed in Development only.";
        if (Teams.UsesDevelopmentAddresses)
            yield return $"{Section}:Teams: OpenIdMetadata, TokenAuthority and ServiceHosts may be changed in Development only.";
        foreach (var missing in MissingBots())
            yield return missing;
    }

    /// <summary>The public address with a slash at its end; null if none is set, or it is no web address.</summary>
    internal Uri? PublicSite() =>
        Uri.TryCreate($"{PublicAddress.TrimEnd('/')}/", UriKind.Absolute, out var site)
        && site.Scheme is ("http" or "https")
            ? site
            : null;

    /// <summary>Who this process is at the vault of passwords; null is the sealed store.</summary>
    internal VaultIdentity? PasswordIdentity() =>
        PasswordVault.IsSet
            ? VaultIdentity.OfPasswords(PasswordSection, PasswordVault, MfaVault.Mount, StepUpVault.Mount)
            : null;

    /// <summary>Who this process is at the vault of MFA seeds; null is the sealed store.</summary>
    internal VaultIdentity? MfaIdentity() =>
        MfaVault.IsSet ? VaultIdentity.OfMfaCodes(MfaSection, MfaVault, PasswordVault.Mount, StepUpVault.Mount) : null;

    /// <summary>Who this process is at the vault of step-up seeds; null is the sealed store.</summary>
    internal VaultIdentity? StepUpIdentity() =>
        StepUpVault.IsSet
            ? VaultIdentity.OfStepUp(StepUpSection, StepUpVault, PasswordVault.Mount, MfaVault.Mount)
            : null;

    /// <summary>Who this process is where checkpoints are signed: a worker only, which has no half. Null if they are not signed.</summary>
    internal VaultIdentity? AuditIdentity() =>
        AuditVault.IsSet && Played().Contains(Role.Worker)
            ? VaultIdentity.OfCheckpoints(
                AuditSection,
                AuditVault,
                CheckpointKey,
                PasswordVault.Mount,
                MfaVault.Mount,
                StepUpVault.Mount
            )
            : null;

    /// <summary>The vault of a section.</summary>
    /// <param name="section">Its name below <see cref="Section"/>.</param>
    internal VaultSettings VaultOf(string section) =>
        section switch
        {
            nameof(PasswordVault) => PasswordVault,
            nameof(MfaVault) => MfaVault,
            nameof(StepUpVault) => StepUpVault,
            nameof(AuditVault) => AuditVault,
            _ => throw new ArgumentOutOfRangeException(nameof(section), section, null),
        };

    /// <summary>The vaults that processes of these roles use, each with the section of its settings.</summary>
    internal IEnumerable<(string Section, VaultSettings Vault)> UsedVaults(IReadOnlySet<Role> roles)
    {
        yield return (StepUpSection, StepUpVault);
        if (roles.Contains(Role.PasswordCourier))
            yield return (PasswordSection, PasswordVault);
        if (roles.Contains(Role.MfaCourier))
            yield return (MfaSection, MfaVault);
        if (roles.Contains(Role.Worker) && AuditVault.IsSet)
            yield return (AuditSection, AuditVault);
    }

    private IEnumerable<string> VaultFaults()
    {
        foreach (var (section, vault) in UsedVaults(Played()).Where(used => used.Vault.IsSet))
        {
            foreach (var fault in vault.Faults(section))
                yield return fault;
        }
        if (AuditVault.IsSet && !Played().Contains(Role.Worker))
            yield return $"{AuditSection}: only a worker signs checkpoints. Take Address away from this process.";
        if (!Checkpoint.IsName(AuditName))
            yield return $"{Section}:AuditName may have 1 to 200 letters, digits, '.', '-', '_' and '/' only, as in rootcustody.example/audit.";
        var mounts = (string[])[PasswordVault.Mount, MfaVault.Mount, StepUpVault.Mount, AuditVault.Mount];
        if (mounts.Distinct(StringComparer.Ordinal).Count() < mounts.Length)
            yield return $"{Section}: PasswordVault, MfaVault, StepUpVault and AuditVault need a Mount each, or one identity could open two of them (law 7).";
        var roles = UsedVaults(Played()).Where(used => used.Vault.IsSet).Select(used => used.Vault.RoleId).ToList();
        if (roles.Distinct(StringComparer.Ordinal).Count() < roles.Count)
            yield return $"{Section}: PasswordVault, MfaVault, StepUpVault and AuditVault need a RoleId each: they are identities of their own (law 7).";
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
