using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Couriers.Journals;
using RootCustody.Data;

namespace RootCustody.Host.Health;

/// <summary>Whether the couriers of this process remember more than the database does: it was put back to an older state, and no half is shown.</summary>
internal sealed class JournalsCheck(CustodyDb db, FindLost lost) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return Finding.Degraded("Nothing can be compared while the database does not answer.", "See database.");
        return (await lost.SentencesAsync(cancellationToken)).Count is > 0 and var count
            ? Finding.Degraded(
                $"Couriers remember {count} things that the database does not know.",
                "No half is shown until they are booked again. Run: lost, then lost --record."
            )
            : HealthCheckResult.Healthy();
    }
}
