using System.Reflection;
using OtpNet;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.MfaCodes;

public sealed class MfaVaultTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly MfaVault vault;

    public MfaVaultTests() => vault = new SealedMfaVault(temp.Path);

    public void Dispose() => temp.Dispose();

    [Fact] // RFC 6238, appendix B, the last six of the eight digits
    public async Task The_code_is_that_of_the_standard_and_good_until_the_step_ends()
    {
        await SetSeedAsync(0, RfcSeed);

        using var code = await vault.CodeAsync(Acme, 1, DateTimeOffset.FromUnixTimeSeconds(59), Cancel);

        Assert.Equal("287082", Text(code.Code));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(60), code.GoodUntil);
    }

    [Fact]
    public async Task Eight_digits_and_another_period_are_kept_with_the_seed()
    {
        using var seed = Secret.OfText(RfcSeed);
        var shape = new TotpShape(8, TimeSpan.FromSeconds(60), TotpAlgorithm.Sha256);
        await vault.SetSeedAsync(Acme, 0, seed, shape, Cancel);

        using var code = await vault.CodeAsync(Acme, 1, Noon.AddSeconds(45), Cancel);

        var theirs = new Totp(seed.Bytes.ToArray(), step: 60, mode: OtpHashMode.Sha256, totpSize: 8);
        Assert.Equal(theirs.ComputeTotp(Noon.AddSeconds(45).UtcDateTime), Text(code.Code));
        Assert.Equal(Noon.AddSeconds(60), code.GoodUntil);
    }

    [Fact]
    public async Task A_new_seed_is_a_new_generation()
    {
        Assert.Equal(1, await SetSeedAsync(0, RfcSeed));
        Assert.Equal(2, await SetSeedAsync(1, "09876543210987654321"));

        using var old = await vault.CodeAsync(Acme, 1, Noon, Cancel);
        using var current = await vault.CodeAsync(Acme, 2, Noon, Cancel);

        Assert.Equal(2, await vault.LatestAsync(Acme, Cancel));
        Assert.False(old.Code.Matches(current.Code.Bytes));
    }

    [Fact]
    public async Task A_seed_that_someone_else_set_first_stands()
    {
        await SetSeedAsync(0, RfcSeed);

        var lost = await Assert.ThrowsAsync<VaultException>(() => SetSeedAsync(0, "09876543210987654321"));

        Assert.Equal(VaultFailure.LostRace, lost.Failure);
        using var code = await vault.CodeAsync(Acme, 1, DateTimeOffset.FromUnixTimeSeconds(59), Cancel);
        Assert.Equal("287082", Text(code.Code));
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task A_code_is_wiped_when_it_is_disposed()
    {
        await SetSeedAsync(0, RfcSeed);
        var code = await vault.CodeAsync(Acme, 1, Noon, Cancel);

        code.Dispose();

        Assert.Throws<ObjectDisposedException>(() => code.Code.Bytes.Length);
    }

    [Fact]
    [Trait("Law", "6")]
    public void The_vault_has_no_way_by_which_a_seed_comes_out()
    {
        var answers = typeof(MfaVault)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .OfType<MethodInfo>()
            .Select(m => m.ReturnType);

        Type[] harmless =
        [
            typeof(Task),
            typeof(Task<int>),
            typeof(Task<int>),
            typeof(Task<IReadOnlyDictionary<AccountId, int>>),
            typeof(Task<MfaCode>),
        ];
        Assert.Equivalent(harmless, answers, strict: true);
        Assert.Empty(typeof(MfaVault).GetProperties().Concat<MemberInfo>(typeof(MfaVault).GetFields()));
    }

    [Fact]
    [Trait("Law", "6")]
    public async Task A_refusal_gives_no_code_and_says_nothing_of_the_seed()
    {
        await SetSeedAsync(0, RfcSeed);
        await File.WriteAllTextAsync(temp.In("mfa", $"{Acme}.1.sealed"), "rubbish", Cancel);

        var refused = await Assert.ThrowsAsync<VaultException>(() => vault.CodeAsync(Acme, 1, Noon, Cancel));

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
        Assert.True(refused.GaveNoHalf);
        Assert.DoesNotContain(RfcSeed, refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(29, 1)]
    [InlineData(30, 30)]
    [InlineData(25.5, 4.5)]
    public void The_life_left_is_told_without_a_seed(double second, double left) =>
        Assert.Equal(TimeSpan.FromSeconds(left), MfaCode.LifeLeft(Noon.AddSeconds(second)));

    private async Task<int> SetSeedAsync(int expectedLatest, string text)
    {
        using var seed = Secret.OfText(text);
        return await vault.SetSeedAsync(Acme, expectedLatest, seed, TotpShape.Usual, Cancel);
    }
}
