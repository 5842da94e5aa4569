using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Ends the requests whose time is over. May be late: every reveal asks the clock itself (law 5).</summary>
public sealed class CloseRequestsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var over = await db
            .Requests.Where(r =>
                (r.State == RequestState.Open && r.Closes <= now)
                || ((r.State == RequestState.Asked || r.State == RequestState.Approved) && r.AnswerBy <= now)
            )
            .OrderBy(r => r.AnswerBy)
            .Select(r => r.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        await sweep.EachAsync<ExpireRequest, RequestId>(
            over,
            (expire, id) => expire.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
