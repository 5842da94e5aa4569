using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>Closes one proposal whose time is over, and shows it on the cards. May be late: each confirmation asks the clock itself.</summary>
public sealed class ExpireProposal(CustodyDb db)
{
    public Task HandleAsync(ProposalId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var proposal = await db.Proposals.SingleAsync(p => p.Id == id, cancellationToken);
                var draft = proposal.State == ProposalState.Draft;
                if (!proposal.Expire(db.Now))
                    return false;
                if (draft)
                {
                    db.Proposals.Remove(proposal); // nobody but its author ever saw it
                    return true;
                }
                db.Record("change.expired", Recording.System, Proposing.Details(proposal));
                await db.TellAsync(proposal, cancellationToken);
                return true;
            },
            cancellationToken
        );
}
