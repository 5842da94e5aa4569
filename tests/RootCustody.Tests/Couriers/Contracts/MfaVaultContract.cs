using System.Text;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Contracts;

/// <summary>What every store of MFA seeds does, as seen from its port.</summary>
public abstract class MfaVaultContract
{
    private const string OtherSeed = "09876543210987654321";

    /// <summary>Opens the store of this test, empty at first; each time anew, as another process would.</summary>
    protected abstract Task<MfaVault> OpenAsync();

    /// <summary>Sets the clock of a store that makes the codes by its own.</summary>
    protected abstract void ItIs(DateTimeOffset now);

    /// <summary>Whether the courier may delete nothing there.</summary>
    protected virtual bool LeavesToOperators => false;

    /// <summary>A moment at which codes are made: of the store's own clock where that cannot be set.</summary>
    protected virtual DateTimeOffset Now => Noon;

    [VaultFact]
    public async Task Before_the_first_seed_there_is_no_generation()
    {
        var vault = await OpenAsync();

        Assert.Equal(0, await vault.LatestAsync(Acme, Cancel));
        Assert.Empty(await vault.NewestAsync(Cancel));
        Assert.Empty(await vault.ListAsync(Cancel));
        await vault.LookAsync(Cancel);
    }

    [VaultFact]
    public async Task An_end_destroys_every_seed_of_one_account_or_tells_what_operators_have_to()
    {
        await SetAsync(Acme, 0, RfcSeed);
        await SetAsync(Acme, 1, OtherSeed);
        await SetAsync(Globex, 0, OtherSeed);

        var left = await (await OpenAsync()).EndAsync(Acme, Cancel);

        Assert.Equal(LeavesToOperators ? [1, 2] : [], left.Select(s => s.Generation));
        Assert.All(left, s => Assert.Equal(Acme, s.Account));
        var kept = await (await OpenAsync()).ListAsync(Cancel);
        Assert.Equal(left.Count + 1, kept.Count);
        Assert.Contains(kept, s => s.Account == Globex);
        Assert.Empty(await (await OpenAsync()).EndAsync(AccountId.New(Noon), Cancel));
    }

    [VaultTheory(SetsClock = true)] // RFC 6238, appendix B: with eight digits, and their last six
    [InlineData(59, 8, TotpAlgorithm.Sha1, "94287082")]
    [InlineData(1111111109, 8, TotpAlgorithm.Sha1, "07081804")]
    [InlineData(1234567890, 8, TotpAlgorithm.Sha1, "89005924")]
    [InlineData(20000000000, 8, TotpAlgorithm.Sha1, "65353130")]
    [InlineData(59, 6, TotpAlgorithm.Sha1, "287082")]
    [InlineData(1111111109, 6, TotpAlgorithm.Sha1, "081804")]
    [InlineData(59, 8, TotpAlgorithm.Sha256, "46119246")]
    [InlineData(1111111111, 8, TotpAlgorithm.Sha256, "67062674")]
    [InlineData(59, 8, TotpAlgorithm.Sha512, "90693936")]
    [InlineData(2000000000, 8, TotpAlgorithm.Sha512, "38618901")]
    public async Task The_code_is_that_of_the_standard_and_good_until_the_step_ends(
        long unixSeconds,
        int digits,
        TotpAlgorithm algorithm,
        string expected
    )
    {
        var length = algorithm switch
        {
            TotpAlgorithm.Sha1 => 20,
            TotpAlgorithm.Sha256 => 32,
            TotpAlgorithm.Sha512 => 64,
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
        var seed = string.Concat(Enumerable.Repeat(RfcSeed, 4))[..length];
        await SetAsync(Acme, 0, seed, new TotpShape(digits, TimeSpan.FromSeconds(30), algorithm));

        var (code, goodUntil) = await CodeAsync(Acme, 1, DateTimeOffset.FromUnixTimeSeconds(unixSeconds));

        Assert.Equal(expected, code);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds((unixSeconds / 30 + 1) * 30), goodUntil);
    }

    [VaultFact(SetsClock = true)]
    public async Task Another_period_is_kept_with_the_seed()
    {
        await SetAsync(Acme, 0, RfcSeed, new TotpShape(8, TimeSpan.FromSeconds(60), TotpAlgorithm.Sha256));

        var (code, goodUntil) = await CodeAsync(Acme, 1, Noon.AddSeconds(45));

        var theirs = new Totp(Encoding.UTF8.GetBytes(RfcSeed), step: 60, mode: OtpHashMode.Sha256, totpSize: 8);
        Assert.Equal(theirs.ComputeTotp(Noon.AddSeconds(45).UtcDateTime), code);
        Assert.Equal(Noon.AddSeconds(60), goodUntil);
    }

    [VaultFact]
    public async Task A_new_seed_is_a_new_generation_and_the_old_one_makes_codes_on()
    {
        var now = Now;
        Assert.Equal(1, await SetAsync(Acme, 0, RfcSeed));
        Assert.Equal(2, await SetAsync(Acme, 1, OtherSeed));

        Assert.Equal(2, await (await OpenAsync()).LatestAsync(Acme, Cancel));
        Assert.Equal(TheirCode(RfcSeed, now), (await CodeAsync(Acme, 1, now)).Code);
        Assert.Equal(TheirCode(OtherSeed, now), (await CodeAsync(Acme, 2, now)).Code);
    }

