using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>An AppRole auth mount: roles, secret ids and the login.</summary>
internal sealed class AppRoleEngine(FakeVaultServer server, TokenStore tokens, string mount) : Engine
{
    private static readonly string[] Lengths =
    [
        "token_ttl",
        "token_max_ttl",
        "token_period",
        "token_explicit_max_ttl",
        "secret_id_ttl",
    ];
    private static readonly string[] Wholes = ["token_num_uses", "secret_id_num_uses"];
    private static readonly string[] Lists = ["token_policies", "token_bound_cidrs", "secret_id_bound_cidrs"];
    private readonly Dictionary<string, Role> roles = new(StringComparer.Ordinal);

    public override bool IsOpen(string path) => path == "login";

    public override bool IsNew(string path) => path.Split('/') is ["role", var name] && !roles.ContainsKey(name);

    public override VaultAnswer Handle(VaultCall call, string path) =>
        path.Split('/') switch
        {
            ["login"] when call.Writes => Login(call),
            ["role", ""] when call.Operation == Operation.List => VaultAnswer.Listed(
                roles.Keys.Order(StringComparer.Ordinal)
            ),
            ["role", var name] => OnRole(call, name),
            ["role", var name, .. var rest] => roles.TryGetValue(name, out var role)
                ? OnSecrets(call, role, string.Join('/', rest))
            : call.Operation is Operation.Read or Operation.List ? VaultAnswer.Missing()
            : VaultAnswer.Bad($"role \"{name}\" does not exist"),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private VaultAnswer OnRole(VaultCall call, string name)
    {
        switch (call.Operation)
        {
            case Operation.Create or Operation.Update:
                if (!roles.TryGetValue(name, out var role))
                    roles[name] = role = new Role(name);
                Take(role, call.Body);
                return VaultAnswer.Done();
            case Operation.Read:
                return roles.TryGetValue(name, out var there)
                    ? VaultAnswer.Of(there.Fields.DeepClone().AsObject())
                    : VaultAnswer.Missing();
            case Operation.Delete:
                roles.Remove(name);
                return VaultAnswer.Done();
            default:
                return VaultAnswer.NotOffered();
        }
    }

    private static void Take(Role role, JsonObject body)
    {
        foreach (var field in Lengths.Where(body.ContainsKey))
            role.Fields[field] = (int)body.Length(field)!.Value.TotalSeconds;
        foreach (var field in Wholes.Where(body.ContainsKey))
            role.Fields[field] = body.Whole(field);
        foreach (var field in Lists.Where(body.ContainsKey))
            role.Fields[field] = body.Texts(field)!.ToJson();
        foreach (var field in (string[])["token_no_default_policy", "bind_secret_id"])
        {
            if (body.Flag(field) is { } flag)
                role.Fields[field] = flag;
        }
        if (body.Text("token_type") is { } type)
            role.Fields["token_type"] = type;
    }

    private static VaultAnswer OnSecrets(VaultCall call, Role role, string path) =>
        (path, call.Operation) switch
        {
            ("role-id", Operation.Read) => VaultAnswer.Of(new JsonObject { ["role_id"] = role.RoleId }),
            ("role-id", Operation.Update) => role.Rename(call.Body.Text("role_id")),
            ("secret-id", Operation.Update) => Make(call, role),
            ("secret-id/", Operation.List) => VaultAnswer.Listed(role.Living(call.Now).Select(s => s.Accessor)),
            ("secret-id/lookup", Operation.Update) => role.Living(call.Now)
                .Find(s => s.Id == call.Body.Text("secret_id"))
                is { } found
                ? VaultAnswer.Of(found.Told())
                : VaultAnswer.Done(),
            ("secret-id/destroy", Operation.Update or Operation.Delete) => Destroy(
                role,
                s => s.Id == call.Body.Text("secret_id")
            ),
            ("secret-id-accessor/lookup", Operation.Update) => role.Living(call.Now)
                .Find(s => s.Accessor == call.Body.Text("secret_id_accessor"))
                is { } known
                ? VaultAnswer.Of(known.Told())
                : VaultAnswer.Refused(404, "failed to find accessor entry for secret_id_accessor"),
            ("secret-id-accessor/destroy", Operation.Update or Operation.Delete) => Destroy(
                role,
                s => s.Accessor == call.Body.Text("secret_id_accessor")
            ),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private static VaultAnswer Destroy(Role role, Predicate<SecretId> which)
    {
        role.Secrets.RemoveAll(which);
        return VaultAnswer.Done();
    }

    private static VaultAnswer Make(VaultCall call, Role role)
    {
        var uses = call.Body.Whole("num_uses") ?? role.Whole("secret_id_num_uses");
        var life = call.Body.Length("ttl") ?? role.Length("secret_id_ttl");
        if (role.Whole("secret_id_num_uses") is > 0 and var most && (uses == 0 || uses > most))
            return VaultAnswer.Bad("num_uses cannot be higher than the role's secret_id_num_uses");
        if (role.Length("secret_id_ttl") is { Ticks: > 0 } longest && (life == TimeSpan.Zero || life > longest))
            return VaultAnswer.Bad("ttl cannot be longer than the role's secret_id_ttl");
        JsonObject meta;
        try
        {
            meta = call.Body.Text("metadata") is { Length: > 0 } text ? JsonNode.Parse(text)!.AsObject() : [];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return VaultAnswer.Bad("failed to parse metadata");
        }
        var secret = new SecretId(uses, call.Now, life, meta, NetworksOf(call.Body.Texts("cidr_list") ?? []));
        role.Secrets.Add(secret);
        return VaultAnswer.Of(
            new JsonObject
            {
                ["secret_id"] = secret.Id,
                ["secret_id_accessor"] = secret.Accessor,
                ["secret_id_num_uses"] = uses,
                ["secret_id_ttl"] = (int)life.TotalSeconds,
            }
        );
    }

    private VaultAnswer Login(VaultCall call)
    {
        if (call.Body.Text("role_id") is not { Length: > 0 } roleId)
            return VaultAnswer.Bad("missing role_id");
        if (roles.Values.FirstOrDefault(r => r.RoleId == roleId) is not { } role)
            return VaultAnswer.Bad(server.IsOpenBao ? "invalid role or secret ID" : "invalid role ID");
        var meta = new JsonObject { ["role_name"] = role.Name };
        if (role.Fields["bind_secret_id"]!.GetValue<bool>())
        {
            if (call.Body.Text("secret_id") is not { Length: > 0 } secretId)
                return VaultAnswer.Bad("missing secret_id");
            if (role.Living(call.Now).Find(s => s.Id == secretId) is not { } secret)
                return VaultAnswer.Bad(server.IsOpenBao ? "invalid role or secret ID" : "invalid secret id");
            if (!IsFrom(call.Source, [.. secret.From, .. NetworksOf(role.Texts("secret_id_bound_cidrs"))]))
                return VaultAnswer.Bad(
                    $"source address \"{call.Source}\" unauthorized by CIDR restrictions on the secret ID"
                );
            secret.Use(); // counted when the login is accepted, whether or not the answer arrives
            foreach (var (name, value) in secret.Meta)
                meta[name] = value?.DeepClone();
        }
        return new VaultAnswer(200) { Auth = tokens.Issue(TermsOf(call, role, meta), call.Now).Auth(call.Now) };
    }

    private TokenTerms TermsOf(VaultCall call, Role role, JsonObject meta)
    {
        var bare = role.Fields["token_no_default_policy"]!.GetValue<bool>();
        var policies = role.Texts("token_policies").Concat(bare ? [] : ["default"]).Distinct(StringComparer.Ordinal);
        var period = role.Length("token_period");
        var most = role.Length("token_max_ttl");
        var ttl = role.Length("token_ttl");
        return new TokenTerms(call.Realm, [.. policies])
        {
            IdentityPolicies = server.IdentityPoliciesOf(mount, role.Name),
            Ttl =
                period > TimeSpan.Zero ? period
                : ttl > TimeSpan.Zero ? ttl
                : TokenTerms.LongestLife,
            MaxTtl = most > TimeSpan.Zero ? most : TokenTerms.LongestLife,
            Period = period,
            Uses = role.Whole("token_num_uses"),
            IsBatch = role.Fields["token_type"]!.GetValue<string>() == "batch",
            Path = $"{mount}login",
            DisplayName = mount["auth/".Length..].TrimEnd('/'),
            EntityId = role.EntityId,
            Meta = meta,
            From = NetworksOf(role.Texts("token_bound_cidrs")),
            WhyNotRenewed = () =>
                roles.ContainsKey(role.Name) ? null : $"role \"{role.Name}\" does not exist during renewal",
        };
    }

    private static bool IsFrom(IPAddress source, IReadOnlyList<IPNetwork> allowed) =>
        allowed.Count == 0 || allowed.Any(n => n.Contains(source));

    private static IReadOnlyList<IPNetwork> NetworksOf(IEnumerable<string> texts) =>
        [.. texts.Select(t => IPNetwork.Parse(t.Contains('/', StringComparison.Ordinal) ? t : $"{t}/32"))];

    private sealed class Role(string name)
    {
        public string Name => name;
        public string RoleId { get; private set; } = VaultIds.Uuid();
        public string EntityId { get; } = VaultIds.Uuid();
        public List<SecretId> Secrets { get; } = [];

        public JsonObject Fields { get; } =
            new()
            {
                ["bind_secret_id"] = true,
                ["local_secret_ids"] = false,
                ["secret_id_bound_cidrs"] = null,
                ["secret_id_num_uses"] = 0,
                ["secret_id_ttl"] = 0,
                ["token_bound_cidrs"] = new JsonArray(),
                ["token_explicit_max_ttl"] = 0,
                ["token_max_ttl"] = 0,
                ["token_no_default_policy"] = false,
                ["token_num_uses"] = 0,
                ["token_period"] = 0,
                ["token_policies"] = new JsonArray(),
                ["token_ttl"] = 0,
                ["token_type"] = "default",
            };

        public int Whole(string field) => Fields[field]!.GetValue<int>();

        public TimeSpan Length(string field) => TimeSpan.FromSeconds(Whole(field));

        public IReadOnlyList<string> Texts(string field) => Fields.Texts(field) ?? [];

        /// <summary>The secret ids that still work; the others are forgotten.</summary>
        public List<SecretId> Living(DateTimeOffset now)
        {
            Secrets.RemoveAll(s => !s.LivesAt(now));
            return Secrets;
        }

        public VaultAnswer Rename(string? id)
        {
            if (id is not { Length: > 0 })
                return VaultAnswer.Bad("missing role_id");
            RoleId = id;
            return VaultAnswer.Done();
        }
    }

    private sealed class SecretId(
        int uses,
        DateTimeOffset made,
        TimeSpan life,
        JsonObject meta,
        IReadOnlyList<IPNetwork> from
    )
    {
        private int used;

        public string Id { get; } = VaultIds.Uuid();
        public string Accessor { get; } = VaultIds.Uuid();
        public JsonObject Meta => meta;
        public IReadOnlyList<IPNetwork> From => from;

        public bool LivesAt(DateTimeOffset now) =>
            (life == TimeSpan.Zero || now < made + life) && (uses == 0 || used < uses);

        public void Use() => used++;

        public JsonObject Told() =>
            new()
            {
                ["creation_time"] = VaultIds.Moment(made),
                ["expiration_time"] = life == TimeSpan.Zero ? "0001-01-01T00:00:00Z" : VaultIds.Moment(made + life),
                ["metadata"] = meta.DeepClone(),
                ["secret_id_accessor"] = Accessor,
                ["secret_id_num_uses"] = uses == 0 ? 0 : uses - used,
                ["secret_id_ttl"] = (int)life.TotalSeconds,
            };
    }
}
