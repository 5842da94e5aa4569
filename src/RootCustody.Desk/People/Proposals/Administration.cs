using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>Everything that administrators type and press.</summary>
public sealed class Administration(CustodyDb db, ConfirmProposal confirm, RejectProposal reject)
{
    private const int MostShown = 5;

    private static readonly AdminWords Words = new();

    public async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits, Id.Read<ProposalId>(click.Subject)) switch
        {
            (Actions.Agree, false, { } id) => await confirm.AskAsync(person, click, id, cancellationToken),
            (Actions.Agree, true, { } id) => await confirm.HandleAsync(person, click, id, cancellationToken),
            (Actions.Reject, _, { } id) => await reject.HandleAsync(person, click, id, cancellationToken),
            (Actions.Admin, _, _) => person.IsAdministrator
                ? await HearAsync(person, click, cancellationToken)
                : new Reply.Said(ProposalSentences.For(ProposalRefusal.NotAnAdministrator)),
            _ => new Reply.Said("There is no such proposal."),
        };

    private async Task<Reply> HearAsync(Person person, Click click, CancellationToken cancellationToken) =>
        Words.Hear(click.Inputs.GetValueOrDefault("text", "")) switch
        {
            Heard.Wants wants => await DraftAsync(person, click, wants.Order, cancellationToken),
            Heard.WantsList => await ListAsync(cancellationToken),
            Heard.Unclear unclear => new Reply.Drawn(Help(unclear.Why)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Keeps what was typed for the step-up of whoever typed it, which is their confirmation.</summary>
    private async Task<Reply> DraftAsync(Person person, Click click, Order order, CancellationToken cancellationToken)
    {
        var (id, why) = await db.DecideAsync<(ProposalId?, string?)>(
            async () =>
            {
                switch (await order.PlanAsync(db, cancellationToken))
                {
                    case Plan.Impossible impossible:
                        return (null, impossible.Why);
                    case Plan.Possible possible:
                        if (await db.SameAsync(possible, cancellationToken) is { } same)
                            return (same.Id, null);
                        var draft = Proposal.Draft(order.Write(), possible.Text, possible.Concerned, person.Id, db.Now);
                        db.Proposals.Add(draft);
                        return (draft.Id, null);
                    default:
                        throw new System.Diagnostics.UnreachableException();
                }
            },
            cancellationToken
        );
        return id is { } proposal
            ? await confirm.AskAsync(person, click, proposal, cancellationToken)
            : new Reply.Said(why!);
    }

    private async Task<Reply> ListAsync(CancellationToken cancellationToken)
    {
        var waiting = await db
            .Proposals.AsNoTracking()
            .Where(p => p.State == ProposalState.Waiting && p.Expires > db.Now)
            .OrderBy(p => p.Expires)
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0)
            return new Reply.Said("No proposal waits.");
        var facts = new List<Fact>();
        foreach (var proposal in waiting.Take(MostShown))
        {
            var view = await ProposalView.OfAsync(db, proposal, cancellationToken);
            facts.Add(new Fact($"{proposal.Name} {ProposalCards.StateOf(view)}", view.Lines[0]));
        }
        return new Reply.Drawn(
            new Card(
                "Proposals that wait",
                waiting.Count > MostShown ? [$"{waiting.Count} wait; these end first."] : [],
                facts,
                [
                    .. waiting
                        .Take(MostShown)
                        .Select(p => new Choice(Actions.Agree, $"Confirm {p.Name}", p.Id.ToString())),
                ]
            )
        );
    }

    private static Card Help(IReadOnlyList<string> why) =>
        new(
            "What administrators can type after admin",
            [
                .. why,
                .. Words.Usages,
                "Each change is made once two administrators have confirmed it with their authenticators; typing it is the first of the two.",
            ],
            [],
            []
        );
}
