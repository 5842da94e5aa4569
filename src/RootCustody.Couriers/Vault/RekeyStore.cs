using RootCustody.Data;

namespace RootCustody.Couriers.Vault;

/// <summary>An operator gives an embedded store a new key.</summary>
public sealed class RekeyStore(CustodyDb db)
{
    /// <param name="store">What the audit log calls it.</param>
    /// <returns>How many files are sealed under the new key; 0 if nothing was ever put in.</returns>
    /// <exception cref="VaultException">It was not finished; every file still opens. It can be begun again, and goes on.</exception>
    public async Task<int> HandleAsync(
        SealedUpkeep upkeep,
        string store,
        IProgress<(int Done, int Of)>? progress,
        CancellationToken cancellationToken
    )
    {
        await RecordAsync("vault.rekey.begun"); // also when this dies before it has ended
        var files = await upkeep.RekeyAsync(progress, cancellationToken);
        await RecordAsync("vault.rekeyed");
        return files;

        Task<bool> RecordAsync(string what) =>
            db.DecideAsync(
                () =>
                {
                    db.Record(what, Recording.Operator, ("store", store));
                    return Task.FromResult(true);
                },
                CancellationToken.None
            );
    }
}
