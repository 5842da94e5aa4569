using Hangfire.Server;
using RootCustody.Data;

namespace RootCustody.Host.Jobs;

/// <summary>Sees each job begin and end: measures it, and keeps when it last ended well.</summary>
internal sealed class WatchJobs(TimeProvider clock) : IServerFilter
{
    private const string Measured = "rootcustody:measured";

    public void OnPerforming(PerformingContext context)
    {
        var job = context.BackgroundJob;
        var name = JobRuns.NameOf(job.Job);
        context.Items[Measured] = Telemetry.Job(name);
        // an alarm is made long before its time; a recurring job at its time
        if (context.GetJobParameter<string>("RecurringJobId") is not null)
            Telemetry.Lag(name, Waited(job.CreatedAt));
    }

    public void OnPerformed(PerformedContext context)
    {
        var isHandedBack = context.Canceled || context.Exception is OperationCanceledException;
        if (context.Items.TryGetValue(Measured, out var item) && item is Telemetry.Measured measured)
        {
            if (isHandedBack)
                measured.Outcome = "HandedBack";
            else if (context.Exception is null)
                measured.Outcome = "Done";
            measured.Dispose();
        }
        if (context.Exception is null && !isHandedBack)
            JobRuns.Ended(context.Connection, context.BackgroundJob.Job, clock.GetUtcNow());
    }

    private TimeSpan Waited(DateTime since)
    {
        var waited = clock.GetUtcNow() - new DateTimeOffset(since, TimeSpan.Zero);
        return waited > TimeSpan.Zero ? waited : TimeSpan.Zero; // two clocks
    }
}
