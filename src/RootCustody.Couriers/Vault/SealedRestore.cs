namespace RootCustody.Couriers.Vault;

/// <summary>A backup of a sealed folder that was opened, and not put back yet.</summary>
public sealed class SealedRestore : IDisposable
{
    private readonly SealedFolder folder;
    private readonly SealedCopy copy;

    internal SealedRestore(SealedFolder folder, SealedCopy copy) => (this.folder, this.copy) = (folder, copy);

    /// <summary>How many versions it holds, destroyed ones too.</summary>
    public int Versions => copy.Entries.Count;

    /// <returns>The newest version of this name that there will be once the backup is put back.</returns>
    /// <exception cref="VaultException">The folder cannot be read.</exception>
    public async Task<int> NewestOfAsync(string name, CancellationToken cancellationToken) =>
        Math.Max(
            copy.Entries.Where(e => e.Name == name).Select(e => e.Version).DefaultIfEmpty(0).Max(),
            await folder.LatestAsync(name, cancellationToken)
        );

    /// <summary>Puts back what is missing in the folder, and its key if that is missing. What is there stays.</summary>
    /// <param name="lost">By name, the newest versions that are known to have been given. Those that are nowhere are marked as gone, so that their numbers are not given again.</param>
    /// <returns>How many versions were put back.</returns>
    /// <exception cref="VaultException">It was not finished; it can be begun again.</exception>
    public Task<int> PutBackAsync(IReadOnlyDictionary<string, int> lost, CancellationToken cancellationToken) =>
        folder.RestoreAsync(copy, lost, cancellationToken);

    public void Dispose() => copy.Dispose();
}
