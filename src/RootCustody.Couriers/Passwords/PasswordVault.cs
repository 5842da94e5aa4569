using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Passwords;

/// <summary>The password halves, a version for each generation, in the embedded store. Only the password courier has it (law 7).</summary>
/// <param name="directory">Where the folder <c>passwords</c> and the file <c>password.key</c> lie.</param>
public sealed class PasswordVault(string directory) : IVaultGenerations
{
    private readonly SealedFolder folder = new(directory, "passwords", "password.key", "password");

    Half IVaultGenerations.Half => Half.Password;

    /// <inheritdoc cref="SealedFolder.Look"/>
    public void Look() => folder.Look();

    /// <returns>The newest generation of this account's password, promoted or not; 0 if there is none.</returns>
    public int Latest(AccountId account) =>
        VaultWatch.Around(Half.Password, VaultOperation.Latest, () => folder.Latest(account.ToString()));

    /// <inheritdoc/>
    public IReadOnlyDictionary<AccountId, int> Newest() =>
        folder
            .Newest()
            .Where(of => Id.Read<AccountId>(of.Key) is not null)
            .ToDictionary(of => Id.Read<AccountId>(of.Key)!.Value, of => of.Value);

    /// <exception cref="VaultException">No byte of the password was given.</exception>
    public Task<Secret> ReadAsync(AccountId account, int generation, CancellationToken cancellationToken) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Read,
            () => folder.ReadAsync(account.ToString(), generation, cancellationToken)
        );

    /// <param name="expectedLatest">The newest generation as the caller knows it; 0 for the first.</param>
    /// <returns>The new generation.</returns>
    /// <exception cref="VaultException">Someone else wrote it first, or it could not be written.</exception>
    public Task<int> WriteAsync(
        AccountId account,
        int expectedLatest,
        Secret password,
        CancellationToken cancellationToken
    ) =>
        VaultWatch.AroundAsync(
            Half.Password,
            VaultOperation.Write,
            () => folder.WriteAsync(account.ToString(), expectedLatest, password, cancellationToken)
        );
}
