using System.Text.Json.Nodes;

namespace RootCustody.Tests.Manifests;

/// <summary>The files that an operator gives to Slack, Teams and Vault.</summary>
internal static class Manifest
{
    public static IReadOnlyList<string> Bots { get; } = ["desk", "password", "mfa"];

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static byte[] ReadBytes(string path) => File.ReadAllBytes(PathOf(path));

    public static JsonNode Slack(string bot) => JsonNode.Parse(Read($"slack/{bot}.json"))!;

    public static JsonNode Teams(string bot) => JsonNode.Parse(Read($"teams/{bot}/manifest.json"))!;

    public static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RootCustody.sln")))
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        return Path.Combine(folder.FullName, "manifests", path);
    }
}
