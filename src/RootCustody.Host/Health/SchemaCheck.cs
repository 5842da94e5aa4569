using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Host.Health;

/// <summary>Whether the database has the schema that this version knows: nothing missing, and nothing from another version.</summary>
internal sealed class SchemaCheck(CustodyDb db, Schema schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
            return Finding.Wrong("The schema is not known while the database does not answer.", "See database.");
        var status = await schema.StatusAsync(cancellationToken);
        return status.WhyNotServe is { } why
            ? Finding.Wrong("The database does not have the schema of this version.", why)
            : HealthCheckResult.Healthy();
    }
}
