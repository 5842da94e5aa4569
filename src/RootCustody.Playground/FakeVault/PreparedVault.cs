using System.Text.Json.Nodes;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Playground.FakeVault;

/// <summary>A vault that an operator has set up for RootCustody: three mounts, and for each an identity that is denied the two others, with its secret id in a file.</summary>
/// <param name="directory">Where the files of the secret ids lie.</param>
public sealed class PreparedVault(FakeVaultServer server, string directory) : IDisposable
{
    public const string PasswordRole = "rc-password-courier";
    public const string MfaRole = "rc-mfa-courier";
    public const string StepUpRole = "rc-stepup";

    private const string Own = """
        path "auth/token/lookup-self"  { capabilities = ["read"] }
        path "auth/token/renew-self"   { capabilities = ["update"] }
        path "auth/token/revoke-self"  { capabilities = ["update"] }
        path "sys/capabilities-self"   { capabilities = ["update"] }
        """;

    private const string NoPasswords = """
        path "rc-password/*"           { capabilities = ["deny"] }
        path "rc-password/data/*"      { capabilities = ["deny"] }
        path "rc-password/subkeys/*"   { capabilities = ["deny"] }
        path "rc-password/metadata/*"  { capabilities = ["deny"] }
        path "rc-password/undelete/*"  { capabilities = ["deny"] }
        path "rc-password/destroy/*"   { capabilities = ["deny"] }
        """;

    private const string NoCodes = """
        path "rc-mfa/*"                { capabilities = ["deny"] }
        path "rc-mfa/code/*"           { capabilities = ["deny"] }
        path "rc-mfa/keys/*"           { capabilities = ["deny"] }
        """;

    private const string NoStepUp = """
        path "rc-stepup/*"             { capabilities = ["deny"] }
        path "rc-stepup/code/*"        { capabilities = ["deny"] }
        path "rc-stepup/keys/*"        { capabilities = ["deny"] }
        """;

    private static readonly (string Role, string Policy)[] Roles =
    [
        (
            PasswordRole,
            """
            path "rc-password/data/*"      { capabilities = ["create", "update", "read"] }
            path "rc-password/destroy/*"   { capabilities = ["update"] }
            path "rc-password/metadata/*"  { capabilities = ["read", "list"] }
            """ + $"\n{NoCodes}\n{NoStepUp}"
        ),
        (
            MfaRole,
            """
            path "rc-mfa/code/*"           { capabilities = ["read"] }
            path "rc-mfa/keys/*" {
              capabilities      = ["update", "read", "list"]
              denied_parameters = { "generate" = [], "url" = [] }
            }
            """ + $"\n{NoPasswords}\n{NoStepUp}"
        ),
        (
            StepUpRole,
            """
            path "rc-stepup/code/*"        { capabilities = ["update"] }
            path "rc-stepup/keys/*"        { capabilities = ["update", "read", "list", "delete"] }
            """ + $"\n{NoPasswords}\n{NoCodes}"
        ),
    ];

    private readonly VaultOperator vault = server.Operator();

    public FakeVaultServer Server => server;

    /// <summary>Somebody with the root token.</summary>
    public VaultOperator Operator => vault;

    public VaultSettings Passwords { get; } = VaultSettings.OfPasswords();
    public VaultSettings MfaCodes { get; } = VaultSettings.OfMfaCodes();
    public VaultSettings StepUp { get; } = VaultSettings.OfStepUp();

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

    /// <summary>Delivers a new secret id in its file.</summary>
    /// <param name="terms">Such as <c>num_uses</c>.</param>
    public async Task<string> DeliverAsync(VaultSettings to, JsonObject? terms = null)
    {
        var made = await vault.WriteAsync($"auth/approle/role/{to.Role}/secret-id", terms ?? []);
        var secretId = made.Data["secret_id"]!.GetValue<string>();
        to.SecretIdFile = Path.Combine(directory, $"{to.Role}.secret-id");
        to.WrappedSecretIdFile = "";
        await File.WriteAllTextAsync(to.SecretIdFile, secretId + "\n");
        return secretId;
    }

    /// <summary>Delivers a new secret id of one use as its wrapping token in a file.</summary>
    /// <param name="forRole">The role that it is made for, if not the right one.</param>
    /// <returns>The wrapping token.</returns>
    public async Task<string> DeliverWrappedAsync(VaultSettings to, string? forRole = null)
    {
        var made = await vault.WrappedAsync(
            HttpMethod.Post,
            $"auth/approle/role/{forRole ?? to.Role}/secret-id",
            "120s",
            new JsonObject { ["num_uses"] = 1 }
        );
        to.SecretIdFile = "";
        to.WrappedSecretIdFile = Path.Combine(directory, $"{to.Role}.wrapped");
        await File.WriteAllTextAsync(to.WrappedSecretIdFile, made.Wrapping);
        return made.Wrapping;
    }

    /// <summary>Gives a role another policy instead of its own.</summary>
    public Task RuleAsync(string role, string policy) =>
        vault.WriteAsync($"sys/policies/acl/{role}", new JsonObject { ["policy"] = $"{policy}\n{Own}" });

    /// <summary>The policy of a role as it is set up.</summary>
    public static string PolicyOf(string role) => Roles.Single(r => r.Role == role).Policy;

    public void Dispose() => vault.Dispose();

    private async Task SetUpAsync()
    {
        var kv = new JsonObject
        {
            ["type"] = "kv",
            ["options"] = new JsonObject { ["version"] = "2" },
        };
        await vault.WriteAsync("sys/mounts/rc-password", kv);
        await vault.WriteAsync("sys/mounts/rc-mfa", new JsonObject { ["type"] = "totp" });
        await vault.WriteAsync("sys/mounts/rc-stepup", new JsonObject { ["type"] = "totp" });
        await vault.WriteAsync(
            "rc-password/config",
            new JsonObject { ["max_versions"] = 100, ["cas_required"] = true }
        );
        await vault.WriteAsync("sys/auth/approle", new JsonObject { ["type"] = "approle" });
        foreach (var (role, policy) in Roles)
        {
            await RuleAsync(role, policy);
            await vault.WriteAsync(
                $"auth/approle/role/{role}",
                new JsonObject
                {
                    ["token_policies"] = role,
                    ["token_no_default_policy"] = true,
                    ["token_ttl"] = "20m",
                    ["token_max_ttl"] = "24h",
                }
            );
        }
        foreach (var settings in (VaultSettings[])[Passwords, MfaCodes, StepUp])
        {
            settings.Address = server.Address.ToString();
            var roleId = await vault.ReadAsync($"auth/approle/role/{settings.Role}/role-id");
            settings.RoleId = roleId.Data["role_id"]!.GetValue<string>();
            await DeliverAsync(settings);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Of(string section, VaultSettings settings) =>
        [
            new($"{section}:Address", settings.Address),
            new($"{section}:RoleId", settings.RoleId),
            new($"{section}:SecretIdFile", settings.SecretIdFile),
            new($"{section}:WrappedSecretIdFile", settings.WrappedSecretIdFile),
        ];
}
