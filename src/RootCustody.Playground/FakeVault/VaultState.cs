using System.Globalization;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>Which of the two products is played, where they differ.</summary>
public enum VaultKind
{
    /// <summary>Vault on the 1.8 line: no namespaces, no padding of Base32, codes without their time.</summary>
    Vault,

    /// <summary>OpenBao of 2026: namespaces, codes with their time, strict lengths of codes.</summary>
    OpenBao,
}

public enum VaultState
{
    Active,
    Sealed,
    NotInitialised,

    /// <summary>Cannot forward: 307 to an address where nobody may answer.</summary>
    Standby,
}

/// <summary>The paths that answer in every state, without a token and without the envelope.</summary>
internal static class VaultHealth
{
    public static VaultAnswer? Of(
        FakeVaultServer server,
        string path,
        IReadOnlyDictionary<string, string> query,
        DateTimeOffset now
    ) =>
        path switch
        {
            "sys/health" => new VaultAnswer(Code(server, query)) { Plain = Health(server, now) },
            "sys/seal-status" => new VaultAnswer(200) { Plain = Seal(server) },
            "sys/leader" => new VaultAnswer(200)
            {
                Plain = new JsonObject
                {
                    ["ha_enabled"] = server.State == VaultState.Standby,
                    ["is_self"] = server.State == VaultState.Active,
                    ["leader_address"] = server.State == VaultState.Standby ? server.StandbyLocation.ToString() : "",
                },
            },
            "sys/init" => new VaultAnswer(200)
            {
                Plain = new JsonObject { ["initialized"] = server.State != VaultState.NotInitialised },
            },
            _ => null,
        };

    private static int Code(FakeVaultServer server, IReadOnlyDictionary<string, string> query)
    {
        var (name, usual) = server.State switch
        {
            VaultState.Active => ("activecode", 200),
            VaultState.Standby => ("standbycode", 429),
            VaultState.Sealed => ("sealedcode", 503),
            VaultState.NotInitialised => ("uninitcode", 501),
        };
        if (server.State == VaultState.Standby && query.GetValueOrDefault("standbyok") == "true")
            return 200;
        return int.TryParse(query.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var code) ? code : usual;
    }

    private static JsonObject Health(FakeVaultServer server, DateTimeOffset now)
    {
        var open = IsOpen(server);
        var health = new JsonObject
        {
            ["initialized"] = server.State != VaultState.NotInitialised,
            ["sealed"] = !open,
            ["standby"] = server.State != VaultState.Active,
            ["replication_performance_mode"] = open ? "disabled" : "unknown",
            ["replication_dr_mode"] = open ? "disabled" : "unknown",
            ["server_time_utc"] = now.ToUnixTimeSeconds(),
            ["version"] = server.Version,
        };
        if (!server.IsOpenBao)
            health["performance_standby"] = false;
        if (open)
        {
            health["cluster_name"] = "vault-cluster-fake";
            health["cluster_id"] = "ad5f4023-0000-0000-0000-000000000005";
        }
        return health;
    }

    private static JsonObject Seal(FakeVaultServer server) =>
        new()
        {
            ["type"] = "shamir",
            ["initialized"] = server.State != VaultState.NotInitialised,
            ["sealed"] = !IsOpen(server),
            ["t"] = 3,
            ["n"] = 5,
            ["progress"] = 0,
            ["nonce"] = "",
            ["version"] = server.Version,
            ["migration"] = false,
            ["recovery_seal"] = false,
            ["storage_type"] = "raft",
        };

    private static bool IsOpen(FakeVaultServer server) => server.State is VaultState.Active or VaultState.Standby;
}
