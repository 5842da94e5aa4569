using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.Posture;

/// <summary>Once a night judges every account in custody anew. What is brought in between is judged at once.</summary>
public sealed class ReviewPostureJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next night is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var accounts = await db
            .Accounts.InCustody()
            .OrderBy(a => a.Number)
            .Select(a => a.Id)
            .ToListAsync(cancellationToken);
        await sweep.EachAsync<ReviewPosture, AccountId>(
            accounts,
            (review, id) => review.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
