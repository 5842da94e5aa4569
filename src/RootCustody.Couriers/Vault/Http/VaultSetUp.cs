using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>What an operator sets up at a vault, read from the files of <c>manifests/vault</c> that the script <c>set-up.sh</c> applies.</summary>
/// <param name="Terms">The fields that every AppRole role has, as the vault names them.</param>
public sealed record VaultSetUp(
    IReadOnlyList<VaultSetUp.Identity> Identities,
    IReadOnlyDictionary<string, JsonElement> Terms
)
{
    /// <summary>As it is delivered with this version.</summary>
    public static VaultSetUp Delivered { get; } =
        JsonSerializer.Deserialize<VaultSetUp>(Read("set-up.json"), JsonSerializerOptions.Web)!;

    /// <summary>What one identity of ours needs.</summary>
    /// <param name="Section">Its section in the settings, below <c>RootCustody</c>.</param>
    /// <param name="Engine">What is mounted for it: the body of the call that does so.</param>
    public sealed record Identity(
        string Section,
        string Mount,
        JsonElement Engine,
        Entry? Entry,
        string AuthMount,
        string Role,
        IReadOnlyList<string> Policies
    )
    {
        /// <summary>Policies that its role may have beside its own: putting seeds in is taken away from it where that is done in ceremonies only.</summary>
        public IReadOnlyList<string> Intake { get; init; } = [];

        /// <summary>Policies for people in an emergency without us.</summary>
        public IReadOnlyList<string> BreakGlass { get; init; } = [];

        /// <summary>All policies that have to be loaded.</summary>
        public IEnumerable<string> AllPolicies => [.. Policies, .. Intake, .. BreakGlass];
    }

    /// <summary>What an engine holds beside secrets.</summary>
    /// <param name="Path">Below the mount.</param>
    public sealed record Entry(string Path, IReadOnlyDictionary<string, JsonElement> Fields);

    /// <summary>A policy in the words of the vault.</summary>
    /// <param name="at">Where each mount really is, by its usual name; those that are missing are where they usually are.</param>
    public static string Policy(string name, IReadOnlyDictionary<string, string>? at = null)
    {
        using var reader = new StreamReader(Read($"{name}.hcl"));
        var text = reader.ReadToEnd();
        foreach (var (usual, real) in at ?? new Dictionary<string, string>(StringComparer.Ordinal))
            text = text.Replace($"\"{usual}/", $"\"{real}/", StringComparison.Ordinal);
        return text;
    }

    private static Stream Read(string file) =>
        typeof(VaultSetUp).Assembly.GetManifestResourceStream(file) ?? throw new FileNotFoundException(null, file);
}
