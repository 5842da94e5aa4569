using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>A fake server at Noon, and an operator who calls it over HTTP.</summary>
public sealed class VaultScene : IAsyncDisposable
{
    private VaultScene(FakeVaultServer server, FakeTimeProvider clock)
    {
        Server = server;
        Clock = clock;
        Operator = server.Operator();
    }

    public FakeVaultServer Server { get; }
    public FakeTimeProvider Clock { get; }
    public VaultOperator Operator { get; }

    public static async Task<VaultScene> SetAsync(VaultKind kind = VaultKind.Vault)
    {
        var clock = new FakeTimeProvider(Stage.Noon);
        return new VaultScene(await FakeVaultServer.StartAsync(clock, kind), clock);
    }

    /// <summary>Mounts an engine at <paramref name="path"/>.</summary>
    public async Task MountAsync(string path, string type)
    {
        var body = new JsonObject { ["type"] = type };
        if (type == "kv")
            body["options"] = new JsonObject { ["version"] = "2" };
        Assert.Equal(HttpStatusCode.NoContent, (await Operator.WriteAsync($"sys/mounts/{path}", body)).Status);
    }

    public async Task PolicyAsync(string name, string text) =>
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await Operator.WriteAsync($"sys/policies/acl/{name}", new JsonObject { ["policy"] = text })).Status
        );

    /// <summary>A token that holds these policies.</summary>
    public async Task<string> TokenAsync(params string[] policies) =>
        (
            await Operator.WriteAsync(
                "auth/token/create",
                new JsonObject { ["policies"] = new JsonArray([.. policies.Select(p => JsonValue.Create(p))]) }
            )
        ).Token;

    /// <summary>A role at the mount <c>approle</c>, with the fields of <paramref name="role"/>.</summary>
    /// <returns>Its role id.</returns>
    public async Task<string> RoleAsync(string name, JsonObject role)
    {
        await Operator.WriteAsync("sys/auth/approle", new JsonObject { ["type"] = "approle" });
        Assert.Equal(HttpStatusCode.NoContent, (await Operator.WriteAsync($"auth/approle/role/{name}", role)).Status);
        return (await Operator.ReadAsync($"auth/approle/role/{name}/role-id")).Data["role_id"]!.GetValue<string>();
    }

    public async Task<string> SecretIdAsync(string role, JsonObject? terms = null) =>
        (await Operator.WriteAsync($"auth/approle/role/{role}/secret-id", terms)).Data["secret_id"]!.GetValue<string>();

    public Task<VaultSeen> LogInAsync(string roleId, string secretId) =>
        Operator.WriteAsync(
            "auth/approle/login",
            new JsonObject { ["role_id"] = roleId, ["secret_id"] = secretId },
            token: ""
        );

    public static void Is(HttpStatusCode status, VaultSeen seen) =>
        Assert.True(seen.Status == status, $"{(int)seen.Status} {seen.Body?.ToJsonString()}");

    /// <summary>A refusal with exactly this text.</summary>
    public static void Refused(HttpStatusCode status, string error, VaultSeen seen)
    {
        Is(status, seen);
        Assert.Equal(error, seen.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        await Server.DisposeAsync();
    }
}
