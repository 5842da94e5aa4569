using System.Reflection;
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
            typeof(Task<IReadOnlyList<StoredSecret>>), // names and numbers only: what is kept
            typeof(Task<IReadOnlyList<StoredSecret>>), // and what is left after an end
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
