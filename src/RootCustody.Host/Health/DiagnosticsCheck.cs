using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RootCustody.Host.Health;

/// <summary>Whether a courier that runs apart is closed to debuggers, profilers and dumps by the runtime's own door: whoever opens it reads the half of each reveal in memory.</summary>
internal sealed class DiagnosticsCheck : IHealthCheck
{
    private const string Variable = "DOTNET_EnableDiagnostics";

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            Environment.GetEnvironmentVariable(Variable) == "0"
                ? HealthCheckResult.Healthy()
                : Finding.Degraded(
                    "This courier can be debugged by others of its user, who would see halves.",
                    $"Start it with {Variable}=0 in its environment."
                )
        );
}
