using System.Security.Cryptography;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Passwords;

/// <summary>The passwords in the embedded store.</summary>
/// <param name="directory">Where the folder <c>passwords</c> and the file <c>password.key</c> lie.</param>
public sealed class SealedPasswordVault(string directory) : PasswordVault, IEmbeddedStore
{
    private const string FingerprintKey = "fingerprints";
    private const int FingerprintKeyLength = 32;

    private readonly SealedFolder folder = new(directory, "passwords", "password.key", "password");

    public SealedUpkeep Upkeep => new(folder);

    public override Task LookAsync(CancellationToken cancellationToken) => folder.LookAsync(cancellationToken);

    public override Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
        folder.NewestAsync<AccountId>(cancellationToken);

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
            await MakeFingerprintKeyAsync(cancellationToken);
        return await folder.ReadAsync(FingerprintKey, 1, cancellationToken);
    }

    private async Task MakeFingerprintKeyAsync(CancellationToken cancellationToken)
    {
        using var made = NewFingerprintKey();
        try
        {
            await folder.WriteAsync(FingerprintKey, 0, made, cancellationToken);
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
}
