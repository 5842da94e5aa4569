using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RootCustody.Host.Health;

/// <summary>A process that stops says so first of all, while it still answers what comes.</summary>
internal sealed class ServingCheck(Serving serving) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            serving switch
            {
                { IsEnding: true } => Finding.Wrong("This process is about to stop.", "Start it again."),
                { Since: null } => Finding.Wrong("This process has not started yet.", "Wait a moment."),
                _ => HealthCheckResult.Healthy(),
            }
        );
}
