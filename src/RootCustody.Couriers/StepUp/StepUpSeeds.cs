using System.Security.Cryptography;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.StepUp;

/// <summary>The seeds of the persons' own step-up codes (law 15): a third store that gives a new seed once and from then on only validates.</summary>
/// <remarks>A new seed is pending, and the living one counts on, until it has been confirmed.</remarks>
/// <param name="directory">Where the folder <c>stepup</c> and the file <c>stepup.key</c> lie.</param>
public sealed class StepUpSeeds(string directory)
{
    private const int SeedLength = 20; // RFC 4226 recommends 160 bits

    /// <summary>One step back and one ahead: a slow typist, a clock that is a little off (RFC 6238, section 5.2).</summary>
    private const int Around = 1;

    private readonly SealedFolder folder = new(directory, "stepup", "stepup.key", "step-up seed");

    /// <inheritdoc cref="SealedFolder.Look"/>
    public void Look() => folder.Look();

    /// <summary>Whether this person has a seed that counts.</summary>
    public bool Has(PersonId person) => folder.Latest(Living(person)) > 0;

    /// <summary>Makes a new pending seed in place of an earlier pending one.</summary>
    /// <returns>The seed as Base32, to be shown once; it cannot be asked for again.</returns>
    /// <exception cref="VaultException">There is no new seed.</exception>
    public async Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken)
    {
        using var seed = NewSeed();
        var latest = folder.Latest(Pending(person));
        var version = await folder.WriteAsync(Pending(person), latest, seed, cancellationToken);
        folder.Forget(Pending(person), before: version);
        return Text(seed);
    }

    /// <returns>The time step of the code by the pending seed; null if it is not one, or nothing is pending.</returns>
    public Task<long?> MatchPendingAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => MatchAsync(Pending(person), code, now, cancellationToken);

    /// <summary>Makes the pending seed the living one. After a failure it can be called again.</summary>
    /// <exception cref="VaultException"><see cref="VaultFailure.Missing"/>: nothing is pending.</exception>
    public async Task ConfirmAsync(PersonId person, CancellationToken cancellationToken)
    {
        var pending = folder.Latest(Pending(person));
        using var seed = await folder.ReadAsync(Pending(person), pending, cancellationToken);
        var latest = folder.Latest(Living(person));
        var version = await folder.WriteAsync(Living(person), latest, seed, cancellationToken);
        folder.Forget(Living(person), before: version);
        folder.Forget(Pending(person), before: pending + 1);
    }

    /// <returns>The time step that the code belongs to, so that the caller can let it count once; null if it is no code of now.</returns>
    /// <exception cref="VaultException">The code could not be checked.</exception>
    public Task<long?> MatchAsync(
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
        var latest = folder.Latest(name);
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
