using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>An administrator rejects a proposal. Nothing is changed by it, so no step-up is asked for.</summary>
public sealed class RejectProposal(CustodyDb db)
{
    public Task<Reply> HandleAsync(Person person, Click click, ProposalId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                if (await db.Proposals.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } proposal)
                    return new Reply.Said("There is no such proposal.");
                var by = await db
                    .People.Include(p => p.Identities)
                    .SingleAsync(p => p.Id == person.Id, cancellationToken);

                var refused = proposal.Reject(by, click.By, db.Now);

                if (refused is { } why)
                {
                    await db.RefusedAsync(
                        by.Id,
                        "rejection.refused",
                        cancellationToken,
                        ("proposal", id),
                        ("why", why)
                    );
                    if (why != ProposalRefusal.Over)
                        return new Reply.Said(ProposalSentences.For(why));
                }
                else
                {
                    db.Raise(by);
                    db.Record("change.rejected", by.Id, Proposing.Details(proposal));
                    await db.TellAsync(proposal, cancellationToken);
                }
                return new Reply.Drawn(ProposalCards.For(await ProposalView.OfAsync(db, proposal, cancellationToken)));
            },
            cancellationToken
        );
}
