using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Contracts;

/// <summary>What every store of passwords does, as seen from its port.</summary>
public abstract class PasswordVaultContract
{
    private const string Marked = "Zx9#marked-and-easy-to-find";

    /// <summary>Opens the store of this test, empty at first; each time anew, as another process would.</summary>
    protected abstract Task<PasswordVault> OpenAsync();

    [VaultFact]
    public async Task Before_the_first_password_there_is_no_generation()
    {
        var vault = await OpenAsync();

        Assert.Equal(0, await vault.LatestAsync(Acme, Cancel));
        Assert.Empty(await vault.NewestAsync(Cancel));
        Assert.Empty(await vault.ListAsync(Cancel));
        await vault.LookAsync(Cancel);
    }

    [VaultFact]
    public async Task A_new_password_is_a_new_generation_and_the_old_one_stays_readable()
    {
        Assert.Equal(1, await WriteAsync(Acme, 0, "old"));
        Assert.Equal(2, await WriteAsync(Acme, 1, "new"));

        Assert.Equal("old", await ReadAsync(Acme, 1));
        Assert.Equal("new", await ReadAsync(Acme, 2));
        var vault = await OpenAsync();
        Assert.Equal(2, await vault.LatestAsync(Acme, Cancel));
        Assert.Equal(0, await vault.LatestAsync(Globex, Cancel));
    }

    [VaultFact]
    public async Task The_newest_generation_of_each_account_is_told_without_opening_any()
    {
        await WriteAsync(Acme, 0, "old");
        await WriteAsync(Acme, 1, "new");
        await WriteAsync(Globex, 0, "other");
        await FingerprintAsync(Marked); // its key is no account

        var newest = await (await OpenAsync()).NewestAsync(Cancel);

        Assert.Equal(new Dictionary<AccountId, int> { [Acme] = 2, [Globex] = 1 }, newest);
    }

    [VaultFact]
    public async Task Every_secret_that_is_kept_is_told_by_its_name_and_none_that_was_destroyed()
    {
        await WriteAsync(Acme, 0, Marked);
        await WriteAsync(Acme, 1, "second");
        await WriteAsync(Acme, 2, "third");
        await WriteAsync(Globex, 0, "other");
        await FingerprintAsync(Marked); // its key is no password
        await DestroyAsync(Acme, 1);

        var list = await (await OpenAsync()).ListAsync(Cancel);

        Assert.Equal(
            new HashSet<(AccountId?, int)> { (Acme, 2), (Acme, 3), (Globex, 1) },
            [.. list.Select(s => (s.Account, s.Generation))]
        );
        Assert.Equal(3, list.Count);
        Assert.Equal(3, list.Select(s => s.Place).Distinct(StringComparer.Ordinal).Count());
        Assert.All(list, s => Assert.False(s.IsHidden));
        Assert.All(list, s => Assert.DoesNotContain(Marked, s.ToString(), StringComparison.Ordinal));
    }

    [VaultTheory]
    [InlineData(0)]
    [InlineData(2)]
    [Trait("Law", "9")]
    public async Task A_write_that_expects_another_generation_writes_nothing(int expectedLatest)
    {
        await WriteAsync(Acme, 0, "first");

        var lost = await RefusedAsync(() => WriteAsync(Acme, expectedLatest, Marked));

        Assert.Equal(VaultFailure.LostRace, lost.Failure);
        Assert.Equal(1, await (await OpenAsync()).LatestAsync(Acme, Cancel));
        Assert.Equal("first", await ReadAsync(Acme, 1));
    }

    [VaultFact]
    [Trait("Law", "9")]
    public async Task Of_two_that_write_at_once_one_wins_and_what_it_wrote_stands()
    {
        var tries = await Task.WhenAll(TryAsync("one"), TryAsync("other"));

        Assert.Equal(await ReadAsync(Acme, 1), Assert.Single(tries, t => t is not null));
        Assert.Equal(1, await (await OpenAsync()).LatestAsync(Acme, Cancel));

        async Task<string?> TryAsync(string text)
        {
            try
            {
                await WriteAsync(Acme, 0, text);
                return text;
            }
            catch (VaultException lost) when (lost.Failure == VaultFailure.LostRace)
            {
                return null;
            }
        }
    }

    [VaultTheory]
    [InlineData("!@#$%^&*()<>[]{}|_+-=\"\\'`~ äß€\u0001")]
    [InlineData("x")]
    public async Task A_password_comes_out_byte_for_byte(string text)
    {
        await WriteAsync(Acme, 0, text);

        Assert.Equal(text, await ReadAsync(Acme, 1));
    }

    [VaultFact]
    public async Task The_longest_password_of_AWS_fits()
    {
        var text = new string('\u20ac', 128); // three bytes each

        await WriteAsync(Acme, 0, text);

        Assert.Equal(text, await ReadAsync(Acme, 1));
    }

    [VaultFact]
    public async Task A_generation_that_never_was_is_missing()
    {
        await WriteAsync(Acme, 0, Marked);

        Assert.Equal(VaultFailure.Missing, (await RefusedAsync(() => ReadAsync(Acme, 2))).Failure);
        Assert.Equal(VaultFailure.Missing, (await RefusedAsync(() => ReadAsync(Globex, 1))).Failure);
    }

