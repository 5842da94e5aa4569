using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>The states and faults of the fake.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        await scene.MountAsync("rc-password", "kv");
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(VaultState.Active, 200, true, false, false)]
    [InlineData(VaultState.Standby, 429, true, false, true)]
    [InlineData(VaultState.Sealed, 503, true, true, true)]
    [InlineData(VaultState.NotInitialised, 501, false, true, true)]
    public async Task Health_has_a_status_for_each_state(
        VaultState state,
        int status,
        bool initialised,
        bool isSealed,
        bool standby
    )
    {
        scene.Server.State = state;

        var health = await scene.Operator.SendAsync(HttpMethod.Get, "sys/health", token: "");

        VaultScene.Is((HttpStatusCode)status, health);
        Assert.Equal(initialised, health.Body!["initialized"]!.GetValue<bool>());
        Assert.Equal(isSealed, health.Body["sealed"]!.GetValue<bool>());
        Assert.Equal(standby, health.Body["standby"]!.GetValue<bool>());
        Assert.Equal(Stage.Noon.ToUnixTimeSeconds(), health.Body["server_time_utc"]!.GetValue<long>());
        Assert.Equal(isSealed, health.Body["cluster_name"] is null);
        var other = await scene.Operator.ReadAsync("sys/health?standbyok=true&sealedcode=299", "");
        Assert.Equal(state is VaultState.NotInitialised, (int)other.Status >= 300);
    }

    [Fact]
    public async Task Sealed_it_answers_503_but_for_its_seal_status()
    {
        scene.Server.State = VaultState.Sealed;

        VaultScene.Refused(HttpStatusCode.ServiceUnavailable, "Vault is sealed", await WriteAsync());
        var status = await scene.Operator.ReadAsync("sys/seal-status", "");
        VaultScene.Is(HttpStatusCode.OK, status);
        Assert.True(status.Body!["sealed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_standby_sends_its_callers_to_an_address_where_nobody_is()
    {
        scene.Server.State = VaultState.Standby;

        var answer = await scene.Operator.ReadAsync("rc-password/data/a?version=2");

        VaultScene.Is(HttpStatusCode.TemporaryRedirect, answer);
        Assert.Equal("http://127.0.0.1:1/v1/rc-password/data/a?version=2", answer.Headers["Location"]);
    }

    [Fact]
    public async Task With_a_broken_audit_device_a_write_is_answered_500_and_was_done()
    {
        scene.Server.AuditBroken = true;
        VaultScene.Refused(HttpStatusCode.InternalServerError, "internal error", await WriteAsync());

        scene.Server.AuditBroken = false;

        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-password/data/a"));
    }

    [Theory]
    [InlineData(VaultFault.NoLeader, 500, false)]
    [InlineData(VaultFault.AuditFails, 500, true)]
    [InlineData(VaultFault.NotYet, 412, false)]
    [InlineData(VaultFault.Throttled, 429, false)]
    [InlineData(VaultFault.ThrottledSilently, 429, false)]
    [InlineData(VaultFault.BadGateway, 502, false)]
    [InlineData(VaultFault.ProxyFails, 503, false)]
    public async Task A_fault_meets_its_call_once(VaultFault fault, int status, bool done)
    {
        scene.Server.Faults.Next("rc-password/data", fault, method: HttpMethod.Post);

        var answer = await WriteAsync();

        VaultScene.Is((HttpStatusCode)status, answer);
        Assert.Equal(fault == VaultFault.Throttled, answer.Headers.ContainsKey("Retry-After"));
        Assert.Equal(fault == VaultFault.ProxyFails, answer.Body is null);
        await IsDoneAsync(done);
        VaultScene.Is(done ? HttpStatusCode.BadRequest : HttpStatusCode.OK, await WriteAsync());
    }

    [Theory]
    [InlineData(VaultFault.DropsBefore, false)]
    [InlineData(VaultFault.DropsAfter, true)]
    public async Task A_cut_connection_is_cut_before_or_after_the_work(VaultFault fault, bool done)
    {
        scene.Server.Faults.Next("", fault);

        await Assert.ThrowsAsync<HttpRequestException>(WriteAsync);

        await IsDoneAsync(done);
    }

    [Fact]
    public async Task A_slow_answer_comes_when_it_is_let_go_and_the_work_was_done_before()
    {
        scene.Server.Faults.Next("rc-password/data", VaultFault.HangsAfter, method: HttpMethod.Post);

        var slow = WriteAsync();
        await Eventually.TrueAsync(async () =>
            (await scene.Operator.ReadAsync("rc-password/data/a")).Status == HttpStatusCode.OK
        );

        Assert.False(slow.IsCompleted);
        scene.Server.Faults.Release();
        VaultScene.Is(HttpStatusCode.OK, await slow);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_a_quota_it_is_429_with_the_time_to_wait_only_where_that_is_switched_on(bool tells)
    {
        await scene.Operator.WriteAsync(
            "sys/quotas/config",
            new JsonObject { ["enable_rate_limit_response_headers"] = tells }
        );
        await scene.Operator.WriteAsync(
            "sys/quotas/rate-limit/rc",
            new JsonObject
            {
                ["path"] = "rc-password/",
                ["rate"] = 1,
                ["interval"] = "10s",
            }
        );
        VaultScene.Is(HttpStatusCode.OK, await WriteAsync());
        scene.Clock.Advance(TimeSpan.FromSeconds(6));

        var over = await scene.Operator.ReadAsync("rc-password/data/a");

        VaultScene.Refused(
            HttpStatusCode.TooManyRequests,
            "request path \"rc-password/data/a\": rate limit quota exceeded",
            over
        );
        Assert.Equal(tells ? "4" : null, over.Headers.GetValueOrDefault("Retry-After"));
        scene.Clock.Advance(TimeSpan.FromSeconds(4));
        VaultScene.Is(HttpStatusCode.OK, await scene.Operator.ReadAsync("rc-password/data/a"));
    }

    [Fact]
    public async Task A_call_with_a_bearer_token_is_the_same_and_the_date_is_the_servers_clock()
    {
        var seen = await scene.Operator.SendAsync(
            HttpMethod.Get,
            "auth/token/lookup-self",
            token: "",
            headers: [new("Authorization", $"Bearer {scene.Server.RootToken}")]
        );

        VaultScene.Is(HttpStatusCode.OK, seen);
        Assert.Equal(
            Stage.Noon,
            DateTimeOffset.Parse(seen.Headers["Date"], System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task Every_call_is_recorded_whole()
    {
        await scene.Operator.SendAsync(
            HttpMethod.Post,
            "rc-password/data/a?list=no",
            new JsonObject { ["data"] = new JsonObject { ["password"] = "marked" } },
            "hvs.mark",
            [new("X-Vault-Request", "true")]
        );

        var recorded = scene.Server.Requests[^1];

        Assert.Equal("/v1/rc-password/data/a?list=no", recorded.Path);
        Assert.Equal("hvs.mark", recorded.Headers["X-Vault-Token"]);
        Assert.Equal("true", recorded.Headers["x-vault-request"]);
        Assert.Contains("marked", recorded.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_namespaces_ignores_the_header()
    {
        var seen = await InNamespaceAsync(scene, HttpMethod.Get, "auth/token/lookup-self");

        VaultScene.Is(HttpStatusCode.OK, seen);
    }

    [Fact]
    public async Task In_openbao_a_namespace_has_mounts_and_policies_of_its_own()
    {
        await using var bao = await VaultScene.SetAsync(VaultKind.OpenBao);
        await bao.Operator.WriteAsync("sys/namespaces/custody");
        await InNamespaceAsync(bao, HttpMethod.Post, "sys/mounts/rc-mfa", new JsonObject { ["type"] = "totp" });
        await InNamespaceAsync(
            bao,
            HttpMethod.Post,
            "sys/policies/acl/reader",
            new JsonObject { ["policy"] = """path "rc-mfa/keys/*" { capabilities = ["read"] }""" }
        );
        var token = (
            await InNamespaceAsync(
                bao,
                HttpMethod.Post,
                "auth/token/create",
                new JsonObject { ["policies"] = new JsonArray("reader") }
            )
        ).Token;

        VaultScene.Is(
            HttpStatusCode.NotFound,
            await InNamespaceAsync(bao, HttpMethod.Get, "rc-mfa/keys/a", null, token)
        );
        VaultScene.Is(HttpStatusCode.NotFound, await bao.Operator.ReadAsync("custody/rc-mfa/keys/a", token)); // the same
        VaultScene.Is(HttpStatusCode.Forbidden, await bao.Operator.ReadAsync("rc-mfa/keys/a", token)); // another
        VaultScene.Is(HttpStatusCode.BadRequest, await InNamespaceAsync(bao, HttpMethod.Get, "sys/health"));
    }

    [Fact]
    public async Task A_patch_with_the_wrong_media_type_is_415_and_an_unknown_method_405()
    {
        using var http = new HttpClient();
        async Task<HttpStatusCode> SendAsync(string method)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(method),
                new Uri(scene.Server.Address, "/v1/rc-password/data/a")
            );
            request.Content = new StringContent("{}");
            request.Headers.Add("X-Vault-Token", scene.Server.RootToken);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await SendAsync("PATCH"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await SendAsync("BREW"));
    }

    [Fact]
    public async Task Passwords_are_made_by_the_rules_of_a_password_policy()
    {
        const string Rules = """
            length = 24
            rule "charset" { charset = "abc"  min-chars = 1 }
            rule "charset" { charset = "123"  min-chars = 1 }
            """;
        await scene.Operator.WriteAsync("sys/policies/password/aws-root", new JsonObject { ["policy"] = Rules });

        var made = await scene.Operator.ReadAsync("sys/policies/password/aws-root/generate");

        Assert.Matches("^[abc123]{24}$", made.Data["password"]!.GetValue<string>());
        VaultScene.Refused(
            HttpStatusCode.NotFound,
            "policy does not exist",
            await scene.Operator.ReadAsync("sys/policies/password/other/generate")
        );
    }

    private Task<VaultSeen> WriteAsync() =>
        scene.Operator.WriteAsync(
            "rc-password/data/a",
            new JsonObject
            {
                ["options"] = new JsonObject { ["cas"] = 0 },
                ["data"] = new JsonObject { ["password"] = "p" },
            }
        );

    private async Task IsDoneAsync(bool done) =>
        VaultScene.Is(
            done ? HttpStatusCode.OK : HttpStatusCode.NotFound,
            await scene.Operator.ReadAsync("rc-password/data/a")
        );

    private static Task<VaultSeen> InNamespaceAsync(
        VaultScene at,
        HttpMethod method,
        string path,
        JsonObject? body = null,
        string? token = null
    ) => at.Operator.SendAsync(method, path, body, token, [new("X-Vault-Namespace", "custody/")]);
}
