using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Host.Jobs;

namespace RootCustody.Host.Health;

/// <summary>Whether the sweeps of the roles that this process plays are run, by it or by another. Clicks are answered rightly without them (law 5), but nobody is told and nobody is called.</summary>
/// <inheritdoc cref="JobsCheck"/>
internal sealed class SweepsCheck(
    IServiceProvider services,
    CustodySettings settings,
    Serving serving,
    TimeProvider clock
) : IHealthCheck
{
    /// <summary>They come every 15 s.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var now = clock.GetUtcNow();
        var ran = await Task.Run(() => JobRuns.LastOf(services.GetRequiredService<JobStorage>()), cancellationToken)
            .WaitAsync(cancellationToken);
        var late = JobRuns
            .Expected(settings.Played())
            .Where(name => now - Newest(ran.GetValueOrDefault(name), serving.Since ?? now) > Longest)
            .ToList();
        return late.Count == 0
            ? HealthCheckResult.Healthy()
            : Finding.Degraded(
                $"Not run for too long: {string.Join(", ", late)}.",
                "Start a process with the role worker (for TidyExposures the courier), or look into the log of the one that runs."
            );
    }

    /// <summary>A host that just came up after an outage has its first minutes.</summary>
    private static DateTimeOffset Newest(DateTimeOffset ran, DateTimeOffset since) => ran > since ? ran : since;
}
