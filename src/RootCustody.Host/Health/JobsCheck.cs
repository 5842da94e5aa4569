using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RootCustody.Host.Health;

/// <summary>Whether the storage of the jobs answers.</summary>
/// <param name="services">Gives the storage, which asks the database as soon as it is made.</param>
internal sealed class JobsCheck(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            // Hangfire has no asynchronous form of this
            await Task.Run(
                    () => services.GetRequiredService<JobStorage>().GetMonitoringApi().Servers(),
                    cancellationToken
                )
                .WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // each storage has exceptions of its own, and none may be shown
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Finding.Wrong(
                "The storage of the jobs does not answer.",
                "It lies in the database of the host: see database, and the rights of its user on the schema of Hangfire."
            );
        }
    }
}
