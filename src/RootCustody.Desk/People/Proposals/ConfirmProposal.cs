using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>An administrator confirms a proposal, with a step-up. The second one's confirmation makes it.</summary>
public sealed class ConfirmProposal(CustodyDb db, IStepUp stepUp, Policies policies, Departures departures)
{
    /// <summary>The first step: asks for the step-up, if this person may confirm at all.</summary>
    public Task<Reply> AskAsync(Person person, Click click, ProposalId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                if (await db.Proposals.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } proposal)
                    return new Reply.Said("There is no such proposal.");
                var by = await PersonAsync(person.Id, cancellationToken);
                if (proposal.WhyNotConfirm(by, click.By, db.Now) is { } why)
                    return await RefusedAsync(proposal, by, why, cancellationToken);
                var view = await ProposalView.OfAsync(db, proposal, cancellationToken);
                return new Reply.Asked(ProposalCards.Ask(view, await db.UnableAsync(proposal, cancellationToken)));
            },
            cancellationToken
        );

    /// <summary>The second step: the code was sent.</summary>
    public async Task<Reply> HandleAsync(Person person, Click click, ProposalId id, CancellationToken cancellationToken)
    {
        // asked before, so that what would be refused costs no code
        var before = await AskAsync(person, click, id, cancellationToken);
        if (before is not Reply.Asked asked)
            return before;
        var code = click.Inputs.GetValueOrDefault(ProposalCards.CodeField, "");
        var proof = await stepUp.CheckAsync(person.Id, code, cancellationToken);
        if (proof != StepUpOutcome.Passed)
            return new Reply.Corrected(
                asked.Form,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [ProposalCards.CodeField] = RootCustody.Requests.Sentences.For(proof),
                }
            );
        return await db.DecideAsync(() => ConfirmAsync(person, click, id, cancellationToken), cancellationToken);
    }

    private async Task<Reply> ConfirmAsync(
        Person person,
        Click click,
        ProposalId id,
        CancellationToken cancellationToken
    )
    {
        var proposal = await db.Proposals.SingleAsync(p => p.Id == id, cancellationToken);
        var by = await PersonAsync(person.Id, cancellationToken);
        var first = proposal.First is { } earlier ? await PersonAsync(earlier, cancellationToken) : null;
        var policy = await policies.OfProviderAsync(cancellationToken);
        var draft = proposal.State == ProposalState.Draft;

        var confirming = proposal.Confirm(by, click.By, first, policy, db.Now);

        if (confirming is Confirming.Refused refused)
            return await RefusedAsync(proposal, by, refused.Why, cancellationToken);
        // that both are administrators, and free, has to stay true until the commit (law 9)
        db.Raise(by);
        if (first is not null)
            db.Raise(first);
        if (draft)
            db.Record("change.proposed", by.Id, Proposing.Details(proposal));
        db.Record("change.confirmed", by.Id, Proposing.Details(proposal));
        var reply =
            confirming is Confirming.MakeIt
                ? await MakeAsync(proposal, by, cancellationToken)
                : new Reply.Said(
                    $"{proposal.Name} is confirmed by you. A second administrator has to confirm it too; all of them are asked."
                );
        await db.TellAsync(proposal, cancellationToken);
        return reply;
    }

    private async Task<Reply> MakeAsync(Proposal proposal, Person by, CancellationToken cancellationToken)
    {
        var order = Order.Read(proposal.Order);
        var plan = await order.PlanAsync(db, cancellationToken);
        if (plan is not Plan.Possible possible || possible.Text != proposal.Change)
        {
            var why = plan is Plan.Impossible impossible
                ? impossible.Why
                : "what it would change now is not what was shown to those who confirmed. Propose it again; an import file, import it again.";
            proposal.Fail(why);
            db.Record("change.failed", by.Id, [.. Proposing.Details(proposal), ("why", why)]);
            return new Reply.Said($"{proposal.Name} was not made: {why}");
        }
        possible.Make(db, by.Id.ToString(), proposal.Id);
        await departures.AfterAsync(order, cancellationToken);
        db.Record(
            "change.made",
            by.Id,
            [.. Proposing.Details(proposal), ("first", proposal.First), ("second", proposal.Second)]
        );
        return new Reply.Said(possible.Code is { } code ? HandOver(proposal, code) : $"{proposal.Name} is made.");
    }

    /// <summary>The one place where the code ever stands: the answer to the form of whoever confirmed second.</summary>
    private static string HandOver(Proposal proposal, OneTimeCode code) =>
        $"{proposal.Name} is made. The one-time code: {code.Text} It is shown to you now and never again. Hand it over yourself, by voice or on paper, never by the chat account that it secures. {code.Use} It works once.";

    private async Task<Reply> RefusedAsync(
        Proposal proposal,
        Person by,
        ProposalRefusal why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(
            by.Id,
            "confirmation.refused",
            cancellationToken,
            ("proposal", proposal.Id),
            ("why", why)
        );
        var sentence = ProposalSentences.For(why);
        if (why != ProposalRefusal.Over)
            return new Reply.Said(sentence);
        var card = ProposalCards.For(await ProposalView.OfAsync(db, proposal, cancellationToken));
        return new Reply.Drawn(card with { Lines = [sentence, .. card.Lines] });
    }

    private Task<Person> PersonAsync(PersonId id, CancellationToken cancellationToken) =>
        db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
}
