using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Couriers.Vault;

namespace RootCustody.Host.Health;

/// <summary>Whether a vault that this process uses could give something. It opens no secret.</summary>
/// <param name="what">What lies in it.</param>
internal sealed class VaultCheck(string what, Func<CancellationToken, Task> look) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await look(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (VaultException refused)
        {
            return Finding.Wrong($"The vault of {what} {Word(refused.Failure)}.", refused.Message);
        }
    }

    private static string Word(VaultFailure failure) =>
        failure switch
        {
            VaultFailure.Missing or VaultFailure.Destroyed or VaultFailure.Behind => "lacks something",
            VaultFailure.Damaged => "is damaged",
            VaultFailure.KeyMissing => "has lost its key",
            VaultFailure.NotJournaled => "has a journal that cannot be used",
            VaultFailure.DatabaseBehind => "knows more than the database",
            VaultFailure.Unreachable or VaultFailure.LostRace or VaultFailure.GivenToAnother => "cannot be used",
            VaultFailure.ClockOff => "has a clock that runs off",
            VaultFailure.Sealed => "is sealed",
            VaultFailure.NotInitialised => "is not initialised",
            VaultFailure.Throttled => "was asked too often",
            VaultFailure.Denied => "does not let this process in",
            VaultFailure.TooWide => "lets this process do too much, so it is not used",
            VaultFailure.Tampered => "was meddled with: what was delivered to this process is not what was sent",
            VaultFailure.Faulty => "fails within",
            VaultFailure.Misconfigured => "is not set up as it has to be",
        };
}
