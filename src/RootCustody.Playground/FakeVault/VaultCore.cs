using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>The active, unsealed server behind its door: token, policy, path, wrapping, audit log, one call at a time.</summary>
internal sealed class VaultCore
{
    private const string DefaultPolicy = """
        path "auth/token/lookup-self" { capabilities = ["read"] }
        path "auth/token/renew-self" { capabilities = ["update"] }
        path "auth/token/revoke-self" { capabilities = ["update"] }
        path "sys/capabilities-self" { capabilities = ["update"] }
        path "sys/wrapping/wrap" { capabilities = ["update"] }
        path "sys/wrapping/lookup" { capabilities = ["update"] }
        path "sys/wrapping/unwrap" { capabilities = ["update"] }
        """;

    private readonly Lock gate = new();
    private readonly FakeVaultServer server;
    private readonly Wrapping wrapping;
    private readonly SortedDictionary<string, Realm> realms = new(StringComparer.Ordinal);

    public VaultCore(FakeVaultServer server, DateTimeOffset now)
    {
        this.server = server;
        wrapping = new Wrapping(this);
        AddRealm("");
        Root = Tokens.Issue(
            new TokenTerms(realms[""], ["root"])
            {
                Ttl = TimeSpan.Zero,
                DisplayName = "root",
                Path = "auth/token/root",
            },
            now
        );
    }

    public bool IsOpenBao => server.IsOpenBao;
    public TokenStore Tokens { get; } = new();
    public AuditDevice Audit { get; } = new();
    public Quotas Quotas { get; } = new();
    public PasswordPolicies PasswordPolicies { get; } = new();
    public Token Root { get; }

    /// <summary>What <c>sys/audit</c> lists.</summary>
    public JsonObject AuditDevices { get; } = [];

    public IReadOnlyList<string> AuditLog
    {
        get
        {
            lock (gate)
                return Audit.Lines;
        }
    }

    /// <summary>Splits a called path into the namespace and what is below it.</summary>
    /// <param name="header">Silently ignored by a server without namespaces.</param>
    public (Realm Realm, string Path) Resolve(string? header, string path)
    {
        var place = IsOpenBao && header?.Trim('/') is { Length: > 0 } name and not "root" ? $"{name}/{path}" : path;
        lock (gate)
        {
            var realm = realms
                .Values.Where(r => place.StartsWith(r.Path, StringComparison.Ordinal))
                .MaxBy(r => r.Path.Length)!;
            return (realm, place[realm.Path.Length..]);
        }
    }

    public VaultAnswer? OverQuota(VaultCall call)
    {
        lock (gate)
            return Quotas.Refusal(call.FullPath, call.Now);
    }

    public VaultAnswer Handle(VaultCall call)
    {
        lock (gate)
        {
            try
            {
                return call.Path switch
                {
                    "sys/wrapping/lookup" => wrapping.LookUp(call),
                    "sys/wrapping/unwrap" => wrapping.Unwrap(call),
                    "sys/wrapping/rewrap" => wrapping.Rewrap(call),
                    _ => Answer(call),
                };
            }
            catch (WrongFieldException wrong)
            {
                return VaultAnswer.Refused(500, wrong.Message);
            }
        }
    }

    public static Acl AclOf(Token token) =>
        new(
            token.AllPolicies.Select(p => token.Terms.Realm.Policies.GetValueOrDefault(p)).OfType<Policy>(),
            token.IsRoot
        );

    /// <summary>A path as the policies of a token name it; nothing that they could match, where it is not of the token's namespace.</summary>
    public static string Seen(Token token, Realm realm, string path) =>
        realm.Path.StartsWith(token.Terms.Realm.Path, StringComparison.Ordinal)
            ? realm.Path[token.Terms.Realm.Path.Length..] + path
            : "\0";

    public static bool Allows(Token token, VaultCall call)
    {
        var seen = Seen(token, call.Realm, call.Path);
        if (seen == "\0" || token.Terms.From.Count > 0 && !token.Terms.From.Any(n => n.Contains(call.Source)))
            return false;
        return AclOf(token).Allows(seen, call.Operation, call.Body, call.WrapFor, SystemEngine.NeedsSudo(call.Path));
    }

    public IEnumerable<string> RealmsIn(Realm realm) =>
        realms
            .Keys.Where(k => k.Length > realm.Path.Length && k.StartsWith(realm.Path, StringComparison.Ordinal))
            .Select(k => k[realm.Path.Length..]);

    public void AddRealm(string path)
    {
        if (realms.ContainsKey(path))
            return;
        var realm = new Realm(path);
        realm.Mounts["sys/"] = new Mount("sys/", "system", new SystemEngine(this));
        realm.Mounts["auth/token/"] = new Mount("auth/token/", "token", new TokenEngine(Tokens));
        realm.Policies["default"] = Policy.Of("default", DefaultPolicy);
        realms[path] = realm;
    }

    /// <returns>Null for a type that there is not.</returns>
    public Engine? EngineFor(string type, string path, JsonObject options) =>
        type switch
        {
            "approle" when path.StartsWith("auth/", StringComparison.Ordinal) => new AppRoleEngine(
                server,
                Tokens,
                path
            ),
            "kv" when options["version"]?.ToString() == "2" => new KvEngine(),
            "totp" => new TotpEngine(server),
            "transit" => new TransitEngine(server),
            _ => null,
        };

    private VaultAnswer Answer(VaultCall call)
    {
        var mount = call.Realm.MountOf(call.Path);
        var below = mount is null || call.Path.Length < mount.Path.Length ? "" : call.Path[mount.Path.Length..];
        if (call.Operation == Operation.Update && mount?.Engine.IsNew(below) == true)
            call = call with { Operation = Operation.Create };
        if (mount?.Engine.IsOpen(below) != true)
        {
            var token = Tokens.Find(call.Given, call.Now);
            if (token is null) // unknown, expired, revoked and used up alike
                return Denied(call, VaultAnswer.Denied);
            token.Use(); // a wrapping token is burnt here by whatever it is used for
            call = call with { Token = token };
            if (!Allows(token, call))
                return Denied(call, VaultAnswer.DeniedAsList);
        }
        if (mount is null)
            return VaultAnswer.Refused(404, $"no handler for route '{call.Path}'");
        Audit.Requested(call);
        var answer = wrapping.Around(call, mount.Engine.Handle(call, below));
        Audit.Answered(call, answer, mount.Type);
        return answer;
    }

    private VaultAnswer Denied(VaultCall call, string text)
    {
        Audit.Requested(call, text);
        return VaultAnswer.Refused(403, text);
    }
}