    [VaultFact]
    public async Task A_destroyed_generation_is_gone_and_says_so_and_the_others_stay()
    {
        await WriteAsync(Acme, 0, Marked);
        await WriteAsync(Acme, 1, "second");
        await WriteAsync(Acme, 2, "third");
        await WriteAsync(Globex, 0, "other");

        await DestroyAsync(Acme, 1);

        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync(Acme, 1))).Failure);
        Assert.Equal("second", await ReadAsync(Acme, 2));
        Assert.Equal("third", await ReadAsync(Acme, 3));
        Assert.Equal("other", await ReadAsync(Globex, 1));
    }

    [VaultFact]
    public async Task The_number_of_a_destroyed_generation_is_never_given_again()
    {
        await WriteAsync(Acme, 0, "first");
        await WriteAsync(Acme, 1, "second");

        await DestroyAsync(Acme, 1);

        Assert.Equal(VaultFailure.LostRace, (await RefusedAsync(() => WriteAsync(Acme, 0, Marked))).Failure);
        Assert.Equal(3, await WriteAsync(Acme, 2, "third"));
        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync(Acme, 1))).Failure);
    }

    [VaultFact]
    public async Task To_destroy_twice_is_to_destroy_once()
    {
        await WriteAsync(Acme, 0, "first");
        await WriteAsync(Acme, 1, "second");

        await DestroyAsync(Acme, 1);
        await DestroyAsync(Acme, 1);

        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync(Acme, 1))).Failure);
        Assert.Equal(2, await (await OpenAsync()).LatestAsync(Acme, Cancel));
    }

    [VaultFact]
    public async Task To_destroy_what_never_was_makes_nothing()
    {
        await WriteAsync(Acme, 0, "first");

        await DestroyAsync(Acme, 7);
        await DestroyAsync(Globex, 1);

        Assert.Equal(2, await WriteAsync(Acme, 1, "second"));
        Assert.Equal(1, await WriteAsync(Globex, 0, "other"));
    }

    [VaultFact]
    public async Task An_end_destroys_every_generation_of_one_account_and_no_other_and_gives_no_number_again()
    {
        await WriteAsync(Acme, 0, Marked);
        await WriteAsync(Acme, 1, "second");
        await WriteAsync(Globex, 0, "other");

        Assert.Empty(await (await OpenAsync()).EndAsync(Acme, Cancel));
        Assert.Empty(await (await OpenAsync()).EndAsync(Acme, Cancel));

        foreach (var generation in (int[])[1, 2])
            Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync(Acme, generation))).Failure);
        Assert.Equal("other", await ReadAsync(Globex, 1));
        Assert.Equal([Globex], (await (await OpenAsync()).ListAsync(Cancel)).Select(s => s.Account!.Value));
        Assert.Equal(3, await WriteAsync(Acme, 2, "third"));
    }

    [VaultFact]
    public async Task The_newest_generation_is_never_destroyed()
    {
        await WriteAsync(Acme, 0, "first");
        await WriteAsync(Acme, 1, "second");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DestroyAsync(Acme, 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DestroyAsync(Acme, 0));

        Assert.Equal("second", await ReadAsync(Acme, 2));
    }

    [VaultFact]
    [Trait("Law", "8")]
    public async Task A_password_that_was_read_is_wiped_when_it_is_disposed()
    {
        await WriteAsync(Acme, 0, Marked);
        var read = await (await OpenAsync()).ReadAsync(Acme, 1, Cancel);
        var bytes = read.Bytes;
        var wasThere = bytes.ContainsAnyExcept((byte)0);

        read.Dispose();

        Assert.True(wasThere && !bytes.ContainsAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => read.Bytes.Length);
    }

    [VaultFact]
    public async Task Equal_passwords_have_one_fingerprint_and_others_another_whoever_asks()
    {
        var first = await FingerprintAsync(Marked);

        Assert.Equal(first, await FingerprintAsync(Marked));
        Assert.NotEqual(first, await FingerprintAsync(Marked + "x"));
        Assert.Matches("^[0-9a-f]{64}$", first);
    }

    [VaultFact]
    [Trait("Law", "9")]
    public async Task First_fingerprints_asked_at_once_agree_on_one_key()
    {
        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => FingerprintAsync(Marked)));

        Assert.Single(told.Distinct());
    }

    [VaultFact]
    [Trait("Law", "8")]
    public async Task A_fingerprint_is_no_hash_that_anyone_could_make()
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Marked);

        Assert.NotEqual(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
            await FingerprintAsync(Marked)
        );
    }

    private async Task<int> WriteAsync(AccountId account, int expectedLatest, string text)
    {
        using var password = Secret.OfText(text);
        return await (await OpenAsync()).WriteAsync(account, expectedLatest, password, Cancel);
    }

    private async Task<string> ReadAsync(AccountId account, int generation)
    {
        using var password = await (await OpenAsync()).ReadAsync(account, generation, Cancel);
        return Text(password);
    }

    private async Task DestroyAsync(AccountId account, int generation) =>
        await (await OpenAsync()).DestroyAsync(account, generation, Cancel);

    private async Task<string> FingerprintAsync(string text)
    {
        using var password = Secret.OfText(text);
        return (await (await OpenAsync()).FingerprintAsync(password, Cancel)).Value;
    }

    /// <summary>Every refusal says that nothing was given, and nothing of what is kept (laws 4 and 8).</summary>
    private static async Task<VaultException> RefusedAsync(Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<VaultException>(ask);
        Assert.True(refused.GaveNoHalf);
        Assert.DoesNotContain(Marked, refused.ToString(), StringComparison.Ordinal);
        return refused;
    }
}
