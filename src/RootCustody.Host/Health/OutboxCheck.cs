using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Chat;
using RootCustody.Data.Chat;

namespace RootCustody.Host.Health;

/// <summary>Whether the loops of the outbox get through it.</summary>
internal sealed class OutboxCheck(OutboxPulse pulse, Serving serving, TimeProvider clock) : IHealthCheck
{
    /// <summary>A whole batch to a platform that hangs takes most of this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var now = clock.GetUtcNow();
        var still = Enum.GetValues<ChatPlatform>()
            .Where(platform => now - (pulse.LastOf(platform) ?? serving.Since ?? now) > Longest)
            .ToList();
        return Task.FromResult(
            still.Count == 0
                ? HealthCheckResult.Healthy()
                : Finding.Wrong(
                    $"Nothing of the outbox has been sent for a while to {string.Join(" and ", still)}.",
                    "The log of the host says why; a restart loses nothing."
                )
        );
    }
}
