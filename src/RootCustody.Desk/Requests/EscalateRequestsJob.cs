using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.Requests;

/// <summary>Finds the requests of which a step of the escalation is due.</summary>
public sealed class EscalateRequestsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var due = await db
            .Requests.Where(r => EF.Property<DateTimeOffset?>(r, CustodyDb.StepDueAt) <= now)
            .OrderBy(r => EF.Property<DateTimeOffset?>(r, CustodyDb.StepDueAt))
            .Select(r => r.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        await sweep.EachAsync<EscalateRequest, RequestId>(
            due,
            (step, id) => step.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
