using Hangfire;

namespace RootCustody.Desk.Requests;

/// <summary>Once a day the duty managers are told where an emergency would find too few people.</summary>
public sealed class CheckReadinessJob(CheckReadiness readiness)
{
    [AutomaticRetry(Attempts = 0)] // tomorrow is the retry
    [Queue(Queues.Worker)]
    public Task RunAsync(CancellationToken cancellationToken) => readiness.ReportAsync(cancellationToken);
}
