using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Tests.Couriers;

/// <summary>A vault of seeds in which the courier may destroy nothing.</summary>
internal sealed class StrictVault(params IReadOnlyList<StoredSecret> kept) : IVaultGenerations
{
    public Half Half => Half.Mfa;

    public Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(kept);

    public Task<IReadOnlyList<StoredSecret>> EndAsync(AccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(kept);
}
