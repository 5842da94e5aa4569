using System.Security.Cryptography;
using RootCustody.Accounts;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Passwords;

/// <summary>The password halves, a version for each generation. Only the password courier has it, with an identity of its own (law 7).</summary>
public abstract class PasswordVault : IVaultGenerations
{
    private const int FingerprintKeyLength = 32;

    Half IVaultGenerations.Half => Half.Password;

    /// <summary>Looks whether the vault could be used. Opens no password.</summary>
    /// <exception cref="VaultException">It could not.</exception>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    /// <returns>The newest generation of this account's password, promoted or not; 0 if there is none.</returns>
    /// <exception cref="VaultException">The vault cannot be read.</exception>
    public Task<int> LatestAsync(AccountId account, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(Half.Password, VaultOperation.Latest, () => FindLatestAsync(account, cancellationToken));

    /// <inheritdoc/>
    public abstract Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken);

    /// <exception cref="VaultException">No byte of the password was given.</exception>
    public Task<Secret> ReadAsync(AccountId account, int generation, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Read,
            () => OpenAsync(account, generation, cancellationToken)
        );

    /// <param name="expectedLatest">The newest generation as the caller knows it; 0 for the first.</param>
    /// <returns>The new generation.</returns>
    /// <exception cref="VaultException">Someone else wrote it first, or it could not be written.</exception>
    public Task<int> WriteAsync(
        AccountId account,
        int expectedLatest,
        Secret password,
        CancellationToken cancellationToken
    ) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Write,
            () => KeepAsync(account, expectedLatest, password, cancellationToken)
        );

    /// <summary>The bytes of an old generation are gone for ever, and its number is never given again. Idempotent; a generation that never was stays so.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is the newest one, which is never destroyed.</exception>
    /// <exception cref="VaultException">It may be destroyed or not; it can be tried again.</exception>
    public Task DestroyAsync(AccountId account, int generation, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Destroy,
            async () =>
            {
                var latest = await FindLatestAsync(account, cancellationToken);
                ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
                ArgumentOutOfRangeException.ThrowIfEqual(generation, latest);
                if (generation < latest)
                    await EraseAsync(account, generation, cancellationToken);
                return latest;
            }
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSecret>> EndAsync(AccountId account, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync<IReadOnlyList<StoredSecret>>(
            Half.Password,
            VaultOperation.Destroy,
            async () =>
            {
                var latest = await FindLatestAsync(account, cancellationToken);
                for (var generation = 1; generation <= latest; generation++)
                    await EraseAsync(account, generation, cancellationToken);
                return [.. (await ListAsync(cancellationToken)).Where(s => s.Account == account)];
            }
        );

    /// <summary>By which two passwords are known as the same without either being known: HMAC-SHA-256 (RFC 2104) under a key that never leaves this vault.</summary>
    /// <exception cref="VaultException">The vault could not give its key.</exception>
    public Task<Fingerprint> FingerprintAsync(Secret password, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Fingerprint,
            async () =>
            {
                using var key = await FingerprintKeyAsync(cancellationToken);
                return Fingerprint.Of(HMACSHA256.HashData(key.Bytes, password.Bytes));
            }
        );

    /// <returns>32 random bytes: made once, with check-and-set, and the same ever after.</returns>
    /// <exception cref="VaultException">There is no key.</exception>
    protected abstract Task<Secret> FingerprintKeyAsync(CancellationToken cancellationToken);

    /// <summary>Makes the key of the fingerprints and keeps it, once: of several writers the first wins.</summary>
    /// <param name="keep">Writes it with check-and-set.</param>
    protected static async Task MakeFingerprintKeyAsync(Func<Secret, Task> keep)
    {
        using var made = NewFingerprintKey();
        try
        {
            await keep(made);
        }
        catch (VaultException lost) when (lost.Failure == VaultFailure.LostRace)
        {
            // theirs is the key
        }
    }

    private static Secret NewFingerprintKey()
    {
        Span<byte> made = stackalloc byte[FingerprintKeyLength];
        RandomNumberGenerator.Fill(made);
        return Secret.Take(made);
    }

    /// <summary>Destroys a generation. Idempotent.</summary>
    /// <exception cref="VaultException">It may be destroyed or not; it can be tried again.</exception>
    protected abstract Task EraseAsync(AccountId account, int generation, CancellationToken cancellationToken);

    /// <inheritdoc cref="LatestAsync"/>
    protected abstract Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken);

    /// <inheritdoc cref="ReadAsync"/>
    protected abstract Task<Secret> OpenAsync(AccountId account, int generation, CancellationToken cancellationToken);

    /// <inheritdoc cref="WriteAsync"/>
    protected abstract Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret password,
        CancellationToken cancellationToken
    );
}
