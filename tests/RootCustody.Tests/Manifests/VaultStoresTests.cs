using RootCustody.Couriers.Vault;
using RootCustody.Tests.Couriers.Vault.Http;

namespace RootCustody.Tests.Manifests;

/// <summary>Our own stores at a vault that is set up by the manifests: they have all that they need, and take none of them for too wide.</summary>
public sealed class VaultStoresTests
{
    private static readonly AccountId Account = AccountId.New(Stage.Noon);

    [Fact]
    public async Task The_password_courier_can_do_all_that_it_has_to()
    {
        await using var vaults = await HttpVaults.OpenAsync();
        var passwords = vaults.Passwords();
        using var password = Secret.OfText("a password");

        await passwords.LookAsync(default);
        Assert.Equal(1, await passwords.WriteAsync(Account, 0, password, default));
        Assert.Equal(2, await passwords.WriteAsync(Account, 1, password, default));
        (await passwords.ReadAsync(Account, 2, default)).Dispose();
        await passwords.DestroyAsync(Account, 1, default);
        await passwords.FingerprintAsync(password, default);
        Assert.Equal(2, (await passwords.NewestAsync(default))[Account]);
    }

    [Fact]
    public async Task The_mfa_courier_can_do_all_that_it_has_to()
    {
        await using var vaults = await HttpVaults.OpenAsync();
        using var codes = vaults.MfaCodes();
        using var seed = Secret.Take(new byte[20]);

        await codes.LookAsync(default);
        Assert.Equal(1, await codes.SetSeedAsync(Account, 0, seed, TotpShape.Usual, default));
        (await codes.CodeAsync(Account, 1, vaults.Clock.GetUtcNow(), default)).Code.Dispose();
        Assert.Equal(1, await codes.LatestAsync(Account, default));
    }

    [Fact]
    public async Task Step_up_can_do_all_that_it_has_to()
    {
        await using var vaults = await HttpVaults.OpenAsync();
        var seeds = vaults.StepUp();
        var person = PersonId.New(Stage.Noon);

        await seeds.LookAsync(default);
        (await seeds.BeginAsync(person, default)).Dispose();
        await seeds.ConfirmAsync(person, default);
        Assert.True(await seeds.HasAsync(person, default));
        await seeds.MatchAsync(person, "000000", vaults.Clock.GetUtcNow(), default);
        (await seeds.BeginAsync(person, default)).Dispose(); // takes the abandoned ones away
    }
}
