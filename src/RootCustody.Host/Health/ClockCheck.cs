using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Host.Health;

/// <summary>Whether the time can be trusted enough to show a half (law 11).</summary>
internal sealed class ClockCheck(DatabaseTime time, CustodyDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (time.Skew is null)
            await time.LookAsync(db, cancellationToken); // nobody has looked yet: doctor
        return time.Doubt is { } doubt
            ? Finding.Degraded(doubt, "Until then no half is shown; all else goes on.")
            : HealthCheckResult.Healthy();
    }
}
