using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The seeds in the embedded store, and the codes made here.</summary>
/// <param name="directory">Where the folder <c>mfa</c> and the file <c>mfa.key</c> lie.</param>
public sealed class SealedMfaVault(string directory) : MfaVault, IEmbeddedStore
{
    private const int ShapeLength = 3;

    private readonly SealedFolder folder = new(directory, "mfa", "mfa.key", "MFA seed");

    public SealedUpkeep Upkeep => new(folder);

    public override Task LookAsync(CancellationToken cancellationToken) => folder.LookAsync(cancellationToken);

    public override Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
        folder.NewestAsync<AccountId>(cancellationToken);

    public override Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
        folder.ListAsync(null, cancellationToken);

    protected override async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var latest = await FindLatestAsync(account, cancellationToken);
        for (var generation = 1; generation <= latest; generation++)
            await folder.EraseAsync(account.ToString(), generation, cancellationToken);
    }

    protected override Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken) =>
        folder.LatestAsync(account.ToString(), cancellationToken);

    protected override async Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret seed,
        TotpShape shape,
        CancellationToken cancellationToken
    )
    {
        using var entry = Pack(seed, shape);
        return await folder.WriteAsync(account.ToString(), expectedLatest, entry, cancellationToken);
    }

    protected override async Task<MfaCode> MakeAsync(
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
