using System.Text.Json;
using RootCustody.Playground;

namespace RootCustody.EndToEnd;

public sealed class InventoryVerbTests
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task Strays_on_either_side_are_told_with_what_to_do()
    {
        using var console = new ConsoleRuns();
        await TakePasswordAsync(console);
        var (well, all, _) = await console.RunAsync("", [], "inventory");
        Assert.Equal(0, well);
        Assert.Contains("password vault: 1 secrets, 0 strays.", all, StringComparison.Ordinal);
        Assert.Contains("MFA vault: 0 secrets, 0 strays.", all, StringComparison.Ordinal);

        Misname(console);

        var (code, output, errors) = await console.RunAsync("", [], "inventory", "--half", "password");
        Assert.Equal(1, code);
        Assert.Contains("2 strays", output, StringComparison.Ordinal);
        Assert.Contains(
            $"The password of account {Cast.Account} (generation 1) is not in the vault.",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("Restore the vault from its newest backup.", output, StringComparison.Ordinal);
        Assert.Contains("which is no name that we give", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("The MFA half was not looked at.", errors, StringComparison.Ordinal);
        Assert.Equal(0, (await console.RunAsync("", [], "inventory", "--half", "mfa")).Code);
        Assert.Equal(1, (await console.RunAsync("", [], "inventory", "--half", "both")).Code);
    }

    [Fact]
    public async Task A_program_reads_them_as_JSON()
    {
        using var console = new ConsoleRuns();
        await TakePasswordAsync(console);
        Misname(console);

        var (code, json, _) = await console.RunAsync("", [], "inventory", "--json");

        Assert.Equal(1, code);
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal(
            ["unknownName", "missing"],
            parsed.RootElement[0].GetProperty("strays").EnumerateArray().Select(s => s.GetProperty("kind").GetString())
        );
        Assert.Equal("mfa", parsed.RootElement[1].GetProperty("half").GetString());
    }

    private static async Task TakePasswordAsync(ConsoleRuns console)
    {
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);
        Assert.Equal(0, (await console.RunAsync("", [], "vault", "set-password", Cast.Account)).Code);
    }

    /// <summary>The only password gets a name of nobody, which would steer a terminal.</summary>
    private static void Misname(ConsoleRuns console)
    {
        var file = Assert.Single(
            Directory.EnumerateFiles(console.Directory, "*.1.sealed", SearchOption.AllDirectories),
            f => !Path.GetFileName(f).StartsWith("fingerprints", StringComparison.Ordinal)
        );
        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "bob\u001b[31m.1.sealed"));
    }
}
