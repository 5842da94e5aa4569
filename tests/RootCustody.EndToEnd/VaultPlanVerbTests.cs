using RootCustody.AuditTool;
using RootCustody.Playground.FakeVault;

namespace RootCustody.EndToEnd;

/// <summary>What an operator of the vault, and an auditor, see at the command line.</summary>
public sealed class VaultPlanVerbTests : IAsyncLifetime
{
    private readonly ConsoleRuns console = new();
    private FakeVaultServer server = null!;
    private PreparedVault vault = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeVaultServer.StartAsync(TimeProvider.System);
        vault = await PreparedVault.OnAsync(server, console.Directory);
    }

    public async ValueTask DisposeAsync()
    {
        vault.Dispose();
        await server.DisposeAsync();
        console.Dispose();
    }

    [Fact]
    public async Task The_plan_of_a_role_names_what_is_missing_and_writes_nothing()
    {
        await File.WriteAllTextAsync(
            Path.Combine(console.Directory, "token"),
            $"VAULT_ADDR=unused\nVAULT_TOKEN={server.RootToken}\n",
            TestContext.Current.CancellationToken
        );
        await vault.Operator.DeleteAsync("sys/policies/acl/rc-password-courier");
        var before = server.Requests.Count;

        var run = await console.RunAsync(
            "",
            vault.Settings(),
            "vault",
            "plan",
            "password-courier",
            "--token-file",
            "token"
        );

        Assert.True(run.Code == 2, run.Errors);
        Assert.Contains("missing    policy rc-password-courier", run.Output, StringComparison.Ordinal);
        Assert.Contains("is right   sys/mounts/rc-stepup", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rc-mfa-courier", run.Output, StringComparison.Ordinal);
        Assert.All(server.Requests.Skip(before), r => Assert.Equal("GET", r.Method));
        Assert.DoesNotContain(server.RootToken, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_on_standard_input_is_enough_before_there_is_any_role_id()
    {
        var settings = vault.Settings().Where(s => s.Key.EndsWith(":Address", StringComparison.Ordinal));

        var run = await console.RunAsync(server.RootToken, settings, "vault", "plan", "mfa-courier");
        var wrong = await console.RunAsync("hvs.wrong", settings, "vault", "plan", "mfa-courier");
        var nowhere = await console.RunAsync("", [], "vault", "plan", "mfa-courier");

        Assert.Equal((2, 1, 1), (run.Code, wrong.Code, nowhere.Code));
        Assert.Contains("missing    RoleId in the settings of MfaVault: it is ", run.Output, StringComparison.Ordinal);
        Assert.Contains("does not know this token", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("RootCustody:MfaVault:Address: say where", nowhere.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_one_vault_is_not_shown_to_another()
    {
        await using var other = await FakeVaultServer.StartAsync(TimeProvider.System);
        var settings = vault
            .Settings()
            .Append(new KeyValuePair<string, string?>("RootCustody:MfaVault:Address", other.Address.ToString()));

        var run = await console.RunAsync(server.RootToken, settings, "vault", "plan", "mfa-courier");
        var one = await console.RunAsync(
            server.RootToken,
            settings,
            "vault",
            "plan",
            "mfa-courier",
            "--only",
            "StepUpVault"
        );

        Assert.Equal(1, run.Code);
        Assert.Contains("different addresses", run.Errors, StringComparison.Ordinal);
        Assert.True(one.Code == 2, one.Errors);
        Assert.Empty(other.Requests);
    }

    [Fact]
    [Trait("Law", "13")]
    public async Task A_signed_head_of_an_export_tells_an_auditor_whether_the_log_is_still_that_one()
    {
        var settings = vault.CheckpointSettings().ToList();
        await console.RunAsync("", [], "import", "nowhere"); // makes the database

        var export = await console.RunAsync("", settings, "audit", "export", "log", "--checkpoint", "note");
        var key = await console.RunAsync("", settings, "audit", "key");
        var unsigned = await console.RunAsync("", [], "audit", "export", "log2", "--checkpoint", "note2");

        Assert.True(export.Code == 0, export.Errors);
        Assert.Equal(AuditCommand.Sound, await VerifyAsync(key.Output.Trim()));
        Assert.Equal(1, unsigned.Code);
        Assert.Contains("RootCustody:AuditVault", unsigned.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_checkpoint_is_not_written_over_and_what_cannot_be_written_is_said()
    {
        var settings = vault.CheckpointSettings().ToList();
        await console.RunAsync("", [], "import", "nowhere"); // makes the database
        await console.RunAsync("", settings, "audit", "export", "log", "--checkpoint", "note");
        var file = Path.Combine(console.Directory, "note");
        var first = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, first + "kept", TestContext.Current.CancellationToken);

        var again = await console.RunAsync("", settings, "audit", "export", "log", "--checkpoint", "note");
        var log = await console.RunAsync("", settings, "audit", "export", "no/such/folder");
        var note = await console.RunAsync("", settings, "audit", "export", "log", "--checkpoint", "no/such/note");

        Assert.Equal((1, 1, 1), (again.Code, log.Code, note.Code));
        Assert.Contains("note is there already", again.Errors, StringComparison.Ordinal);
        Assert.Equal(first + "kept", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains("It cannot be written: ", log.Errors, StringComparison.Ordinal);
        Assert.Contains("It cannot be written: ", note.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log.Errors + note.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_worker_signs()
    {
        var run = await console.RunAsync(
            "",
            [.. vault.CheckpointSettings(), new("RootCustody:Roles:0", "password-courier")],
            "audit",
            "key"
        );

        Assert.Equal(1, run.Code);
        Assert.Contains("RootCustody:AuditVault: only a worker signs", run.Errors, StringComparison.Ordinal);
    }

    private Task<int> VerifyAsync(string key) =>
        AuditCommand.RunAsync(
            [
                "verify",
                Path.Combine(console.Directory, "log"),
                "--checkpoint",
                Path.Combine(console.Directory, "note"),
                "--key",
                key,
            ],
            Stream.Null,
            TextWriter.Null,
            TextWriter.Null
        );
}
