using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.StepUp;

/// <summary>The seeds of the persons' own step-up codes (law 15): a third store that gives a new seed once and from then on only validates.</summary>
/// <remarks>A new seed is pending, and the living one counts on, until it has been confirmed.</remarks>
public abstract class StepUpSeeds
{
    /// <summary>Looks whether the store could be used. Opens no seed.</summary>
    /// <exception cref="VaultException">It could not.</exception>
    public abstract Task LookAsync(CancellationToken cancellationToken);

    /// <summary>Whether this person has a seed that counts.</summary>
    public abstract Task<bool> HasAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Makes a new pending seed in place of an earlier pending one.</summary>
    /// <returns>The seed as Base32, to be shown once; it cannot be asked for again.</returns>
    /// <exception cref="VaultException">There is no new seed.</exception>
    public abstract Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken);

    /// <returns>The time step of the code by the pending seed; null if it is not one, or nothing is pending.</returns>
    /// <exception cref="VaultException">The code could not be checked.</exception>
    public abstract Task<long?> MatchPendingAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Makes the pending seed the living one. After a failure it can be called again.</summary>
    /// <exception cref="VaultException"><see cref="VaultFailure.Missing"/>: nothing is pending.</exception>
    public abstract Task ConfirmAsync(PersonId person, CancellationToken cancellationToken);

    /// <returns>The time step that the code belongs to, so that the caller can let it count once; null if it is no code of now.</returns>
    /// <exception cref="VaultException">The code could not be checked.</exception>
    public abstract Task<long?> MatchAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
