using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>What happens to a proposal beside its rule, as part of the transaction (law 10).</summary>
internal static class Proposing
{
    /// <summary>So much of a change goes into an audit entry; the whole stands with the proposal.</summary>
    private const int LongestRecorded = 8_000;

    /// <summary>Proposes what was ordered on the command line. The same change is proposed once.</summary>
    /// <returns>The proposal, and what is said if nobody can confirm it at the moment.</returns>
    public static async Task<(Proposal Proposal, string? Unable)> ProposeAsync(
        this CustodyDb db,
        Order order,
        Plan.Possible plan,
        CancellationToken cancellationToken
    )
    {
        if (await db.SameAsync(plan, cancellationToken) is not { } proposal)
        {
            var policy = await new Policies(db).OfProviderAsync(cancellationToken);
            proposal = Proposal.Ordered(order.Write(), plan.Text, plan.Concerned, policy, db.Now);
            db.Proposals.Add(proposal);
            db.Record("change.proposed", Recording.Operator, Details(proposal));
            await db.TellAsync(proposal, cancellationToken);
        }
        return (proposal, await db.UnableAsync(proposal, cancellationToken));
    }

    /// <summary>The proposal of the same change that waits already, if there is one.</summary>
    public static Task<Proposal?> SameAsync(
        this CustodyDb db,
        Plan.Possible plan,
        CancellationToken cancellationToken
    ) =>
        db
            .Proposals.Where(p => p.State == ProposalState.Waiting && p.Expires > db.Now && p.Change == plan.Text)
            .OrderBy(p => p.Expires)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Says that it takes two, where there are not two who can confirm (law 11).</summary>
    public static async Task<string?> UnableAsync(
        this CustodyDb db,
        Proposal proposal,
        CancellationToken cancellationToken
    )
    {
        var concerned = proposal.Concerned.Select(c => c.Person).ToList();
        var able = await db.CountAbleAsync(concerned, cancellationToken);
        return able >= 2
            ? null
            : $"It takes two administrators with an authenticator whom it is not about. At the moment there {(able == 1 ? "is one" : "is none")}, so it cannot be made.";
    }

    /// <summary>Every administrator has a card that shows how the proposal stands now.</summary>
    public static async Task TellAsync(this CustodyDb db, Proposal proposal, CancellationToken cancellationToken)
    {
        var card = ProposalCards.For(await ProposalView.OfAsync(db, proposal, cancellationToken));
        var places = await db.CardPlaces.Where(p => p.Proposal == proposal.Id).ToListAsync(cancellationToken);
        foreach (var place in places)
            db.Show(place, card);
        if (proposal.State != ProposalState.Waiting)
            return;
        foreach (var administrator in await db.AdministratorsAsync(cancellationToken))
        {
            if (places.All(p => p.Person != administrator.Id))
                db.Ask(proposal.Id, administrator, card);
        }
    }

    public static (string, object?)[] Details(Proposal proposal) =>
        [
            ("proposal", proposal.Id),
            (
                "change",
                proposal.Change.Length <= LongestRecorded ? proposal.Change : proposal.Change[..LongestRecorded] + "…"
            ),
        ];
}
