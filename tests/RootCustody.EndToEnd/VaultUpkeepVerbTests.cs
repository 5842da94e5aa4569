using System.Diagnostics;

namespace RootCustody.EndToEnd;

/// <summary>What an operator sees of the embedded stores at the command line.</summary>
public sealed class VaultUpkeepVerbTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private readonly string directory = Directory.CreateTempSubdirectory("rootcustody-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task An_empty_store_has_neither_a_key_to_change_nor_anything_to_back_up()
    {
        var rekeyed = await RunAsync("", "vault", "rekey", "mfa");
        var backedUp = await RunAsync(Passphrase, "vault", "backup", "password", "password.backup");

        Assert.Equal((0, 1), (rekeyed.Code, backedUp.Code));
        Assert.Contains("there is no key yet", rekeyed.Output, StringComparison.Ordinal);
        Assert.Contains("nothing to back up", backedUp.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(directory, "password.backup")));
    }

    [Fact]
    public async Task What_is_no_backup_or_has_a_short_passphrase_is_refused_in_a_sentence()
    {
        await File.WriteAllTextAsync(
            Path.Combine(directory, "rubbish"),
            "rubbish",
            TestContext.Current.CancellationToken
        );

        var restored = await RunAsync(Passphrase, "vault", "restore", "mfa", "rubbish");
        var missing = await RunAsync(Passphrase, "vault", "restore", "mfa", "nowhere");
        var both = await RunAsync(Passphrase, "vault", "backup", "stepup", "file");
        var brief = await RunAsync("brief", "vault", "backup", "password", "file");

        Assert.All([restored.Code, missing.Code, both.Code, brief.Code], code => Assert.Equal(1, code));
        Assert.Contains("That is no backup of the folder 'mfa'", restored.Errors, StringComparison.Ordinal);
        Assert.Contains("It stopped here", missing.Errors, StringComparison.Ordinal);
        Assert.Contains("too short", brief.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", restored.Errors + missing.Errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string typed, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "RootCustody.Host.dll"), .. arguments]
        )
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var run = Process.Start(start)!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.StandardInput.WriteLineAsync(typed);
        run.StandardInput.Close();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, await output, await errors);
    }
}
