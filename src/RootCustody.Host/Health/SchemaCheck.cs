using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Data;

namespace RootCustody.Host.Health;

/// <summary>Whether the database has the schema that this version knows: none missing, and none from a later version.</summary>
internal sealed class SchemaCheck(CustodyDb db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return Finding.Wrong("The schema is not known while the database does not answer.", "See database.");
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Any(name => !known.Remove(name)))
            return Finding.Wrong(
                "The schema is of a later version than this host.",
                "Start the version that wrote it, or a later one."
            );
        return known.Count == 0
            ? HealthCheckResult.Healthy()
            : Finding.Wrong("The schema is older than this host.", "Bring it up to date: db migrate.");
    }
}
