using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>Response wrapping of the fake, against what was measured on a real server.</summary>
public sealed class WrappingTests : IAsyncLifetime
{
    private const string NotValid = "wrapping token is not valid or does not exist";
    private const string SecretIdPath = "auth/approle/role/p/secret-id";
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        await scene.RoleAsync("p", []);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_wrapped_answer_shows_where_it_came_from_and_nothing_else()
    {
        var seen = await scene.Operator.WrappedAsync(HttpMethod.Post, SecretIdPath, "120s", []);

        Assert.Equal("", seen.Body!["request_id"]!.GetValue<string>());
        Assert.Null(seen.Body["data"]);
        var info = seen.Body["wrap_info"]!;
        Assert.Equal(120, info["ttl"]!.GetValue<int>());
        Assert.Equal(SecretIdPath, info["creation_path"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lookup_needs_no_token_tells_the_exact_path_and_uses_nothing_up()
    {
        var wrapping = await WrapAsync();

        foreach (var _ in (int[])[1, 2])
        {
            var seen = await LookUpAsync(wrapping);
            Assert.Equal(SecretIdPath, seen.Data["creation_path"]!.GetValue<string>());
            Assert.Equal(120, seen.Data["creation_ttl"]!.GetValue<int>());
        }
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.WriteAsync("sys/wrapping/lookup", token: wrapping));
        VaultScene.Is(HttpStatusCode.OK, await UnwrapAsync(wrapping));
    }

    [Fact]
    public async Task It_opens_once_and_whoever_comes_second_is_told_no_reason()
    {
        var wrapping = await WrapAsync();

        var first = await UnwrapAsync(wrapping);

        Assert.NotNull(first.Data["secret_id"]);
        Assert.NotEqual("", first.Body!["request_id"]!.GetValue<string>());
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync(wrapping));
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await LookUpAsync(wrapping));
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync("hvs.invented"));
    }

    [Fact]
    public async Task It_expires()
    {
        var wrapping = await WrapAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(120));

        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync(wrapping));
    }

    [Theory]
    [InlineData("auth/token/lookup-self", false)]
    [InlineData("auth/token/renew-self", true)]
    [InlineData("rc-password/data/a", false)]
    [InlineData("sys/capabilities-self", true)]
    public async Task Any_other_call_with_it_burns_it(string path, bool writes)
    {
        var wrapping = await WrapAsync();

        var foreign = writes
            ? await scene.Operator.WriteAsync(path, token: wrapping)
            : await scene.Operator.ReadAsync(path, wrapping);

        VaultScene.Is(HttpStatusCode.Forbidden, foreign);
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync(wrapping));
    }

    [Fact]
    public async Task In_header_and_body_together_it_is_destroyed_without_giving_what_is_inside()
    {
        var wrapping = await WrapAsync();

        var both = await scene.Operator.WriteAsync(
            "sys/wrapping/unwrap",
            new JsonObject { ["token"] = wrapping },
            wrapping
        );

        VaultScene.Refused(HttpStatusCode.InternalServerError, "error decrementing wrapping token's use-count", both);
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync(wrapping));
    }

    [Fact]
    public async Task Another_token_may_open_it_and_without_a_header_nobody()
    {
        var wrapping = await WrapAsync();
        var body = new JsonObject { ["token"] = wrapping };

        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "missing client token",
            await scene.Operator.WriteAsync("sys/wrapping/unwrap", body.DeepClone().AsObject(), "")
        );
        var opened = await scene.Operator.WriteAsync("sys/wrapping/unwrap", body, await scene.TokenAsync("default"));

        Assert.NotNull(opened.Data["secret_id"]);
    }

    [Fact]
    public async Task Wrapped_anew_the_old_one_is_dead_and_the_path_stays()
    {
        var old = await WrapAsync();

        var anew = await scene.Operator.WriteAsync("sys/wrapping/rewrap", new JsonObject { ["token"] = old });

        Assert.Equal(SecretIdPath, anew.Body!["wrap_info"]!["creation_path"]!.GetValue<string>());
        VaultScene.Refused(HttpStatusCode.BadRequest, NotValid, await UnwrapAsync(old));
        VaultScene.Is(HttpStatusCode.OK, await UnwrapAsync(anew.Wrapping));
    }

    [Fact]
    public async Task Whoever_read_it_and_wraps_it_again_is_seen_by_the_path()
    {
        var inside = (await UnwrapAsync(await WrapAsync())).Data.DeepClone().AsObject();

        var forged = await scene.Operator.WrappedAsync(HttpMethod.Post, "sys/wrapping/wrap", "120s", inside);

        Assert.Equal(
            "sys/wrapping/wrap",
            (await LookUpAsync(forged.Wrapping)).Data["creation_path"]!.GetValue<string>()
        );
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "endpoint requires response wrapping to be used",
            await scene.Operator.WriteAsync("sys/wrapping/wrap", new JsonObject { ["a"] = "b" })
        );
    }

    [Fact]
    public async Task A_failing_call_is_not_wrapped_and_an_odd_length_is_refused()
    {
        await scene.MountAsync("rc-password", "kv");
        var missing = await scene.Operator.WrappedAsync(HttpMethod.Get, "rc-password/data/none", "60");
        var odd = await scene.Operator.WrappedAsync(HttpMethod.Post, SecretIdPath, "soon", []);

        VaultScene.Is(HttpStatusCode.NotFound, missing);
        VaultScene.Is(HttpStatusCode.BadRequest, odd);
        Assert.StartsWith("error parsing X-Vault-Wrap-TTL header", odd.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrapped_login_names_the_accessor_inside_and_an_empty_answer_opens_as_204()
    {
        var role = (await scene.Operator.ReadAsync("auth/approle/role/p/role-id")).Data["role_id"]!;
        var login = new JsonObject { ["role_id"] = role.DeepClone(), ["secret_id"] = await scene.SecretIdAsync("p") };
        var wrapped = await scene.Operator.WrappedAsync(HttpMethod.Post, "auth/approle/login", "60", login, token: "");
        var empty = await scene.Operator.WrappedAsync(
            HttpMethod.Post,
            "sys/mounts/x",
            "60",
            new JsonObject { ["type"] = "totp" }
        );

        Assert.NotNull(wrapped.Body!["wrap_info"]!["wrapped_accessor"]);
        VaultScene.Is(HttpStatusCode.NoContent, await UnwrapAsync(empty.Wrapping));
        var token = (await UnwrapAsync(wrapped.Wrapping)).Token;
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("auth/token/lookup-self", token));
    }

    [Fact]
    public async Task The_audit_log_ties_the_opening_to_the_wrapping_and_shows_no_token_in_clear()
    {
        var wrapping = await WrapAsync();
        var secret = (await UnwrapAsync(wrapping)).Data["secret_id"]!.GetValue<string>();
        await UnwrapAsync(wrapping);

        var log = scene.Server.AuditLog;
        var hash = (
            await scene.Operator.WriteAsync("sys/audit-hash/file", new JsonObject { ["input"] = wrapping })
        ).Data["hash"]!.GetValue<string>();

        Assert.True(log.Count(l => l.Contains(hash, StringComparison.Ordinal)) >= 3);
        Assert.Contains(
            log,
            l => l.Contains(hash, StringComparison.Ordinal) && l.Contains(NotValid, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            log,
            l => l.Contains(wrapping, StringComparison.Ordinal) || l.Contains(secret, StringComparison.Ordinal)
        );
    }

    private async Task<string> WrapAsync() =>
        (await scene.Operator.WrappedAsync(HttpMethod.Post, SecretIdPath, "120s", [])).Wrapping;

    private Task<VaultSeen> LookUpAsync(string wrapping) =>
        scene.Operator.WriteAsync("sys/wrapping/lookup", new JsonObject { ["token"] = wrapping }, "");

    private Task<VaultSeen> UnwrapAsync(string wrapping) =>
        scene.Operator.SendAsync(HttpMethod.Post, "sys/wrapping/unwrap", token: wrapping);
}
