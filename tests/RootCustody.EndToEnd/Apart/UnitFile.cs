namespace RootCustody.EndToEnd.Apart;

/// <summary>The unit by which an operator starts the processes.</summary>
internal static class UnitFile
{
    private const string Setting = "Environment=";

    /// <summary>What the unit puts into the environment of the process of a role.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> EnvironmentOf(string role)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RootCustody.sln")))
            folder = folder.Parent!;
        return
        [
            .. File.ReadLines(Path.Combine(folder.FullName, "manifests", "systemd", "rootcustody@.service"))
                .Where(line => line.StartsWith(Setting, StringComparison.Ordinal))
                .Select(line => line[Setting.Length..].Replace("%i", role, StringComparison.Ordinal).Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])),
        ];
    }
}
