using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA seeds, a version for each generation, in the embedded store. A seed goes in once and never comes out: only codes do (law 6). Only the MFA courier has it (law 7).</summary>
/// <param name="directory">Where the folder <c>mfa</c> and the file <c>mfa.key</c> lie.</param>
public sealed class MfaVault(string directory) : IVaultGenerations
{
    private const int ShapeLength = 3;

    private readonly SealedFolder folder = new(directory, "mfa", "mfa.key", "MFA seed");

    Half IVaultGenerations.Half => Half.Mfa;

    /// <inheritdoc cref="SealedFolder.Look"/>
    public void Look() => folder.Look();

    /// <returns>The newest generation of this account's seed; 0 if there is none.</returns>
    public int Latest(AccountId account) =>
        VaultWatch.Around(Half.Mfa, VaultOperation.Latest, () => folder.Latest(account.ToString()));

    /// <inheritdoc/>
    public IReadOnlyDictionary<AccountId, int> Newest() =>
        folder
            .Newest()
            .Where(of => Id.Read<AccountId>(of.Key) is not null)
            .ToDictionary(of => Id.Read<AccountId>(of.Key)!.Value, of => of.Value);

    /// <param name="expectedLatest">The newest generation as the caller knows it; 0 for the first.</param>
    /// <param name="seed">The bytes of the key, not their Base32.</param>
    /// <returns>The new generation.</returns>
    /// <exception cref="VaultException">Someone else wrote it first, or it could not be written.</exception>
    public async Task<int> SetSeedAsync(
        AccountId account,
        int expectedLatest,
        Secret seed,
        TotpShape shape,
        CancellationToken cancellationToken
    )
    {
        using var entry = Pack(seed, shape);
        return await VaultWatch.AroundAsync(
            Half.Mfa,
            VaultOperation.Write,
            () => folder.WriteAsync(account.ToString(), expectedLatest, entry, cancellationToken)
        );
    }

    /// <summary>Makes the code that counts at this moment.</summary>
    /// <exception cref="VaultException">No code was made.</exception>
    public Task<MfaCode> CodeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        VaultWatch.AroundAsync(
            Half.Mfa,
            VaultOperation.Code,
            () => MakeAsync(account, generation, now, cancellationToken)
        );

    private async Task<MfaCode> MakeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        using var entry = await folder.ReadAsync(account.ToString(), generation, cancellationToken);
        using var seed = Unpack(entry, out var shape);
        var step = shape.StepAt(now);
        return new MfaCode(TotpCodes.Of(seed, shape, step), shape.EndOf(step));
    }

    private static Secret Pack(Secret seed, TotpShape shape)
    {
        if (seed.Length is < SeedText.Shortest or > SeedText.Longest)
            throw new ArgumentException("The seed is too short or too long.", nameof(seed));
        Span<byte> entry = stackalloc byte[ShapeLength + seed.Length];
        entry[0] = checked((byte)shape.Digits);
        entry[1] = checked((byte)shape.Period.TotalSeconds);
        entry[2] = checked((byte)shape.Algorithm);
        seed.Bytes.CopyTo(entry[ShapeLength..]);
        return Secret.Take(entry);
    }

    private static Secret Unpack(Secret entry, out TotpShape shape)
    {
        shape = new TotpShape(entry.Bytes[0], TimeSpan.FromSeconds(entry.Bytes[1]), (TotpAlgorithm)entry.Bytes[2]);
        Span<byte> seed = stackalloc byte[entry.Length - ShapeLength];
        entry.Bytes[ShapeLength..].CopyTo(seed);
        return Secret.Take(seed);
    }
}
