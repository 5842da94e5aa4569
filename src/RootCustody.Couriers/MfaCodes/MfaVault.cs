using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA seeds, a version for each generation. A seed goes in once and never comes out: only codes do (law 6). Only the MFA courier has it, with an identity of its own (law 7).</summary>
public abstract class MfaVault : IVaultGenerations
{
    Half IVaultGenerations.Half => Half.Mfa;

    /// <summary>Looks whether the vault could be used. Opens no seed and makes no code.</summary>
    /// <exception cref="VaultException">It could not.</exception>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    /// <returns>The newest generation of this account's seed; 0 if there is none.</returns>
    /// <exception cref="VaultException">The vault cannot be read.</exception>
    public Task<int> LatestAsync(AccountId account, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(Half.Mfa, VaultOperation.Latest, () => FindLatestAsync(account, cancellationToken));

    /// <inheritdoc/>
    public abstract Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSecret>> EndAsync(AccountId account, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync<IReadOnlyList<StoredSecret>>(
            Half.Mfa,
            VaultOperation.Destroy,
            async () =>
            {
                await EraseAsync(account, cancellationToken);
                return [.. (await ListAsync(cancellationToken)).Where(s => s.Account == account)];
            }
        );

    /// <param name="expectedLatest">The newest generation as the caller knows it; 0 for the first.</param>
    /// <param name="seed">The bytes of the key, not their Base32.</param>
    /// <returns>The new generation.</returns>
    /// <exception cref="VaultException">Someone else wrote it first, or it could not be written.</exception>
    public Task<int> SetSeedAsync(
        AccountId account,
        int expectedLatest,
        Secret seed,
        TotpShape shape,
        CancellationToken cancellationToken
    ) =>
        seed.Length is >= SeedText.Shortest and <= SeedText.Longest
            ? VaultWatch.AroundAsync(
                Half.Mfa,
                VaultOperation.Write,
                () => KeepAsync(account, expectedLatest, seed, shape, cancellationToken)
            )
            : throw new ArgumentException("The seed is too short or too long.", nameof(seed));

    /// <summary>Makes the code that counts at this moment.</summary>
    /// <exception cref="VaultException">No code was made.</exception>
    public Task<MfaCode> CodeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        VaultWatch.AroundAsync(
            Half.Mfa,
            VaultOperation.Code,
            () => MakeAsync(account, generation, now, cancellationToken)
        );

    /// <summary>Destroys every seed of this account, or nothing where only operators of the vault may. Idempotent.</summary>
    /// <exception cref="VaultException">Some may be destroyed; it can be tried again.</exception>
    protected abstract Task EraseAsync(AccountId account, CancellationToken cancellationToken);

    /// <inheritdoc cref="LatestAsync"/>
    protected abstract Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken);

    /// <inheritdoc cref="SetSeedAsync"/>
    protected abstract Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret seed,
        TotpShape shape,
        CancellationToken cancellationToken
    );

    /// <inheritdoc cref="CodeAsync"/>
    protected abstract Task<MfaCode> MakeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
