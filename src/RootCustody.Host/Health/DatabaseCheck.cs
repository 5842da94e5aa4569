using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Data;

namespace RootCustody.Host.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(CustodyDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : Finding.Wrong(
                "The database does not answer, or is not there.",
                "Start it, or correct RootCustody:DataDirectory or RootCustody:Database; the first start of the host makes the file of SQLite."
            );
}
