namespace RootCustody.Couriers.Vault;

public sealed partial class SealedFolder
{
    /// <summary>What is kept here; what was destroyed is not. Opens no secret.</summary>
    /// <param name="ours">A name that is of no account, and is not told.</param>
    /// <exception cref="VaultException">The folder cannot be read.</exception>
    public Task<IReadOnlyList<StoredSecret>> ListAsync(string? ours, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
                Try<IReadOnlyList<StoredSecret>>(() =>
                    [
                        .. Files("*")
                            .Where(file => NameIn(file) != ours && !IsTombstone(file))
                            .Order(StringComparer.Ordinal)
                            .Select(Stored),
                    ]
                ),
            cancellationToken
        );

    private StoredSecret Stored(string file)
    {
        var place = $"{folder}/{Path.GetFileName(file)}";
        return Id.Read<AccountId>(NameIn(file)) is { } account && VersionIn(file) is { } version
            ? new StoredSecret(account, version, place)
            : new StoredSecret(null, 0, place);
    }

    private static bool IsTombstone(string file) =>
        new FileInfo(file) is { Exists: true, Length: var length }
        && length == Tombstone.Content.Length
        && Tombstone.Is(File.ReadAllBytes(file));
}
