using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Passwords;

/// <summary>The passwords in the embedded store.</summary>
/// <param name="directory">Where the folder <c>passwords</c> and the file <c>password.key</c> lie.</param>
public sealed class SealedPasswordVault(string directory) : PasswordVault, IEmbeddedStore
{
    private const string FingerprintKey = "fingerprints";

    private readonly SealedFolder folder = new(directory, "passwords", "password.key", "password");

    public SealedUpkeep Upkeep => new(folder);

    public override Task LookAsync(CancellationToken cancellationToken) => folder.LookAsync(cancellationToken);

    public override Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
        folder.NewestAsync<AccountId>(cancellationToken);

    public override Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
        folder.ListAsync(FingerprintKey, cancellationToken);

    protected override Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken) =>
        folder.LatestAsync(account.ToString(), cancellationToken);

    protected override Task<Secret> OpenAsync(AccountId account, int generation, CancellationToken cancellationToken) =>
        folder.ReadAsync(account.ToString(), generation, cancellationToken);

    protected override Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret password,
        CancellationToken cancellationToken
    ) => folder.WriteAsync(account.ToString(), expectedLatest, password, cancellationToken);

    protected override Task EraseAsync(AccountId account, int generation, CancellationToken cancellationToken) =>
        folder.EraseAsync(account.ToString(), generation, cancellationToken);

    protected override async Task<Secret> FingerprintKeyAsync(CancellationToken cancellationToken)
    {
        if (await folder.LatestAsync(FingerprintKey, cancellationToken) == 0)
            await MakeFingerprintKeyAsync(made => folder.WriteAsync(FingerprintKey, 0, made, cancellationToken));
        return await folder.ReadAsync(FingerprintKey, 1, cancellationToken);
    }
}
