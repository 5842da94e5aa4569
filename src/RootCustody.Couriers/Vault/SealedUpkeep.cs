namespace RootCustody.Couriers.Vault;

/// <summary>A vault that lies in a sealed folder of ours.</summary>
public interface IEmbeddedStore
{
    SealedUpkeep Upkeep { get; }
}

/// <summary>What an operator does to a sealed folder as a whole. It gives no secret away, which the folder itself could.</summary>
public sealed class SealedUpkeep
{
    private readonly SealedFolder folder;

    internal SealedUpkeep(SealedFolder folder) => this.folder = folder;

    /// <inheritdoc cref="SealedFolder.RekeyAsync"/>
    public Task<int> RekeyAsync(IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken) =>
        folder.RekeyAsync(progress, cancellationToken);

    /// <inheritdoc cref="SealedFolder.BackUpAsync"/>
    public Task<(byte[] File, int Versions)?> BackUpAsync(Secret passphrase, CancellationToken cancellationToken) =>
        folder.BackUpAsync(passphrase, cancellationToken);

    /// <inheritdoc cref="SealedFolder.OpenBackupAsync"/>
    public Task<SealedRestore> OpenBackupAsync(Secret passphrase, byte[] file, CancellationToken cancellationToken) =>
        folder.OpenBackupAsync(passphrase, file, cancellationToken);
}