    [VaultFact]
    public async Task As_many_devices_as_AWS_allows_live_side_by_side_and_none_is_overwritten()
    {
        var seeds = Enumerable.Range(0, MfaDevice.Most).Select(i => $"{i}{RfcSeed[1..]}").ToList();
        for (var before = 0; before < seeds.Count; before++)
            await SetAsync(Acme, before, seeds[before]);
        for (var before = 0; before < seeds.Count; before++) // each number is taken
            await RefusedAsync(() => SetAsync(Acme, before, OtherSeed));

        var now = Now;
        for (var device = 0; device < seeds.Count; device++)
            Assert.Equal(TheirCode(seeds[device], now), (await CodeAsync(Acme, device + 1, now)).Code);
        Assert.Equal(MfaDevice.Most, await (await OpenAsync()).LatestAsync(Acme, Cancel));
    }

    [VaultFact]
    public async Task The_newest_generation_of_each_account_is_told_without_opening_any()
    {
        await SetAsync(Acme, 0, RfcSeed);
        await SetAsync(Acme, 1, OtherSeed);
        await SetAsync(Globex, 0, RfcSeed);

        var newest = await (await OpenAsync()).NewestAsync(Cancel);

        Assert.Equal(new Dictionary<AccountId, int> { [Acme] = 2, [Globex] = 1 }, newest);
    }

    [VaultFact]
    public async Task Every_seed_that_is_kept_is_told_by_its_name()
    {
        await SetAsync(Acme, 0, RfcSeed);
        await SetAsync(Acme, 1, OtherSeed);
        await SetAsync(Globex, 0, RfcSeed);

        var list = await (await OpenAsync()).ListAsync(Cancel);

        Assert.Equal(
            new HashSet<(AccountId?, int)> { (Acme, 1), (Acme, 2), (Globex, 1) },
            [.. list.Select(s => (s.Account, s.Generation))]
        );
        Assert.Equal(3, list.Select(s => s.Place).Distinct(StringComparer.Ordinal).Count());
    }

    [VaultTheory]
    [InlineData(0)]
    [InlineData(2)]
    [Trait("Law", "9")]
    public async Task A_seed_that_someone_else_set_first_stands(int expectedLatest)
    {
        var now = Now;
        await SetAsync(Acme, 0, RfcSeed);

        var lost = await RefusedAsync(() => SetAsync(Acme, expectedLatest, OtherSeed));

        Assert.Equal(VaultFailure.LostRace, lost.Failure);
        Assert.Equal(1, await (await OpenAsync()).LatestAsync(Acme, Cancel));
        Assert.Equal(TheirCode(RfcSeed, now), (await CodeAsync(Acme, 1, now)).Code);
    }

    [VaultFact]
    public async Task A_generation_that_never_was_is_missing()
    {
        var now = Now;
        await SetAsync(Acme, 0, RfcSeed);

        Assert.Equal(VaultFailure.Missing, (await RefusedAsync(() => CodeAsync(Acme, 2, now))).Failure);
        Assert.Equal(VaultFailure.Missing, (await RefusedAsync(() => CodeAsync(Globex, 1, now))).Failure);
    }

    [VaultTheory]
    [InlineData(SeedText.Shortest - 1)]
    [InlineData(SeedText.Longest + 1)]
    public async Task A_seed_of_another_length_is_a_mistake_of_the_caller(int length)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => SetAsync(Acme, 0, new string('x', length)));

        Assert.Equal(0, await (await OpenAsync()).LatestAsync(Acme, Cancel));
    }

    [VaultFact]
    [Trait("Law", "8")]
    public async Task A_code_is_wiped_when_it_is_disposed()
    {
        var now = Now;
        await SetAsync(Acme, 0, RfcSeed);
        ItIs(now);
        var code = await (await OpenAsync()).CodeAsync(Acme, 1, now, Cancel);

        code.Dispose();

        Assert.Throws<ObjectDisposedException>(() => code.Code.Bytes.Length);
    }

    private static string TheirCode(string seed, DateTimeOffset now) =>
        new Totp(Encoding.UTF8.GetBytes(seed)).ComputeTotp(now.UtcDateTime);

    private async Task<int> SetAsync(AccountId account, int expectedLatest, string text, TotpShape? shape = null)
    {
        using var seed = Secret.OfText(text);
        return await (await OpenAsync()).SetSeedAsync(account, expectedLatest, seed, shape ?? TotpShape.Usual, Cancel);
    }

    private async Task<(string Code, DateTimeOffset GoodUntil)> CodeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now
    )
    {
        ItIs(now);
        using var code = await (await OpenAsync()).CodeAsync(account, generation, now, Cancel);
        return (Text(code.Code), code.GoodUntil);
    }

    /// <summary>Every refusal says that nothing was given, and nothing of what is kept (laws 4, 6 and 8).</summary>
    private static async Task<VaultException> RefusedAsync(Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<VaultException>(ask);
        Assert.True(refused.GaveNoHalf);
        foreach (var seed in (string[])[RfcSeed, OtherSeed])
        {
            Assert.DoesNotContain(seed, refused.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(
                Base32Encoding.ToString(Encoding.UTF8.GetBytes(seed)),
                refused.ToString(),
                StringComparison.OrdinalIgnoreCase
            );
        }
        return refused;
    }
}
