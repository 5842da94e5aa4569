using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Opens the windows whose planned start has come, or for which another window had to end first.</summary>
public sealed class OpenWindowsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var due = await db
            .Requests.Where(r => r.State == RequestState.Approved && r.Start <= now && r.AnswerBy > now)
            .OrderBy(r => r.Start)
            .Select(r => r.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        await sweep.EachAsync<OpenWindow, RequestId>(
            due,
            (open, id) => open.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
