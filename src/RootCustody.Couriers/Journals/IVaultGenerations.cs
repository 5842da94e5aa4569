using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Journals;

/// <summary>What a vault knows of generations by itself, without opening anything. Each vault has it for its own half (law 7).</summary>
public interface IVaultGenerations
{
    Half Half { get; }

    /// <summary>The newest generation of each account.</summary>
    /// <exception cref="VaultException">The vault cannot be read.</exception>
    Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken);

    /// <summary>Every secret that is kept, also under names that are none of ours; what was destroyed is not told.</summary>
    /// <exception cref="VaultException">The vault cannot be read.</exception>
    Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Destroys every generation of this account for ever, the newest too, as far as this identity may. Idempotent.</summary>
    /// <returns>What is left there of the account, for operators of the vault to destroy.</returns>
    /// <exception cref="VaultException">Some of it may be destroyed; it can be tried again.</exception>
    Task<IReadOnlyList<StoredSecret>> EndAsync(AccountId account, CancellationToken cancellationToken);
}
