using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;

namespace RootCustody.Host.Health;

public static class HealthSetup
{
    /// <summary>The tag of what only a process that serves can tell; <c>doctor</c> leaves it out.</summary>
    internal const string Running = "running";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services, CustodySettings settings)
    {
        services
            .AddSingleton<Serving>()
            .AddHostedService(provider => provider.GetRequiredService<Serving>())
            .AddSingleton<Readiness>();
        var played = settings.Played();
        var checks = services
            .AddHealthChecks()
            .AddCheck<ServingCheck>("serving", tags: [Running], timeout: Patience)
            .AddCheck<DatabaseCheck>("database", timeout: Patience)
            .AddCheck<SchemaCheck>("schema", timeout: Patience)
            .AddCheck<ClockCheck>("clock", timeout: Patience)
            .AddCheck<JobsCheck>("jobs", timeout: Patience)
            .AddVault<StepUpSeeds>("step-up", "step-up seeds", (seeds, stop) => seeds.LookAsync(stop));
        if (settings.Bots().Count > 0)
            checks.AddCheck<OutboxCheck>("outbox", tags: [Running], timeout: Patience);
        if (played.Contains(Role.PasswordCourier))
            checks.AddVault<PasswordVault>("password-vault", "passwords", (vault, stop) => vault.LookAsync(stop));
        if (played.Contains(Role.MfaCourier))
            checks.AddVault<MfaVault>("mfa-vault", "MFA seeds", (vault, stop) => vault.LookAsync(stop));
        if (played.Contains(Role.PasswordCourier) || played.Contains(Role.MfaCourier))
            checks.AddCheck<JournalsCheck>("journals", timeout: Patience);
        if (played.Contains(Role.PasswordCourier) != played.Contains(Role.MfaCourier))
            checks.AddCheck<DiagnosticsCheck>("diagnostics", tags: [Running], timeout: Patience);
        if (played.Any(role => role.QueueOf() is not null))
            checks.AddCheck<SweepsCheck>("sweeps", tags: [Running], timeout: Patience);
        return services;
    }

    /// <summary><c>GET /healthz/live</c>: the process answers. <c>GET /healthz/ready</c>: 200 if it can serve, else 503; each check by its name.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("alive"));
        endpoints.MapGet(
            "/healthz/ready",
            async (HttpContext context, Readiness readiness) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return Answer(await readiness.LookAsync().WaitAsync(context.RequestAborted));
            }
        );
        return endpoints;
    }

    private static IResult Answer(HealthReport report) =>
        Results.Json(
            new
            {
                status = report.Status switch
                {
                    HealthStatus.Healthy => "ready",
                    HealthStatus.Degraded => "degraded",
                    HealthStatus.Unhealthy => "not ready",
                },
                checks = report
                    .Entries.OrderBy(e => e.Key, StringComparer.Ordinal)
                    .Select(e => new
                    {
                        name = e.Key,
                        ok = e.Value.Status == HealthStatus.Healthy,
                        says = e.Value.Status == HealthStatus.Healthy ? "" : Finding.SentenceOf(e.Value),
                    }),
            },
            statusCode: report.Status == HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK
        );

    private static IHealthChecksBuilder AddVault<TVault>(
        this IHealthChecksBuilder checks,
        string name,
        string what,
        Func<TVault, CancellationToken, Task> look
    )
        where TVault : notnull =>
        checks.Add(
            new HealthCheckRegistration(
                name,
                provider => new VaultCheck(what, stop => look(provider.GetRequiredService<TVault>(), stop)),
                failureStatus: null,
                tags: null,
                Patience
            )
        );
}
