using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>AppRole and the life of tokens of the fake, against what was measured on a real server.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Denied = "permission denied";
    private const string DeniedAsList = "1 error occurred:\n\t* permission denied\n\n";
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await VaultScene.SetAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_login_gives_a_token_with_the_policies_of_the_role_and_the_metadata_of_the_secret_id()
    {
        var role = await scene.RoleAsync("p", Role());
        var secret = await scene.SecretIdAsync("p", new JsonObject { ["metadata"] = """{"node":"n1"}""" });

        var auth = (await scene.LogInAsync(role, secret)).Body!["auth"]!;

        Assert.StartsWith("hvs.", auth["client_token"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("""["default","rc-password"]""", auth["policies"]!.ToJsonString());
        Assert.Equal("""{"role_name":"p","node":"n1"}""", auth["metadata"]!.ToJsonString());
        Assert.Equal(1200, auth["lease_duration"]!.GetValue<int>());
        Assert.True(auth["renewable"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_one_use_secret_id_is_used_up_by_the_first_login_and_the_second_is_400()
    {
        var role = await scene.RoleAsync("p", Role());
        var secret = await scene.SecretIdAsync("p", new JsonObject { ["num_uses"] = 1 });

        VaultScene.Is(HttpStatusCode.OK, await scene.LogInAsync(role, secret));
        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid secret id", await scene.LogInAsync(role, secret));
    }

    [Fact]
    public async Task A_login_whose_answer_was_lost_has_used_the_secret_id_all_the_same()
    {
        var role = await scene.RoleAsync("p", Role());
        var secret = await scene.SecretIdAsync("p", new JsonObject { ["num_uses"] = 1 });
        scene.Server.Faults.Next("auth/approle/login", VaultFault.DropsAfter);

        await Assert.ThrowsAsync<HttpRequestException>(() => scene.LogInAsync(role, secret));

        VaultScene.Is(HttpStatusCode.BadRequest, await scene.LogInAsync(role, secret));
    }

    [Fact]
    public async Task A_wrong_expired_or_destroyed_id_is_400_and_a_missing_one_is_named()
    {
        var role = await scene.RoleAsync("p", Role());
        var secret = await scene.SecretIdAsync("p", new JsonObject { ["ttl"] = "10m" });
        var destroyed = await scene.SecretIdAsync("p");
        await scene.Operator.WriteAsync(
            "auth/approle/role/p/secret-id/destroy",
            new JsonObject { ["secret_id"] = destroyed }
        );
        scene.Clock.Advance(TimeSpan.FromMinutes(10));

        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid role ID", await scene.LogInAsync("x", secret));
        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid secret id", await scene.LogInAsync(role, "x"));
        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid secret id", await scene.LogInAsync(role, secret));
        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid secret id", await scene.LogInAsync(role, destroyed));
        VaultScene.Refused(HttpStatusCode.BadRequest, "missing role_id", await scene.LogInAsync("", secret));
        VaultScene.Refused(HttpStatusCode.BadRequest, "missing secret_id", await scene.LogInAsync(role, ""));
    }

    [Fact]
    public async Task A_secret_id_may_not_ask_for_more_than_the_role_gives()
    {
        var terms = Role();
        terms["secret_id_num_uses"] = 2;
        terms["secret_id_ttl"] = "10m";
        await scene.RoleAsync("p", terms);

        foreach (
            var more in (JsonObject[])[new() { ["num_uses"] = 3 }, new() { ["num_uses"] = 0 }, new() { ["ttl"] = "1h" }]
        )
            VaultScene.Is(
                HttpStatusCode.BadRequest,
                await scene.Operator.WriteAsync("auth/approle/role/p/secret-id", more)
            );
    }

    [Fact]
    public async Task A_login_from_elsewhere_is_400_and_a_token_from_elsewhere_403()
    {
        var bound = Role();
        bound["secret_id_bound_cidrs"] = "10.0.0.0/8";
        var role = await scene.RoleAsync("p", bound);
        var refused = await scene.LogInAsync(role, await scene.SecretIdAsync("p"));
        Assert.Contains("unauthorized by CIDR restrictions", refused.Errors, StringComparison.Ordinal);
        var tokenBound = Role();
        tokenBound["token_bound_cidrs"] = "10.0.0.0/8";
        var other = await scene.RoleAsync("q", tokenBound);

        var token = (await scene.LogInAsync(other, await scene.SecretIdAsync("q"))).Token;

        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
    }

    [Fact]
    public async Task An_expired_a_revoked_an_unknown_and_no_token_are_403_as_one_that_may_not()
    {
        var role = await scene.RoleAsync("p", Role());
        var expired = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;
        scene.Clock.Advance(TimeSpan.FromMinutes(20));
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;
        var revoked = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;
        VaultScene.Is(
            HttpStatusCode.NoContent,
            await scene.Operator.WriteAsync("auth/token/revoke-self", token: revoked)
        );

        foreach (var bad in (string[])[expired, revoked, "hvs.unknown", ""])
            VaultScene.Refused(HttpStatusCode.Forbidden, Denied, await scene.Operator.ReadAsync("rc/data/a", bad));
        VaultScene.Refused(HttpStatusCode.Forbidden, DeniedAsList, await scene.Operator.ReadAsync("rc/data/a", token));
    }

    [Fact]
    public async Task A_renewal_counts_from_now_and_one_without_a_length_may_shorten()
    {
        var role = await scene.RoleAsync("p", Role());
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;

        Assert.Equal(1800, await RenewAsync(token, "30m"));
        Assert.Equal(1200, await RenewAsync(token, null));
    }

    [Fact]
    public async Task A_renewal_does_not_outlive_the_longest_life_and_says_so()
    {
        var role = await scene.RoleAsync("p", Role());
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        var renewed = await scene.Operator.WriteAsync(
            "auth/token/renew-self",
            new JsonObject { ["increment"] = "5h" },
            token
        );

        Assert.Equal(3599, renewed.Body!["auth"]!["lease_duration"]!.GetValue<int>());
        Assert.Contains(
            "exceeded the effective max_ttl",
            renewed.Body["warnings"]![0]!.ToString(),
            StringComparison.Ordinal
        );
        for (var half = 0; half < 6; half++)
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(9));
            await scene.Operator.WriteAsync("auth/token/renew-self", token: token);
        }
        scene.Clock.Advance(TimeSpan.FromMinutes(6));
        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
    }

    [Fact]
    public async Task A_periodic_token_renews_for_ever()
    {
        var terms = Role();
        terms["token_period"] = "10m";
        var role = await scene.RoleAsync("p", terms);
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;

        for (var times = 0; times < 20; times++)
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(9));
            Assert.Equal(600, await RenewAsync(token, null));
        }
    }

    [Fact]
    public async Task A_renewal_after_the_role_is_gone_is_500_and_a_batch_token_cannot_be_renewed()
    {
        var role = await scene.RoleAsync("p", Role());
        var batch = Role();
        batch["token_type"] = "batch";
        var batchRole = await scene.RoleAsync("b", batch);
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;
        var batchToken = (await scene.LogInAsync(batchRole, await scene.SecretIdAsync("b"))).Token;
        await scene.Operator.DeleteAsync("auth/approle/role/p");

        VaultScene.Refused(
            HttpStatusCode.InternalServerError,
            "failed to renew entry: role \"p\" does not exist during renewal",
            await scene.Operator.WriteAsync("auth/token/renew-self", token: token)
        );
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "batch tokens cannot be renewed",
            await scene.Operator.WriteAsync("auth/token/renew-self", token: batchToken)
        );
    }

    [Fact]
    public async Task Without_the_default_policy_a_token_may_not_even_look_itself_up()
    {
        var terms = Role();
        terms["token_no_default_policy"] = true;
        var role = await scene.RoleAsync("p", terms);
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;

        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.WriteAsync("auth/token/renew-self", token: token));
        VaultScene.Is(
            HttpStatusCode.Forbidden,
            await scene.Operator.WriteAsync("auth/token/revoke-self", token: token)
        );
    }

    [Fact]
    public async Task The_identity_system_may_add_policies_to_a_login()
    {
        var role = await scene.RoleAsync("p", Role());
        scene.Server.AddIdentityPolicies("auth/approle/", "p", "rc-mfa");

        var login = await scene.LogInAsync(role, await scene.SecretIdAsync("p"));

        Assert.Equal("""["default","rc-mfa","rc-password"]""", login.Body!["auth"]!["policies"]!.ToJsonString());
        var self = await scene.Operator.ReadAsync("auth/token/lookup-self", login.Token);
        Assert.Equal("""["default","rc-password"]""", self.Data["policies"]!.ToJsonString());
        Assert.Equal("""["rc-mfa"]""", self.Data["identity_policies"]!.ToJsonString());
    }

    [Fact]
    public async Task Destroying_a_secret_id_leaves_its_tokens_and_their_accessor_ends_them()
    {
        var role = await scene.RoleAsync("p", Role());
        var secret = await scene.SecretIdAsync("p");
        var login = await scene.LogInAsync(role, secret);
        await scene.Operator.WriteAsync(
            "auth/approle/role/p/secret-id/destroy",
            new JsonObject { ["secret_id"] = secret }
        );
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("auth/token/lookup-self", login.Token));

        await scene.Operator.WriteAsync(
            "auth/token/revoke-accessor",
            new JsonObject { ["accessor"] = login.Body!["auth"]!["accessor"]!.DeepClone() }
        );

        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("auth/token/lookup-self", login.Token));
    }

    [Fact]
    public async Task A_token_with_a_number_of_uses_ends_with_the_last()
    {
        var terms = Role();
        terms["token_num_uses"] = 2;
        var role = await scene.RoleAsync("p", terms);
        var token = (await scene.LogInAsync(role, await scene.SecretIdAsync("p"))).Token;

        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
    }

    [Fact]
    public async Task Lengths_of_a_role_come_back_as_seconds()
    {
        await scene.RoleAsync("p", Role());

        var role = (await scene.Operator.ReadAsync("auth/approle/role/p")).Data;

        Assert.Equal(1200, role["token_ttl"]!.GetValue<int>());
        Assert.Equal(3600, role["token_max_ttl"]!.GetValue<int>());
        Assert.True(role["bind_secret_id"]!.GetValue<bool>());
    }

    private static JsonObject Role() =>
        new()
        {
            ["token_policies"] = "rc-password",
            ["token_ttl"] = "20m",
            ["token_max_ttl"] = "1h",
        };

    private async Task<int> RenewAsync(string token, string? increment)
    {
        var body = increment is null ? [] : new JsonObject { ["increment"] = increment };
        var renewed = await scene.Operator.WriteAsync("auth/token/renew-self", body, token);
        VaultScene.Is(HttpStatusCode.OK, renewed);
        return renewed.Body!["auth"]!["lease_duration"]!.GetValue<int>();
    }
}
