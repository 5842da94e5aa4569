using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RootCustody.Host.Health;

/// <summary>Looks at all checks. Whoever asks while it looks gets the same answer, so that a flood of questions costs the database no more than one.</summary>
internal sealed partial class Readiness(HealthCheckService checks, ILogger<Readiness> logger)
{
    private readonly Lock gate = new();
    private Task<HealthReport>? looking;
    private HealthStatus last = HealthStatus.Healthy;

    public Task<HealthReport> LookAsync()
    {
        lock (gate)
        {
            if (looking is null or { IsCompleted: true })
                looking = Task.Run(LookOnceAsync);
            return looking;
        }
    }

    private async Task<HealthReport> LookOnceAsync()
    {
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        if (report.Status != last)
            Tell(report);
        last = report.Status;
        return report;
    }

    private void Tell(HealthReport report)
    {
        if (report.Status == HealthStatus.Healthy)
            Log.Ready(logger);
        foreach (var (name, entry) in report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy))
            Log.NotReady(logger, entry.Exception, name, Finding.SentenceOf(entry));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "All is ready again.")]
        public static partial void Ready(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Not ready, {Check}: {Sentence}")]
        public static partial void NotReady(ILogger logger, Exception? exception, string check, string sentence);
    }
}
