using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Playground.FakeVault;
using RootCustody.Tests.Couriers.Vault.Http;
using RootCustody.Tests.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Manifests;

/// <summary>What an operator is told to set up still, at a vault in every state that it may be in.</summary>
public sealed class VaultPlanTests : IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync();

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    [Fact]
    public async Task An_empty_vault_lacks_everything_and_stays_empty()
    {
        await using var scene = await VaultScene.SetAsync();

        var found = await LookAsync(scene.Server, scene.Server.RootToken, s => s.RoleId = "");

        Assert.All(found, f => Assert.Equal(VaultStanding.Missing, f.Standing));
        Assert.Contains("sys/mounts/rc-password", found.Select(f => f.What), StringComparer.Ordinal);
        Assert.Contains(
            "auth/approle-rc-audit/role/rc-audit-signer",
            found.Select(f => f.What),
            StringComparer.Ordinal
        );
        Assert.All(scene.Server.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task A_vault_that_is_set_up_lacks_its_audit_device_only_and_then_nothing()
    {
        var token = vaults.Server.RootToken;
        await RoleAsync("rc-password", new JsonObject { ["secret_id_ttl"] = 7776000 });
        await RoleAsync("rc-mfa", new JsonObject { ["secret_id_ttl"] = 7776000 });
        await RoleAsync("rc-stepup", new JsonObject { ["secret_id_ttl"] = 7776000 });
        await RoleAsync("rc-audit", new JsonObject { ["secret_id_ttl"] = 7776000 });

        var before = await NotRightAsync(token);
        await vaults.Prepared.Operator.WriteAsync("sys/audit/file", new JsonObject { ["type"] = "file" });

        Assert.Equal(["Missing audit device"], before);
        Assert.Empty(await NotRightAsync(token));
    }

    [Theory]
    [InlineData("mount", "Differs sys/mounts/rc-mfa")]
    [InlineData("policy", "Differs policy rc-mfa-courier")]
    [InlineData("config", "Differs rc-password/config")]
    [InlineData("terms", "Differs auth/approle-rc-stepup/role/rc-stepup")]
    [InlineData("wide", "Differs auth/approle-rc-mfa/role/rc-mfa-courier")]
    [InlineData("narrow", "Differs auth/approle-rc-audit/role/rc-audit-signer")]
    [InlineData("roleid", "Differs RoleId in the settings of PasswordVault")]
    [InlineData("glass", "Missing policy rc-break-glass-mfa")]
    public async Task What_differs_is_named(string what, string expected)
    {
        var token = vaults.Server.RootToken;
        var before = await NotRightAsync(token);
        var operators = vaults.Prepared.Operator;
        switch (what)
        {
            case "mount":
                await operators.DeleteAsync("sys/mounts/rc-mfa");
                await operators.WriteAsync("sys/mounts/rc-mfa", new JsonObject { ["type"] = "transit" });
                break;
            case "policy":
                await operators.WriteAsync(
                    "sys/policies/acl/rc-mfa-courier",
                    new JsonObject { ["policy"] = "path \"rc-*\" { capabilities = [\"read\"] }" }
                );
                break;
            case "config":
                await operators.WriteAsync("rc-password/config", new JsonObject { ["cas_required"] = false });
                break;
            case "terms":
                await RoleAsync("rc-stepup", new JsonObject { ["secret_id_ttl"] = 7776000, ["token_ttl"] = 99 });
                break;
            case "wide":
                await RoleAsync("rc-mfa", new JsonObject { ["token_policies"] = "rc-mfa-courier,other" });
                break;
            case "narrow":
                await RoleAsync("rc-audit", new JsonObject { ["token_policies"] = "other" });
                break;
            case "roleid":
                vaults.Prepared.Passwords.RoleId = "another";
                break;
            default:
                await operators.DeleteAsync("sys/policies/acl/rc-break-glass-mfa");
                break;
        }

        var after = await NotRightAsync(token);

        Assert.Contains(expected, after);
        Assert.Empty(after.Except([.. before, expected], StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_role_without_intake_is_right_too()
    {
        var token = vaults.Server.RootToken;
        await RoleAsync(
            "rc-mfa",
            new JsonObject { ["token_policies"] = "rc-mfa-courier", ["secret_id_ttl"] = 7776000 }
        );

        Assert.DoesNotContain("Differs auth/approle-rc-mfa/role/rc-mfa-courier", await NotRightAsync(token));
    }

    [Fact]
    public async Task Mounts_under_other_names_are_looked_for_and_named_in_the_policies()
    {
        await using var scene = await VaultScene.SetAsync();
        await scene.MountAsync("team-mfa", "totp");
        await scene.PolicyAsync(
            "rc-password-courier",
            Manifest
                .Read("vault/policies/rc-password-courier.hcl")
                .Replace("rc-mfa/", "team-mfa/", StringComparison.Ordinal)
        );

        var found = await LookAsync(
            scene.Server,
            scene.Server.RootToken,
            s => s.Mount = s.Mount == "rc-mfa" ? "team-mfa" : s.Mount
        );

        Assert.Equal(VaultStanding.Right, found.Single(f => f.What == "sys/mounts/team-mfa").Standing);
        Assert.Equal(VaultStanding.Right, found.Single(f => f.What == "policy rc-password-courier").Standing);
    }

    [Fact]
    public async Task What_a_token_may_not_see_is_not_taken_for_right_and_a_wrong_one_is_told()
    {
        await vaults.Prepared.Operator.WriteAsync(
            "sys/policies/acl/blind",
            new JsonObject { ["policy"] = "path \"auth/token/lookup-self\" { capabilities = [\"read\"] }" }
        );
        var blind = await vaults.Prepared.Operator.WriteAsync(
            "auth/token/create",
            new JsonObject { ["policies"] = new JsonArray("blind"), ["no_default_policy"] = true }
        );

        var found = await LookAsync(vaults.Server, blind.Token, _ => { });
        var refused = await HttpVaults.RefusedAsync(() => LookAsync(vaults.Server, "hvs.wrong", _ => { }));
        vaults.Server.State = VaultState.Sealed;
        var shut = await HttpVaults.RefusedAsync(() => LookAsync(vaults.Server, blind.Token, _ => { }));

        Assert.All(found, f => Assert.Equal(VaultStanding.Hidden, f.Standing));
        Assert.Equal((VaultFailure.Denied, VaultFailure.Sealed), (refused.Failure, shut.Failure));
    }

    private Task<VaultSeen> RoleAsync(string mount, JsonObject fields)
    {
        var identity = VaultSetUp.Delivered.Identities.Single(i => i.Mount == mount);
        return vaults.Prepared.Operator.WriteAsync($"auth/{identity.AuthMount}/role/{identity.Role}", fields);
    }

    private async Task<IReadOnlyList<string>> NotRightAsync(string token) =>
        [
            .. (await LookAsync(vaults.Server, token, _ => { }))
                .Where(f => f.Standing != VaultStanding.Right)
                .Select(f => $"{f.Standing} {f.What}"),
        ];

    private async Task<IReadOnlyList<VaultFinding>> LookAsync(
        FakeVaultServer server,
        string token,
        Action<VaultSettings> change
    )
    {
        var settings = new Dictionary<string, VaultSettings>(StringComparer.Ordinal)
        {
            ["PasswordVault"] = vaults.Prepared.Passwords,
            ["MfaVault"] = vaults.Prepared.MfaCodes,
            ["StepUpVault"] = vaults.Prepared.StepUp,
            ["AuditVault"] = vaults.Prepared.Checkpoints,
        };
        foreach (var own in settings.Values)
        {
            own.Address = server.Address.ToString();
            change(own);
        }
        using var random = RandomNumberGenerator.Create();
        using var transport = new VaultTransport(settings["StepUpVault"], vaults.Clock, random);
        using var secret = Secret.OfText(token);
        var at = VaultSetUp.Delivered.Identities.ToDictionary(
            i => i.Mount,
            i => settings[i.Section].Mount,
            StringComparer.Ordinal
        );
        var plan = new VaultPlan(transport, secret, at);
        await plan.BeginAsync(Cancel);
        var found = new List<VaultFinding> { await plan.LookAtAuditAsync(Cancel) };
        foreach (var identity in VaultSetUp.Delivered.Identities)
            found.AddRange(await plan.LookAsync(identity, settings[identity.Section], Cancel));
        return found;
    }
}
