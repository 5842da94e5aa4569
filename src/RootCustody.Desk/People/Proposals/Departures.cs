using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.Desk.Requests;
using RootCustody.Requests;

namespace RootCustody.Desk.People.Proposals;

/// <summary>What follows when an order takes somebody out: their parts go to others, and what they leave behind is listed at once; or an account or a customer: what runs ends. Part of the decision that makes the order.</summary>
public sealed class Departures(CustodyDb db, LoseParts loseParts, LeaverReport leaverReport, EndWindow endWindow)
{
    public async Task AfterAsync(Order order, CancellationToken cancellationToken)
    {
        switch (order)
        {
            case Suspend suspend:
                await OutAsync(suspend.Person, null, "suspended", null, cancellationToken);
                break;
            case RemoveMember removed:
                var accounts = await db
                    .Accounts.Where(a =>
                        db.Groups.Any(g => g.Key == removed.Group && (g.Id == a.PasswordGroup || g.Id == a.MfaGroup))
                    )
                    .Select(a => a.Id)
                    .ToListAsync(cancellationToken);
                await OutAsync(removed.Person, null, "left a group", accounts, cancellationToken);
                break;
            case Unlink unlink:
                var identity = new ChatUser(unlink.Platform, unlink.Realm, unlink.User);
                await OutAsync(unlink.Person, identity, "unlinked", null, cancellationToken);
                break;
            case CloseAccount closed:
                await EndAsync(
                    RequestsOf(closed.Account),
                    "account closed",
                    "The account is closed, and this has ended with it. Nothing is shown any more.",
                    cancellationToken
                );
                break;
            case SuspendCustomer suspended:
                await EndAsync(
                    db.Requests.Running()
                        .Where(r => r.Kind == RequestKind.Planned || r.Kind == RequestKind.Emergency)
                        .Where(r => db.Customers.Any(c => c.Id == r.Customer && c.Key == suspended.Customer)),
                    "customer suspended",
                    "Your company is suspended, and this has ended with it. Nothing is shown any more.",
                    cancellationToken
                );
                break;
        }
    }

    /// <summary>What runs on an account, and on its IAM users.</summary>
    private IQueryable<Request> RequestsOf(string number)
    {
        var start = AccountNumber.StartOfUsers(number);
        return db
            .Requests.Running()
            .Where(r => db.Accounts.Any(a => a.Id == r.Account && (a.Number == number || a.Number.StartsWith(start))));
    }

    /// <param name="why">For the audit log.</param>
    /// <param name="step">What the customer's thread says.</param>
    private async Task EndAsync(
        IQueryable<Request> requests,
        string why,
        string step,
        CancellationToken cancellationToken
    )
    {
        foreach (var request in await requests.OrderBy(r => r.AskedAt).ToListAsync(cancellationToken))
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
            await endWindow.StopAsync(request, account, why, step, cancellationToken);
        }
    }

    /// <param name="gone">The chat identity that is gone, if not the whole person is.</param>
    /// <param name="onlyThese">The accounts of the group that they leave; null if they go altogether.</param>
    private async Task OutAsync(
        string key,
        ChatUser? gone,
        string why,
        IReadOnlyCollection<AccountId>? onlyThese,
        CancellationToken cancellationToken
    )
    {
        await db.SaveChangesAsync(cancellationToken); // others are asked as things stand after the order
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Key == key, cancellationToken);
        var goesOn = gone is not null && person.Identities.Count > 0;
        await loseParts.HandleAsync(person, goesOn ? gone : null, frozen: false, why, cancellationToken);
        if (!goesOn)
            await leaverReport.AfterAsync(person, onlyThese, cancellationToken);
    }
}
