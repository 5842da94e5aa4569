using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>A namespace: mounts and policies of its own. The root has an empty path.</summary>
/// <param name="path">Empty, or with a slash at its end.</param>
internal sealed class Realm(string path)
{
    public string Path => path;

    /// <summary>By path with a slash at its end; auth methods begin with <c>auth/</c>.</summary>
    public SortedDictionary<string, Mount> Mounts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Policy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The mount that a path lies in; null if there is none.</summary>
    public Mount? MountOf(string called) =>
        Mounts
            .Values.Where(m => called.StartsWith(m.Path, StringComparison.Ordinal) || called + "/" == m.Path)
            .MaxBy(m => m.Path.Length);
}

/// <summary>A secrets engine or an auth method at its place.</summary>
internal sealed record Mount(string Path, string Type, Engine Engine)
{
    public string Accessor { get; } = $"{Type}_{VaultIds.Accessor()[..8].ToLowerInvariant()}";
    public JsonObject Options { get; init; } = [];
    public string Description { get; init; } = "";

    /// <summary>What <c>sys/mounts</c> says of it.</summary>
    public JsonObject Told() =>
        new()
        {
            ["accessor"] = Accessor,
            ["config"] = new JsonObject
            {
                ["default_lease_ttl"] = 0,
                ["max_lease_ttl"] = 0,
                ["force_no_cache"] = false,
            },
            ["description"] = Description,
            ["local"] = false,
            ["options"] = Options.Count == 0 ? null : Options.DeepClone(),
            ["seal_wrap"] = false,
            ["type"] = Type,
            ["uuid"] = VaultIds.Uuid(),
        };
}

/// <summary>What answers below a mount.</summary>
internal abstract class Engine
{
    /// <summary>Whether a write to this path makes something new and so needs <c>create</c>, not <c>update</c>. Engines without this check always ask for <c>update</c>.</summary>
    public virtual bool IsNew(string path) => false;

    /// <summary>Whether a path needs no token.</summary>
    public virtual bool IsOpen(string path) => false;

    /// <param name="path">Below the mount.</param>
    public abstract VaultAnswer Handle(VaultCall call, string path);
}
