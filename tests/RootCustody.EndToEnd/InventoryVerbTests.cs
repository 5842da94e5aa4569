using RootCustody.Playground;

namespace RootCustody.EndToEnd;

public sealed class InventoryVerbTests
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task Strays_on_either_side_are_told_with_what_to_do_and_no_secret()
    {
        using var console = new ConsoleRuns();
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);
        Assert.Equal(0, (await console.RunAsync("", [], "vault", "set-password", Cast.Account)).Code);

        var (well, all, _) = await console.RunAsync("", [], "inventory");
        Assert.Equal(0, well);
        Assert.Contains("password vault: 1 secrets, 0 strays.", all, StringComparison.Ordinal);
        Assert.Contains("MFA vault: 0 secrets, 0 strays.", all, StringComparison.Ordinal);

        var file = Assert.Single(
            Directory
                .EnumerateFiles(console.Directory, "*.1.sealed", SearchOption.AllDirectories)
                .Where(f => !Path.GetFileName(f).StartsWith("fingerprints", StringComparison.Ordinal))
        );
        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "bob\u001b[31m.1.sealed"));

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

        var (again, json, _) = await console.RunAsync("", [], "inventory", "--json");
        Assert.Equal(1, again);
        using var parsed = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal(
            ["unknownName", "missing"],
            parsed.RootElement[0].GetProperty("strays").EnumerateArray().Select(s => s.GetProperty("kind").GetString())
        );

        Assert.Equal(0, (await console.RunAsync("", [], "inventory", "--half", "mfa")).Code);
        Assert.Equal(1, (await console.RunAsync("", [], "inventory", "--half", "both")).Code);
    }
}
