using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Passwords;

public sealed class PasswordVaultTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly PasswordVault vault;

    public PasswordVaultTests() => vault = new SealedPasswordVault(temp.Path);

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_refusal_names_the_kind_and_not_the_content()
    {
        await WriteAsync(0, "marked-password");
        File.Delete(temp.In("password.key"));

        var refused = await Assert.ThrowsAsync<VaultException>(() => vault.ReadAsync(Acme, 1, Cancel));

        Assert.Contains("password.key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("marked-password", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "7")]
    public async Task The_two_halves_lie_in_two_folders_under_two_keys()
    {
        await WriteAsync(0, "old");
        using var seed = Secret.OfText(RfcSeed);
        await new SealedMfaVault(temp.Path).SetSeedAsync(Acme, 0, seed, TotpShape.Usual, Cancel);

        var passwordKey = await File.ReadAllBytesAsync(temp.In("password.key"), Cancel);
        var mfaKey = await File.ReadAllBytesAsync(temp.In("mfa.key"), Cancel);
        Assert.NotEqual(passwordKey, mfaKey);
        Assert.Single(Directory.GetFiles(temp.In("passwords")));
        Assert.Single(Directory.GetFiles(temp.In("mfa")));
    }

    private async Task<int> WriteAsync(int expectedLatest, string text)
    {
        using var password = Secret.OfText(text);
        return await vault.WriteAsync(Acme, expectedLatest, password, Cancel);
    }
}
