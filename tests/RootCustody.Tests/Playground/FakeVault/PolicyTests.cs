using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>Policies of the fake, against what was measured on a real server.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        await scene.MountAsync("rc-mfa", "totp");
        await scene.MountAsync("rc-password", "kv");
        await scene.Operator.WriteAsync("rc-mfa/keys/a", Key());
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_broad_deny_loses_against_a_narrow_allow_of_another_policy()
    {
        await scene.PolicyAsync("a", """path "rc-mfa/*" { capabilities = ["deny"] }""");
        await scene.PolicyAsync("b", """path "rc-mfa/code/*" { capabilities = ["read"] }""");
        var token = await scene.TokenAsync("a", "b");

        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-mfa/code/a", token));

        await scene.PolicyAsync(
            "a",
            """
            path "rc-mfa/*"      { capabilities = ["deny"] }
            path "rc-mfa/code/*" { capabilities = ["deny"] } # the very pattern of the other
            """
        );
        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("rc-mfa/code/a", token)); // at once
    }

    [Fact]
    public async Task The_same_pattern_in_two_policies_is_united()
    {
        await scene.PolicyAsync("a", """path "rc-mfa/keys/*" { capabilities = ["read"] }""");
        await scene.PolicyAsync("b", """path "rc-mfa/keys/*" { capabilities = ["update", "delete"] }""");

        var told = await CapabilitiesAsync(await scene.TokenAsync("a", "b"), "rc-mfa/keys/a");

        Assert.Equal(["delete", "read", "update"], told);
    }

    [Theory]
    [InlineData("x/a/b/c", "exact")]
    [InlineData("x/a/b/d", "segment")]
    [InlineData("x/a/e/d", "narrow")]
    [InlineData("x/f/e/d", "broad")]
    [InlineData("y", "nothing")]
    public async Task The_most_specific_pattern_counts(string path, string which)
    {
        await scene.PolicyAsync(
            "all",
            """
            path "x/*"       { capabilities = ["delete"] }
            path "x/a/*"     { capabilities = ["list"] }
            path "x/a/b/+"   { capabilities = ["read"] }
            path "x/a/b/c"   { capabilities = ["update"] }
            """
        );

        var told = await CapabilitiesAsync(await scene.TokenAsync("all"), path);

        string[] expected = which switch
        {
            "exact" => ["update"],
            "segment" => ["read"],
            "narrow" => ["list"],
            "broad" => ["delete"],
            _ => ["deny"],
        };
        Assert.Equal(expected, told);
    }

    [Fact]
    public async Task Denied_parameters_are_403_whatever_their_value()
    {
        await scene.PolicyAsync(
            "intake",
            """
            path "rc-mfa/keys/*" {
              capabilities      = ["update", "read", "delete"]
              denied_parameters = { "generate" = [], "url" = [] }
            }
            """
        );
        var token = await scene.TokenAsync("intake");
        Task<VaultSeen> PutAsync(string field, JsonNode value)
        {
            var body = Key();
            body[field] = value;
            return scene.Operator.WriteAsync("rc-mfa/keys/b", body, token);
        }

        VaultScene.Is(HttpStatusCode.NoContent, await PutAsync("digits", 6));
        VaultScene.Is(HttpStatusCode.Forbidden, await PutAsync("url", "otpauth://totp/a"));
        VaultScene.Is(HttpStatusCode.Forbidden, await PutAsync("generate", false));
    }

    [Fact]
    public async Task Wrapping_can_be_demanded_and_bounded()
    {
        await scene.PolicyAsync(
            "wrapped",
            """path "rc-mfa/code/*" { capabilities = ["read"] min_wrapping_ttl = "10s" max_wrapping_ttl = "1m" }"""
        );
        var token = await scene.TokenAsync("wrapped");

        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.ReadAsync("rc-mfa/code/a", token));
        foreach (
            var (ttl, status) in ((string, HttpStatusCode)[])
                [("5s", HttpStatusCode.Forbidden), ("30s", HttpStatusCode.OK), ("2m", HttpStatusCode.Forbidden)]
        )
            VaultScene.Is(
                status,
                await scene.Operator.WrappedAsync(HttpMethod.Get, "rc-mfa/code/a", ttl, token: token)
            );
    }

    [Fact]
    public async Task Create_is_for_what_is_new_and_update_for_what_is_there()
    {
        await scene.PolicyAsync("creator", """path "rc-password/data/*" { capabilities = ["create"] }""");
        var token = await scene.TokenAsync("creator");
        JsonObject Data() => new() { ["data"] = new JsonObject { ["a"] = "b" } };

        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.WriteAsync("rc-password/data/a", Data(), token));
        VaultScene.Is(HttpStatusCode.Forbidden, await scene.Operator.WriteAsync("rc-password/data/a", Data(), token));
    }

    [Fact]
    public async Task Capabilities_stand_in_data_and_beside_it_and_nothing_is_deny()
    {
        await scene.PolicyAsync("a", """path "rc-mfa/code/*" { capabilities = ["read"] }""");
        var token = await scene.TokenAsync("a");

        var told = await scene.Operator.WriteAsync(
            "sys/capabilities-self",
            new JsonObject { ["paths"] = new JsonArray("rc-mfa/code/x", "rc-password/data/x") },
            token
        );

        const string Expected = """{"rc-mfa/code/x":["read"],"rc-password/data/x":["deny"]}""";
        Assert.Equal(Expected, told.Data.ToJsonString());
        Assert.Equal("""["deny"]""", told.Body!["rc-password/data/x"]!.ToJsonString());
        Assert.Equal(["root"], await CapabilitiesAsync(scene.Server.RootToken, "rc-mfa/code/x"));
    }

    [Theory]
    [InlineData("""path "a" { capabilities = ["fly"] }""")]
    [InlineData("""path "a" { capabilities = ["read"] capabilities = ["list"] }""")]
    [InlineData("""path "a" { capabilities = ["read"] """)]
    [InlineData("""path "a" { speed = "high" }""")]
    [InlineData("""path a { capabilities = ["read"] }""")]
    [InlineData("""pfad "a" { capabilities = ["read"] }""")]
    public async Task A_text_that_is_no_policy_is_refused(string text)
    {
        var refused = await scene.Operator.WriteAsync("sys/policies/acl/a", new JsonObject { ["policy"] = text });

        VaultScene.Is(HttpStatusCode.BadRequest, refused);
        Assert.StartsWith("failed to parse policy", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_read_as_written_listed_and_deleted()
    {
        const string Text = "# nothing\n/* at all */\n";
        await scene.PolicyAsync("a", Text);

        Assert.Equal(Text, (await scene.Operator.ReadAsync("sys/policies/acl/a")).Data["policy"]!.GetValue<string>());
        Assert.Equal(
            """["a","default","root"]""",
            (await scene.Operator.ListAsync("sys/policies/acl")).Data["keys"]!.ToJsonString()
        );
        await scene.Operator.DeleteAsync("sys/policies/acl/a");
        VaultScene.Is(HttpStatusCode.NotFound, await scene.Operator.ReadAsync("sys/policies/acl/a"));
    }

    [Fact]
    public async Task Who_enables_auth_methods_needs_sudo()
    {
        await scene.PolicyAsync("a", """path "sys/auth/*" { capabilities = ["create", "update"] }""");
        await scene.PolicyAsync("b", """path "sys/auth/*" { capabilities = ["create", "update", "sudo"] }""");
        async Task<VaultSeen> EnableAsync(string policy) =>
            await scene.Operator.WriteAsync(
                "sys/auth/approle-x",
                new JsonObject { ["type"] = "approle" },
                await scene.TokenAsync(policy)
            );

        VaultScene.Is(HttpStatusCode.Forbidden, await EnableAsync("a"));
        VaultScene.Is(HttpStatusCode.NoContent, await EnableAsync("b"));
    }

    private static JsonObject Key() =>
        new()
        {
            ["key"] = "JBSWY3DPEHPK3PXP",
            ["issuer"] = "AWS",
            ["account_name"] = "root",
        };

    private async Task<string[]> CapabilitiesAsync(string token, string path)
    {
        var told = await scene.Operator.WriteAsync(
            "sys/capabilities-self",
            new JsonObject { ["paths"] = new JsonArray(path) },
            token
        );
        return [.. told.Data[path]!.AsArray().Select(c => c!.GetValue<string>())];
    }
}
