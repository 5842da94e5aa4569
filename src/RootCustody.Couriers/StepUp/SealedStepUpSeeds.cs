using System.Security.Cryptography;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.StepUp;

/// <summary>The step-up seeds in the embedded store.</summary>
/// <param name="directory">Where the folder <c>stepup</c> and the file <c>stepup.key</c> lie.</param>
public sealed class SealedStepUpSeeds(string directory) : StepUpSeeds, IEmbeddedStore
{
    private const int SeedLength = 20; // RFC 4226 recommends 160 bits

    /// <summary>One step back and one ahead: a slow typist, a clock that is a little off (RFC 6238, section 5.2).</summary>
    private const int Around = 1;

    private readonly SealedFolder folder = new(directory, "stepup", "stepup.key", "step-up seed");

    public SealedUpkeep Upkeep => new(folder);

    public override Task LookAsync(CancellationToken cancellationToken) => folder.LookAsync(cancellationToken);

    public override async Task<bool> HasAsync(PersonId person, CancellationToken cancellationToken) =>
        await folder.LatestAsync(Living(person), cancellationToken) > 0;

    public override async Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken)
    {
        using var seed = NewSeed();
        var latest = await folder.LatestAsync(Pending(person), cancellationToken);
        var version = await folder.WriteAsync(Pending(person), latest, seed, cancellationToken);
        await folder.ForgetAsync(Pending(person), before: version, cancellationToken);
        return Text(seed);
    }

    public override Task<long?> MatchPendingAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => MatchAsync(Pending(person), code, now, cancellationToken);

    public override async Task ConfirmAsync(PersonId person, CancellationToken cancellationToken)
    {
        var pending = await folder.LatestAsync(Pending(person), cancellationToken);
        using var seed = await folder.ReadAsync(Pending(person), pending, cancellationToken);
        var latest = await folder.LatestAsync(Living(person), cancellationToken);
        var version = await folder.WriteAsync(Living(person), latest, seed, cancellationToken);
        await folder.ForgetAsync(Living(person), before: version, cancellationToken);
        await folder.ForgetAsync(Pending(person), before: pending + 1, cancellationToken);
    }

    public override Task<long?> MatchAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => MatchAsync(Living(person), code, now, cancellationToken);

    private async Task<long?> MatchAsync(
        string name,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var latest = await folder.LatestAsync(name, cancellationToken);
        if (latest == 0)
            return null;
        using var seed = await folder.ReadAsync(name, latest, cancellationToken);
        return TotpCodes.StepOf(seed, TotpShape.Usual, code, now, Around);
    }

    private static Secret NewSeed()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        return Secret.Take(seed);
    }

    private static Secret Text(Secret seed)
    {
        Span<byte> letters = stackalloc byte[SeedLength / 5 * 8];
        Base32.Encode(seed.Bytes, letters);
        return Secret.Take(letters);
    }

    private static string Living(PersonId person) => person.ToString();

    private static string Pending(PersonId person) => $"{person}-pending";
}
