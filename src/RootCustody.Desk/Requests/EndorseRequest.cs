using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A second contact of the customer, or a duty manager, approves besides the custodians.</summary>
public sealed class EndorseRequest(CustodyDb db, OpenWindow openWindow)
{
    public async Task<Reply> HandleAsync(
        Person person,
        RequestId id,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (reply, opened) = await db.DecideAsync<(Reply, Window?)>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return (new Reply.Said("There is no such request."), null);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);

                var endorsement = request.Endorse(by, db.Now);

                if (endorsement is Endorsement.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "approval.refused", request, refused.Why, cancellationToken);
                    return (new Reply.Said(Sentences.For(refused.Why)), null);
                }
                db.Record("request.endorsed", person.Id, ("request", id), ("account", account.Id));
                var window = await AfterAsync(request, account, endorsement, cancellationToken);
                return (new Reply.Said("Approved. Everyone who has to know is told."), window);
            },
            cancellationToken
        );
        openWindow.Remind(opened);
        return reply;
    }

    private async Task<Window?> AfterAsync(
        Request request,
        Account account,
        Endorsement endorsement,
        CancellationToken cancellationToken
    )
    {
        if (endorsement is Endorsement.ByDutyManager { Completed: true })
            return await openWindow.OpenAsync(request, account, cancellationToken)
                ?? await ToldAsync(
                    request,
                    account,
                    "All approvals are there. The window opens when its time has come."
                );
        if (endorsement is Endorsement.ByDutyManager)
            return await ToldAsync(request, account, "The duty manager approved.");

        await db.TellAsync(
            request,
            account,
            Card.Of("A second contact approved; the custodians are asked."),
            cancellationToken
        );
        await db.BeginAskingAsync(request, account, cancellationToken);
        return null;

        async Task<Window?> ToldAsync(Request told, Account of, string step)
        {
            await db.TellAsync(told, of, Card.Of(step), cancellationToken);
            return null;
        }
    }
}
