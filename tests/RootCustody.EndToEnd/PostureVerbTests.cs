using RootCustody.Playground;

namespace RootCustody.EndToEnd;

public sealed class PostureVerbTests
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_bad_file_does_not_stop_the_others_and_what_was_read_is_shown()
    {
        using var console = new ConsoleRuns();
        var folder = Directory.CreateDirectory(Path.Combine(console.Directory, "reports"));
        await WriteAsync(folder, "a.csv", "hello");
        await WriteAsync(folder, "b.csv", PostureFlowTests.Lines());
        await WriteAsync(folder, "c.csv", PostureFlowTests.Lines("999999999999"));
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);

        var (code, output, errors) = await console.RunAsync("", [], "posture", "import", folder.FullName);

        Assert.Equal(1, code);
        Assert.Contains($"b.csv: Acme production ({Cast.Account}), report of ", output, StringComparison.Ordinal);
        Assert.Contains("by the time of the file", output, StringComparison.Ordinal);
        Assert.Contains("MFA present: AWS does not ask root for MFA", output, StringComparison.Ordinal);
        Assert.Contains("a.csv: Its first line is not the header", errors, StringComparison.Ordinal);
        Assert.Contains("c.csv: There is no account 999999999999", errors, StringComparison.Ordinal);

        var (all, list, _) = await console.RunAsync("", [], "posture", "show");
        Assert.Equal(0, all);
        Assert.Contains("Deviates: MFA present of Acme production", list, StringComparison.Ordinal);
        var (one, columns, _) = await console.RunAsync("", [], "posture", "show", Cast.Account);
        Assert.Equal(0, one);
        Assert.Contains("mfa_active: Deviates.", columns, StringComparison.Ordinal);
        Assert.Contains("reported by an operator at the console", columns, StringComparison.Ordinal);
        Assert.Equal(1, (await console.RunAsync("", [], "posture", "show", "123")).Code);
    }

    [Fact]
    public async Task What_is_imported_is_being_taken_into_custody_and_the_console_says_what_is_missing()
    {
        using var console = new ConsoleRuns();
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);

        var (code, output, _) = await console.RunAsync("", [], "onboarding");

        Assert.Equal(1, code);
        Assert.Contains($"({Cast.Account}): 0 of 12 items settled, since ", output, StringComparison.Ordinal);
        Assert.Contains($"({Cast.OthersAccount}): 0 of 12", output, StringComparison.Ordinal);
        Assert.Contains(
            "Open: Password made here and put in place. There is no password",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("To do: Press Next ceremony", output, StringComparison.Ordinal);
        var (one, single, _) = await console.RunAsync("", [], "onboarding", Cast.Account);
        Assert.Equal(1, one);
        Assert.DoesNotContain(Cast.OthersAccount, single, StringComparison.Ordinal);
        var (none, _, error) = await console.RunAsync("", [], "onboarding", "123");
        Assert.Equal(1, none);
        Assert.Contains("There is no account 123.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2099-01-01", "still to come")]
    [InlineData("2020-01-01", "none that is older")]
    [InlineData("yesterday", "A time is written as in")]
    public async Task The_time_of_a_report_is_the_word_of_who_brings_it_within_limits(string time, string why)
    {
        using var console = new ConsoleRuns();
        var file = await WriteAsync(new DirectoryInfo(console.Directory), "b.csv", PostureFlowTests.Lines());
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);
        await console.RunAsync("", [], "import", people);

        var (code, _, errors) = await console.RunAsync("", [], "posture", "import", file, "--generated", time);

        Assert.Equal(1, code);
        Assert.Contains(why, errors, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(DirectoryInfo folder, string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
