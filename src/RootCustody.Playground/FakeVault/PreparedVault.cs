using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Playground.FakeVault;

/// <summary>A vault that an operator has set up for RootCustody: as the manifests say, with the secret id of each identity in a file.</summary>
public sealed class PreparedVault : IDisposable
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

    private readonly VaultOperator vault;
    private readonly Uri address;
    private readonly string directory;
    private readonly string prefix;
    private readonly FakeVaultServer? standIn; // null: a real server

    /// <param name="prefix">Before the usual name of each mount, policy and role.</param>
    /// <param name="directory">Where the files of the secret ids lie.</param>
    private PreparedVault(
        VaultOperator vault,
        Uri address,
        string prefix,
        string directory,
        FakeVaultServer? standIn
    ) =>
        (this.vault, this.address, this.prefix, this.directory, this.standIn) = (
            vault,
            address,
            prefix,
            directory,
            standIn
        );

    /// <summary>Whether it is no real server.</summary>
    public bool IsStandIn => standIn is not null;

    /// <summary>The stand-in.</summary>
    /// <exception cref="InvalidOperationException">It is a real server.</exception>
    public FakeVaultServer Server => standIn ?? throw new InvalidOperationException("A real server is no stand-in.");

    /// <summary>Somebody with the root token.</summary>
    public VaultOperator Operator => vault;

    public VaultSettings Passwords { get; } = VaultSettings.OfPasswords();
    public VaultSettings MfaCodes { get; } = VaultSettings.OfMfaCodes();
    public VaultSettings StepUp { get; } = VaultSettings.OfStepUp();
    public VaultSettings Checkpoints { get; } = VaultSettings.OfCheckpoints();

    public static async Task<PreparedVault> OnAsync(FakeVaultServer server, string directory)
    {
        var prepared = new PreparedVault(server.Operator(), server.Address, "", directory, server);
        await prepared.SetUpAsync();
        return prepared;
    }

    /// <summary>At a server that may have other work to do: everything has names of its own, and <see cref="RemoveAsync"/> takes it away.</summary>
    /// <param name="token">Of an administrator.</param>
    public static async Task<PreparedVault> AtAsync(Uri address, string token, string prefix, string directory)
    {
        var prepared = new PreparedVault(new VaultOperator(address, token), address, prefix, directory, null);
        try
        {
            await prepared.SetUpAsync();
            return prepared;
        }
        catch
        {
            await prepared.RemoveAsync();
            throw;
        }
    }

    /// <summary>Takes away what was set up.</summary>
    public async Task RemoveAsync()
    {
        foreach (var identity in VaultSetUp.Delivered.Identities)
        {
            await vault.DeleteAsync($"sys/auth/{prefix}{identity.AuthMount}");
            await vault.DeleteAsync($"sys/mounts/{prefix}{identity.Mount}");
            foreach (var policy in identity.AllPolicies)
                await vault.DeleteAsync($"sys/policies/acl/{prefix}{policy}");
        }
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
        var at = VaultSetUp.Delivered.Identities.ToDictionary(
            i => i.Mount,
            i => $"{prefix}{i.Mount}",
            StringComparer.Ordinal
        );
        foreach (var identity in VaultSetUp.Delivered.Identities)
        {
            await DoneAsync($"sys/mounts/{at[identity.Mount]}", JsonObject.Create(identity.Engine)!);
            if (identity.Entry is { } entry)
                await DoneAsync($"{at[identity.Mount]}/{entry.Path}", ObjectOf(entry.Fields));
            foreach (var policy in identity.AllPolicies)
                await LoadAsync($"{prefix}{policy}", VaultSetUp.Policy(policy, at));
            await DoneAsync($"sys/auth/{prefix}{identity.AuthMount}", new JsonObject { ["type"] = "approle" });
            var role = ObjectOf(VaultSetUp.Delivered.Terms);
            role["secret_id_ttl"] = 0; // clocks jump here, by years
            role["token_policies"] = string.Join(
                ',',
                identity.Policies.Concat(identity.Intake).Select(p => prefix + p)
            );
            await DoneAsync($"auth/{prefix}{identity.AuthMount}/role/{prefix}{identity.Role}", role);
        }
        foreach (var settings in (VaultSettings[])[Passwords, MfaCodes, StepUp, Checkpoints])
        {
            settings.Address = address.ToString();
            (settings.Mount, settings.AuthMount, settings.Role) = (
                prefix + settings.Mount,
                prefix + settings.AuthMount,
                prefix + settings.Role
            );
            var roleId = await vault.ReadAsync($"auth/{settings.AuthMount}/role/{settings.Role}/role-id");
            settings.RoleId = roleId.Data["role_id"]!.GetValue<string>();
            await DeliverAsync(settings);
        }
    }

    private async Task DoneAsync(string path, JsonObject body)
    {
        var seen = await vault.WriteAsync(path, body);
        if (seen.Status is not (HttpStatusCode.OK or HttpStatusCode.NoContent))
            throw new InvalidOperationException($"{path} was answered {(int)seen.Status}: {seen.Errors}");
    }

    private Task LoadAsync(string policy, string text) =>
        DoneAsync($"sys/policies/acl/{policy}", new JsonObject { ["policy"] = text });

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
