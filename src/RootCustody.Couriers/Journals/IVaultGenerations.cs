namespace RootCustody.Couriers.Journals;

/// <summary>What a vault knows of generations by itself, without opening anything. Each vault has it for its own half (law 7).</summary>
public interface IVaultGenerations
{
    Half Half { get; }

    /// <summary>The newest generation of each account.</summary>
    /// <exception cref="Vault.VaultException">The vault cannot be read.</exception>
    Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken);
}
