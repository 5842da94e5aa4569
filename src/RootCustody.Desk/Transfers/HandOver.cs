using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What becomes of a transfer when the window is over in which its account was to be handed over; part of the decision that ends it.</summary>
public sealed class HandOver(CustodyDb db, EndWindow endWindow, TellOfTransfer tell)
{
    /// <summary>A holder, or in two halves one of the two contacts, says that the receiver has it.</summary>
    public async Task DoneAsync(Request request, Account account, PersonId by, CancellationToken cancellationToken)
    {
        var transfer = await db.TransferOfAsync(request, cancellationToken);
        if (transfer is null || !transfer.CanBeHandedOver(request.Id))
            return;
        await SayAsync(transfer, account, request, by, cancellationToken);
    }

    /// <summary>The other one says so too.</summary>
    public async Task<Reply> SecondAsync(Person person, Click click, CancellationToken cancellationToken) =>
        await db.DecideAsync(
            async () =>
            {
                var id = Id.Read<TransferId>(click.Subject);
                var (entered, refused) = await db.EnterTransferAsync(person.Id, id, click.By, cancellationToken);
                if (entered is null)
                    return refused;
                var transfer = entered.Transfer;
                if (transfer.WhyNotSecond(entered.Person, entered.Holds) is { } why)
                    return await db.RefuseAsync(entered, why, cancellationToken);
                var request = await db.Requests.SingleAsync(r => r.Id == transfer.Handover, cancellationToken);
                await SayAsync(transfer, entered.Account, request, person.Id, cancellationToken);
                return new Reply.Said("Noted: both of you say that it was handed over.");
            },
            cancellationToken
        );

    /// <summary>It counts once two have said so, and with it its IAM users, which its root user opens: nothing is asked for or rotated any more, and what else runs on them ends. Until then the debt stands (law 14).</summary>
    private async Task SayAsync(
        Transfer transfer,
        Account account,
        Request request,
        PersonId by,
        CancellationToken cancellationToken
    )
    {
        var counts = false;
        await tell.AfterAsync(transfer, account, () => counts = transfer.SayHandedOver(by, db.Now), cancellationToken);
        db.Record(
            "transfer.said-handed-over",
            by,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("request", request.Id)
        );
        if (counts)
            await TakeEffectAsync(
                transfer,
                account,
                by,
                transfer.InHalves ? "both contacts" : "both holders",
                cancellationToken
            );
        else
            await tell.AwaitSecondAsync(transfer, account, request, by, cancellationToken);
    }

    /// <summary>Two have said so.</summary>
    /// <param name="who">Whose words it rests on.</param>
    internal async Task TakeEffectAsync(
        Transfer transfer,
        Account account,
        PersonId by,
        string who,
        CancellationToken cancellationToken
    )
    {
        account.HandOver(transfer.Email, db.Now);
        db.Raise(account);
        db.Record(
            "transfer.handed-over",
            by,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("request", transfer.Handover)
        );
        await StopOthersAsync(transfer, account, cancellationToken);
        foreach (var user in await db.IamUsersOfAsync(account, cancellationToken))
        {
            user.HandOver("", db.Now);
            db.Raise(user);
            db.Record("transfer.handed-over", by, ("transfer", transfer.Id), ("account", user.Id));
            await StopOthersAsync(transfer, user, cancellationToken);
        }
        await AlertAsync(transfer, account, who, cancellationToken);
    }

    /// <summary>The debt of the account rests from now on, so that it is said aloud.</summary>
    private async Task AlertAsync(Transfer transfer, Account account, string who, CancellationToken cancellationToken)
    {
        var first = await db
            .People.Where(p => p.Id == transfer.SaidHandedOverBy)
            .Select(p => p.Name)
            .SingleAsync(cancellationToken);
        await db.AlertThoseInChargeAsync(
            Card.Of(
                $"{transfer.Name}: {account.Name} ({account.Number}) is handed over, as {first} and another say",
                $"From now on nothing is asked for it or rotated, on the word of {who}, until a contact of the customer says It did not work. If you doubt it, call them."
            ),
            cancellationToken
        );
    }

    private async Task StopOthersAsync(Transfer transfer, Account account, CancellationToken cancellationToken)
    {
        var others = await db
            .Requests.Running()
            .Where(r => r.Account == account.Id && r.Id != transfer.Handover)
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
