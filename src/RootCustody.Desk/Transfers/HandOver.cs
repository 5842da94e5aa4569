using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What becomes of a transfer when the window is over in which its account was to be handed over; part of the decision that ends it.</summary>
public sealed class HandOver(CustodyDb db, EndWindow endWindow, TellOfTransfer tell)
{
    /// <summary>A holder, or in two halves one of the two contacts, says that the receiver has it, and with it its IAM users, which its root user opens: nothing is asked for or rotated any more, and what else runs on them ends.</summary>
    public async Task DoneAsync(Request request, Account account, PersonId by, CancellationToken cancellationToken)
    {
        var transfer = await db.TransferOfAsync(request, cancellationToken);
        if (transfer is null || !transfer.CanBeHandedOver(request.Id))
            return;
        await tell.AfterAsync(transfer, account, () => transfer.BeHandedOver(db.Now), cancellationToken);
        account.HandOver(transfer.Email, db.Now);
        db.Raise(account);
        db.Record(
            "transfer.handed-over",
            by,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("request", request.Id)
        );
        await StopOthersAsync(request, account, cancellationToken);
        foreach (var user in await db.IamUsersOfAsync(account, cancellationToken))
        {
            user.HandOver("", db.Now);
            db.Raise(user);
            db.Record("transfer.handed-over", by, ("transfer", transfer.Id), ("account", user.Id));
            await StopOthersAsync(request, user, cancellationToken);
        }
        await AlertAsync(transfer, account, by, cancellationToken);
    }

    /// <summary>One holder's word lets the debt of the account rest until the customer speaks, so that it is said aloud.</summary>
    private async Task AlertAsync(Transfer transfer, Account account, PersonId by, CancellationToken cancellationToken)
    {
        var name = await db.People.Where(p => p.Id == by).Select(p => p.Name).SingleAsync(cancellationToken);
        await db.AlertThoseInChargeAsync(
            Card.Of(
                $"{transfer.Name}: {name} says that {account.Name} ({account.Number}) is handed over",
                $"From now on nothing is asked for it or rotated, on the word of this {(transfer.InHalves ? "contact of the customer" : "holder")}, until a contact of the customer says Received or It did not work. If you doubt it, call the other {(transfer.InHalves ? "contact" : "holder and the customer")}."
            ),
            cancellationToken
        );
    }

    private async Task StopOthersAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        var others = await db
            .Requests.Running()
            .Where(r => r.Account == account.Id && r.Id != request.Id)
            .OrderBy(r => r.AskedAt)
            .ToListAsync(cancellationToken);
        foreach (var other in others)
            await endWindow.StopAsync(
                other,
                account,
                "account handed over",
                "The account was handed over, and this has ended with it. Nothing is shown any more.",
                cancellationToken
            );
    }
}

/// <summary>Which transfer a request hands over.</summary>
internal static class Handovers
{
    public static async Task<Transfer?> TransferOfAsync(
        this CustodyDb db,
        Request request,
        CancellationToken cancellationToken
    ) =>
        RootTask.HandsOver(request.Task)
            ? await db.Transfers.SingleOrDefaultAsync(t => t.Handover == request.Id, cancellationToken)
            : null;

    /// <summary>The request is over. If nobody has said that it was handed over, the window can be asked for anew.</summary>
    public static async Task MissHandoverAsync(this CustodyDb db, Request request, CancellationToken cancellationToken)
    {
        if (
            !request.IsOver
            || await db.TransferOfAsync(request, cancellationToken) is not { } transfer
            || !transfer.MissHandover(db.Now)
        )
            return;
        db.Raise(transfer);
        db.Record(
            "transfer.not-handed-over",
            Recording.System,
            ("transfer", transfer.Id),
            ("account", transfer.Account),
            ("request", request.Id)
        );
    }
}
