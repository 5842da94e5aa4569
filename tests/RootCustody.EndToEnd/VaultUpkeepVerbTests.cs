using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Playground;

namespace RootCustody.EndToEnd;

/// <summary>What an operator sees of the embedded stores at the command line.</summary>
public sealed class VaultUpkeepVerbTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private const string OtherPassphrase = "staple battery horse correct";
    private const string Typed = "An-0lder-vault+had?this=one";
    private static readonly AccountId Held = AccountId.New(Play.Noon);

    private readonly ConsoleRuns console = new();

    private string Folder => console.Directory;

    public void Dispose() => console.Dispose();

    [Fact]
    public async Task An_empty_store_has_neither_a_key_to_change_nor_anything_to_back_up()
    {
        var rekeyed = await RunAsync("", "vault", "rekey", "mfa");
        var backedUp = await RunAsync(Passphrase, "vault", "backup", "password", "password.backup");

        Assert.Equal((0, 1), (rekeyed.Code, backedUp.Code));
        Assert.Contains("there is no key yet", rekeyed.Output, StringComparison.Ordinal);
        Assert.Contains("nothing to back up", backedUp.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "password.backup")));
    }

    [Fact]
    public async Task What_is_no_backup_or_has_a_short_passphrase_is_refused_in_a_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "rubbish"), "rubbish", TestContext.Current.CancellationToken);

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

    [Fact]
    public async Task Each_half_has_a_backup_of_its_own_for_a_keeper_of_its_own()
    {
        await TakeInAsync();

        var passwords = await RunAsync(Passphrase, "vault", "backup", "password", "password.backup");
        var seeds = await RunAsync(OtherPassphrase, "vault", "backup", "mfa", "mfa.backup");
        var swapped = await RunAsync(Passphrase, "vault", "restore", "password", "mfa.backup");
        var others = await RunAsync(OtherPassphrase, "vault", "restore", "password", "password.backup");
        Directory.Delete(Store("passwords"), recursive: true);
        Directory.Delete(Store("mfa"), recursive: true);
        var restored = await RunAsync(Passphrase, "vault", "restore", "password", "password.backup");
        var half = Directory.Exists(Store("mfa"));
        var second = await RunAsync(OtherPassphrase, "vault", "restore", "mfa", "mfa.backup");

        Assert.Equal((0, 0), (passwords.Code, seeds.Code));
        Assert.Equal((1, 1), (swapped.Code, others.Code));
        Assert.True(restored.Code == 0, restored.Errors);
        Assert.Contains("were missing and are put back", restored.Output, StringComparison.Ordinal);
        Assert.False(half);
        Assert.True(second.Code == 0, second.Errors);
        Assert.Equal(Typed, await PasswordAsync());
        Assert.Equal(1, await new SealedMfaVault(Vaults).LatestAsync(Held, TestContext.Current.CancellationToken));
        foreach (var run in ((int Code, string Output, string Errors)[])[passwords, seeds, restored, second])
            Assert.DoesNotContain(Typed, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_opens_what_is_there_and_the_backup_of_before_keeps_its_own()
    {
        await TakeInAsync();
        await RunAsync(Passphrase, "vault", "backup", "password", "password.backup");

        var rekeyed = await RunAsync("", "vault", "rekey", "password");
        var opened = await PasswordAsync();
        var restored = await RunAsync(Passphrase, "vault", "restore", "password", "password.backup");

        Assert.True(rekeyed.Code == 0, rekeyed.Errors);
        Assert.Contains("sealed under the new key", rekeyed.Output, StringComparison.Ordinal);
        Assert.Equal(Typed, opened);
        Assert.True(restored.Code == 0, restored.Errors);
        Assert.Contains("0 of the ", restored.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_password_needs_a_witness_who_is_somebody_else()
    {
        await ImportAsync();

        var alone = await RunAsync(Typed, "vault", "set-password", Cast.Account, "--typed", "--by", "paul");
        var himself = await TypeAsync("paul", "paul");
        var both = await TypeAsync("paul", "petra");

        Assert.Equal((1, 1), (alone.Code, himself.Code));
        Assert.Contains("with --witness who else is there", alone.Errors, StringComparison.Ordinal);
        Assert.Contains("It takes two people", himself.Errors, StringComparison.Ordinal);
        Assert.True(both.Code == 0, both.Errors);
        Assert.Equal(Typed, await PasswordAsync());
    }

    /// <summary>A password by the verb, and a seed of some account as the MFA courier keeps it.</summary>
    private async Task TakeInAsync()
    {
        await ImportAsync();
        var typed = await TypeAsync("paul", "petra");
        Assert.True(typed.Code == 0, typed.Errors);
        using var seed = Secret.Take(new byte[20]);
        await new SealedMfaVault(Vaults).SetSeedAsync(
            Held,
            0,
            seed,
            TotpShape.Usual,
            TestContext.Current.CancellationToken
        );
    }

    private async Task ImportAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "directory.json"),
            Cast.Directory("72f988bf-86f1-41af-91ab-2d7cd011db47"),
            TestContext.Current.CancellationToken
        );
        var imported = await RunAsync("", "import", "directory.json");
        Assert.True(imported.Code == 0, imported.Errors);
    }

    private Task<(int Code, string Output, string Errors)> TypeAsync(string by, string witness) =>
        RunAsync(Typed, "vault", "set-password", Cast.Account, "--typed", "--by", by, "--witness", witness);

    private async Task<string> PasswordAsync()
    {
        var vault = new SealedPasswordVault(Vaults);
        var (account, generation) = Assert.Single(await vault.NewestAsync(TestContext.Current.CancellationToken));
        using var password = await vault.ReadAsync(account, generation, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(password.Bytes);
    }

    private string Vaults => Path.Combine(Folder, "data", "vault");

    private string Store(string name) => Path.Combine(Vaults, name);

    private Task<(int Code, string Output, string Errors)> RunAsync(string typed, params string[] arguments) =>
        console.RunAsync(typed, [], arguments);
}
