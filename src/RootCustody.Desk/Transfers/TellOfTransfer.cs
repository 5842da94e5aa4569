using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>Tells those whose turn it is, each time a step opens that was not open before. Part of the decision that opens it.</summary>
public sealed class TellOfTransfer(CustodyDb db, ShowTransfer show)
{
    /// <summary>Makes a change and tells of what follows.</summary>
    /// <param name="change">What the decision does to the transfer.</param>
    public async Task AfterAsync(Transfer transfer, Account account, Action change, CancellationToken cancellationToken)
    {
        TransferStep[] before = [.. TransferSteps.All.Where(transfer.IsNext)];
        change();
        db.Raise(transfer);
        await OpenedAsync(
            transfer,
            account,
            [.. TransferSteps.All.Where(transfer.IsNext).Except(before)],
            cancellationToken
        );
    }

    /// <summary>It was just asked for: everything that can be done at once is new.</summary>
    public Task BegunAsync(Transfer transfer, Account account, CancellationToken cancellationToken) =>
        OpenedAsync(transfer, account, [.. TransferSteps.All.Where(transfer.IsNext)], cancellationToken);

    /// <summary>Nobody has moved it on for a while: whoever could is told again.</summary>
    public async Task RemindAsync(Transfer transfer, Account account, CancellationToken cancellationToken)
    {
        TransferStep[] open =
        [
            .. TransferSteps.All.Where(s =>
                transfer.IsNext(s) && (s != TransferStep.HandedOver || transfer.AwaitsSecondWord)
            ),
        ];
        transfer.WasTold(db.Now);
        if (open.Length == 0)
            return; // the window has reminders of its own, and the couriers need none
        await OpenedAsync(transfer, account, open, cancellationToken);
        db.Record(
            "transfer.reminded",
            Recording.System,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("steps", string.Join(',', open))
        );
    }

    /// <summary>One has said that it was handed over: the other one, and the contacts, can say so too.</summary>
    public async Task AwaitSecondAsync(
        Transfer transfer,
        Account account,
        Request request,
        PersonId by,
        CancellationToken cancellationToken
    )
    {
        transfer.WasTold(db.Now);
        await TellContactsAsync(transfer, account, cancellationToken);
        var other = request.HolderOf(request.HolderOf(Half.Password) == by ? Half.Mfa : Half.Password);
        var person = await db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(p => p.Id == other && p.Customer == null, cancellationToken); // contacts are told already
        if (person is not null)
            db.Notify(person, await show.CardAsync(transfer, account, person, cancellationToken));
    }

    /// <summary>The certificate is there: the customer and those in charge see how it ended.</summary>
    public async Task EndedAsync(Transfer transfer, Account account, CancellationToken cancellationToken)
    {
        await TellContactsAsync(transfer, account, cancellationToken);
        await TellProviderAsync(transfer, account, withFinance: false, cancellationToken);
    }

    private async Task OpenedAsync(
        Transfer transfer,
        Account account,
        IReadOnlyCollection<TransferStep> opened,
        CancellationToken cancellationToken
    )
    {
        if (opened.Count > 0)
            transfer.WasTold(db.Now);
        if (opened.Any(s => transfer.SideOf(s) == TransferSide.Customer) || transfer.AwaitsSecondWord)
            await TellContactsAsync(transfer, account, cancellationToken);
        if (
            opened.Any(s =>
                transfer.SideOf(s) == TransferSide.Provider
                && (s != TransferStep.HandedOver || transfer.AwaitsSecondWord)
            )
        )
            await TellProviderAsync(transfer, account, opened.Contains(TransferStep.Invoices), cancellationToken); // of the window its request tells
    }

    private async Task TellContactsAsync(Transfer transfer, Account account, CancellationToken cancellationToken)
    {
        var contacts = await db
            .People.Include(p => p.Identities)
            .Where(p => p.Customer == transfer.Customer && !p.Suspended && p.FrozenAt == null)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        foreach (var contact in contacts)
            db.Notify(contact, await show.CardAsync(transfer, account, contact, cancellationToken));
    }

    private async Task TellProviderAsync(
        Transfer transfer,
        Account account,
        bool withFinance,
        CancellationToken cancellationToken
    )
    {
        var people = await db.AdministratorsAsync(cancellationToken);
        if (withFinance)
            people.AddRange(
                await db
                    .People.Include(p => p.Identities)
                    .Where(p => p.IsFinance && !p.IsAdministrator && !p.Suspended && p.FrozenAt == null)
                    .OrderBy(p => p.Key)
                    .ToListAsync(cancellationToken)
            );
        foreach (var person in people)
            db.Notify(person, await show.CardAsync(transfer, account, person, cancellationToken));
    }
}
