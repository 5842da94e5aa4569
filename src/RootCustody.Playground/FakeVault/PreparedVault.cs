using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Playground.FakeVault;

/// <summary>A vault that an operator has set up for RootCustody: as the manifests say, with the secret id of each identity in a file.</summary>
/// <param name="directory">Where the files of the secret ids lie.</param>
public sealed class PreparedVault(FakeVaultServer server, string directory) : IDisposable
{
    public const string PasswordRole = "rc-password-courier";
    public const string MfaRole = "rc-mfa-courier";
    public const string StepUpRole = "rc-stepup";
    public const string AuditRole = "rc-audit-signer";

    private const string Own = """
        path "auth/token/lookup-self"  { capabilities = ["read"] }
        path "auth/token/renew-self"   { capabilities = ["update"] }
        path "auth/token/revoke-self"  { capabilities = ["update"] }
        path "sys/capabilities-self"   { capabilities = ["update"] }
        """;

    private readonly VaultOperator vault = server.Operator();

    public FakeVaultServer Server => server;

    /// <summary>Somebody with the root token.</summary>
    public VaultOperator Operator => vault;

    public VaultSettings Passwords { get; } = VaultSettings.OfPasswords();
    public VaultSettings MfaCodes { get; } = VaultSettings.OfMfaCodes();
    public VaultSettings StepUp { get; } = VaultSettings.OfStepUp();
    public VaultSettings Checkpoints { get; } = VaultSettings.OfCheckpoints();

    public static async Task<PreparedVault> OnAsync(FakeVaultServer server, string directory)
    {
        var prepared = new PreparedVault(server, directory);
        await prepared.SetUpAsync();
        return prepared;
    }

    /// <summary>The settings of a host that uses the three.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings() =>
        [
            .. Of("RootCustody:PasswordVault", Passwords),
            .. Of("RootCustody:MfaVault", MfaCodes),
            .. Of("RootCustody:StepUpVault", StepUp),
        ];

    /// <summary>The settings of a worker that has checkpoints signed.</summary>
    public IEnumerable<KeyValuePair<string, string?>> CheckpointSettings() => Of("RootCustody:AuditVault", Checkpoints);

    /// <summary>Delivers a new secret id in its file.</summary>
    /// <param name="terms">Such as <c>num_uses</c>.</param>
    public async Task<string> DeliverAsync(VaultSettings to, JsonObject? terms = null)
    {
        var made = await vault.WriteAsync($"auth/{to.AuthMount}/role/{to.Role}/secret-id", terms ?? []);
        var secretId = made.Data["secret_id"]!.GetValue<string>();
        to.SecretIdFile = Path.Combine(directory, $"{to.Role}.secret-id");
        to.WrappedSecretIdFile = "";
        await File.WriteAllTextAsync(to.SecretIdFile, secretId + "\n");
        return secretId;
    }

    /// <summary>Delivers a new secret id of one use as its wrapping token in a file.</summary>
    /// <param name="madeFor">Whom it is made for, if not the right one.</param>
    /// <returns>The wrapping token.</returns>
    public async Task<string> DeliverWrappedAsync(VaultSettings to, VaultSettings? madeFor = null)
    {
        var role = madeFor ?? to;
        var made = await vault.WrappedAsync(
            HttpMethod.Post,
            $"auth/{role.AuthMount}/role/{role.Role}/secret-id",
            "120s",
            new JsonObject { ["num_uses"] = 1 }
        );
        to.SecretIdFile = "";
        to.WrappedSecretIdFile = Path.Combine(directory, $"{to.Role}.wrapped");
        await File.WriteAllTextAsync(to.WrappedSecretIdFile, made.Wrapping);
        return made.Wrapping;
    }

    /// <summary>Gives a role another policy instead of all its own.</summary>
    public async Task RuleAsync(string role, string policy)
    {
        foreach (var own in VaultSetUp.Delivered.Identities.Where(i => i.Role == role).SelectMany(i => i.Intake))
            await LoadAsync(own, "");
        await LoadAsync(role, $"{policy}\n{Own}");
    }

    /// <summary>The policy of a role as it is delivered.</summary>
    public static string PolicyOf(string role) => VaultSetUp.Policy(role);

    public void Dispose() => vault.Dispose();

    private async Task SetUpAsync()
    {
        foreach (var identity in VaultSetUp.Delivered.Identities)
        {
            await vault.WriteAsync($"sys/mounts/{identity.Mount}", JsonObject.Create(identity.Engine));
            if (identity.Entry is { } entry)
                await vault.WriteAsync($"{identity.Mount}/{entry.Path}", ObjectOf(entry.Fields));
            foreach (var policy in identity.AllPolicies)
                await LoadAsync(policy, VaultSetUp.Policy(policy));
            await vault.WriteAsync($"sys/auth/{identity.AuthMount}", new JsonObject { ["type"] = "approle" });
            var role = ObjectOf(VaultSetUp.Delivered.Terms);
            role["secret_id_ttl"] = 0; // clocks jump here, by years
            role["token_policies"] = string.Join(',', [.. identity.Policies, .. identity.Intake]);
            await vault.WriteAsync($"auth/{identity.AuthMount}/role/{identity.Role}", role);
        }
        foreach (var settings in (VaultSettings[])[Passwords, MfaCodes, StepUp, Checkpoints])
        {
            settings.Address = server.Address.ToString();
            var roleId = await vault.ReadAsync($"auth/{settings.AuthMount}/role/{settings.Role}/role-id");
            settings.RoleId = roleId.Data["role_id"]!.GetValue<string>();
            await DeliverAsync(settings);
        }
    }

    private Task<VaultSeen> LoadAsync(string policy, string text) =>
        vault.WriteAsync($"sys/policies/acl/{policy}", new JsonObject { ["policy"] = text });

    private static JsonObject ObjectOf(IReadOnlyDictionary<string, JsonElement> fields) =>
        JsonSerializer.SerializeToNode(fields)!.AsObject();

    private static IEnumerable<KeyValuePair<string, string?>> Of(string section, VaultSettings settings) =>
        [
            new($"{section}:Address", settings.Address),
            new($"{section}:RoleId", settings.RoleId),
            new($"{section}:SecretIdFile", settings.SecretIdFile),
            new($"{section}:WrappedSecretIdFile", settings.WrappedSecretIdFile),
        ];
}
