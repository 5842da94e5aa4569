using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>The requester changes what is asked for, before the last approval. Approvals given are void, and the cards say so.</summary>
public sealed class EditRequest(CustodyDb db, Policies policies)
{
    public Task<Reply> AskAsync(Person person, RequestId id, ChatUser through, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not { } found)
                    return new Reply.Said("There is no such request.");
                var by = await db.StandingAsync(person.Id, found.Account, cancellationToken, through);
                return Editing.WhyNot(found.Request, by, db.Now) is { } why
                    ? new Reply.Said(Sentences.For(why))
                    : new Reply.Asked(
                        RequestForm.Edit(
                            found.Request,
                            found.Account,
                            await policies.OfAsync(found.Account, cancellationToken)
                        )
                    );
            },
            cancellationToken
        );

    public Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not { } found)
                    return new Reply.Said("There is no such request.");
                var (request, account) = found;
                var by = await db.StandingAsync(person.Id, account, cancellationToken, click.By);
                var policy = await policies.OfAsync(account, cancellationToken);
                if (Editing.WhyNot(request, by, db.Now) is { } why)
                    return await RefusedAsync(person, request, why, cancellationToken);
                var people = await db.NameableAsync(request.Customer, cancellationToken);
                var inputs = RequestForm.Complete(click.Inputs, request);
                var (ask, errors) = RequestForm.Read(inputs, account, people, policy, db.Now);
                if (ask is null)
                    return new Reply.Corrected(RequestForm.Edit(request, account, policy), errors);

                return request.Edit(by, ask, policy, db.Now) switch
                {
                    Editing.Edited edited => await AfterAsync(person, request, account, edited, cancellationToken),
                    Editing.Refused refused => await RefusedAsync(person, request, refused.Why, cancellationToken),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            },
            cancellationToken
        );

    private async Task<Reply> AfterAsync(
        Person person,
        Request request,
        Account account,
        Editing.Edited edited,
        CancellationToken cancellationToken
    )
    {
        db.Record(
            "request.edited",
            person.Id,
            ("request", request.Id),
            ("task", request.Task),
            ("why", request.Justification),
            ("ticket", request.Ticket),
            ("start", request.Start.UtcDateTime.ToString("O")),
            ("length", request.Length),
            ("voided", string.Join(',', edited.Voided))
        );
        var step =
            edited.Voided.Count == 0
                ? "The request was edited."
                : "The request was edited. Approvals given before do not count any more: everyone is asked again.";
        await db.TellAsync(request, account, Card.Of(step), cancellationToken);
        await db.BeginAskingAsync(request, account, cancellationToken);
        return new Reply.Said("Saved. Everyone who was asked sees it as it is now.");
    }

    private async Task<Reply> RefusedAsync(
        Person person,
        Request request,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(person.Id, "edit.refused", request, why, cancellationToken);
        return new Reply.Said(Sentences.For(why));
    }

    private async Task<(Request Request, Account Account)?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        return request is null
            ? null
            : (request, await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken));
    }
}
