using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>Finds the proposals whose time is over.</summary>
public sealed class ExpireProposalsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var over = await db
            .Proposals.Where(p =>
                (p.State == ProposalState.Draft || p.State == ProposalState.Waiting) && p.Expires <= now
            )
            .OrderBy(p => p.Expires)
            .Select(p => p.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        await sweep.EachAsync<ExpireProposal, ProposalId>(
            over,
            (expire, id) => expire.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
