using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>What came of an order on the command line.</summary>
public abstract record Ordered
{
    private Ordered() { } // closed: these three and no other

    /// <summary>No half is in a vault yet, so it was done at once.</summary>
    /// <param name="Code">What the operator hands over, if there is something.</param>
    public sealed record Made(string Text, OneTimeCode? Code) : Ordered;

    /// <param name="Unable">What is said if nobody can confirm it at the moment.</param>
    public sealed record Proposed(string Name, string Text, string? Unable) : Ordered;

    public sealed record Refused(string Why) : Ordered;
}

/// <summary>Takes an order from the command line: at once before the first half is in a vault, from then on as a proposal.</summary>
public sealed class OrderFromConsole(CustodyDb db)
{
    public Task<Ordered> HandleAsync(Order order, CancellationToken cancellationToken) =>
        db.DecideAsync<Ordered>(
            async () =>
            {
                var plan = await order.PlanAsync(db, cancellationToken);
                if (plan is Plan.Impossible impossible)
                    return new Ordered.Refused(impossible.Why);
                var possible = (Plan.Possible)plan;
                if (await Bootstrap.LastsAsync(db, cancellationToken))
                {
                    possible.Make(db, Recording.Operator, null);
                    return new Ordered.Made(possible.Text, possible.Code);
                }
                var (proposal, unable) = await db.ProposeAsync(order, possible, cancellationToken);
                return new Ordered.Proposed(proposal.Name, possible.Text, unable);
            },
            cancellationToken
        );

    /// <summary>What an operator should know before the first half gets in, for it ends the time in which the command line acts at once.</summary>
    /// <returns>Null if two administrators can confirm what it proposes from then on.</returns>
    public async Task<string?> WarningAsync(CancellationToken cancellationToken) =>
        await db.CountAbleAsync([], cancellationToken) >= 2
            ? null
            : "Once a half is in custody, people are changed only by two administrators who have enrolled an authenticator, and there are not two yet. Import them and let them enrol before anything real gets in; without them you have to begin anew.";

    /// <summary>The proposals that wait, one a line.</summary>
    public async Task<IReadOnlyList<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        var waiting = await db
            .Proposals.AsNoTracking()
            .Where(p => p.State == ProposalState.Waiting && p.Expires > db.Now)
            .OrderBy(p => p.Expires)
            .ToListAsync(cancellationToken);
        return
        [
            .. waiting.Select(p =>
                $"{p.Name} ({(p.First is null ? "nobody has confirmed" : "one has confirmed")}): {p.Change}"
            ),
        ];
    }
}
