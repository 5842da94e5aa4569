using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What contacts of the customer press: they agree, take it back, or say whether it arrived.</summary>
public sealed class ContactSteps(CustodyDb db, TellOfTransfer tell, EndWindow endWindow, HandOver handOver)
{
    /// <summary>A second contact agrees.</summary>
    public Task<Reply> AgreeAsync(Person person, Click click, CancellationToken cancellationToken) =>
        DoAsync(
            person,
            click,
            e => e.Transfer.WhyNotAgree(e.Person),
            e => e.Transfer.Agree(e.Person.Id, db.Now),
            "transfer.agreed",
            "Thank you: you agree to the transfer.",
            cancellationToken
        );

    /// <summary>Nothing is handed over.</summary>
    public Task<Reply> WithdrawAsync(Person person, Click click, CancellationToken cancellationToken) =>
        DoAsync(
            person,
            click,
            e => e.Transfer.WhyNotWithdraw(e.Person),
            e => e.Transfer.Withdraw(e.Person.Id, db.Now),
            "transfer.withdrawn",
            "The transfer is withdrawn, and the account stays in custody.",
            cancellationToken,
            StopHandoverAsync
        );

    /// <summary>The receiver has it.</summary>
    public Task<Reply> ReceivedAsync(Person person, Click click, CancellationToken cancellationToken) =>
        DoAsync(
            person,
            click,
            e => e.Transfer.WhyNotReceive(e.Person, works: true),
            e => e.Transfer.Receive(true, e.Person.Id, db.Now),
            "transfer.received",
            "Thank you. Your provider destroys what is kept here, and you get the certificate.",
            cancellationToken,
            TakeEffectAsync
        );

    /// <summary>It did not get there: what is kept here may be all that opens the account.</summary>
    public Task<Reply> FailedAsync(Person person, Click click, CancellationToken cancellationToken) =>
        DoAsync(
            person,
            click,
            e => e.Transfer.WhyNotReceive(e.Person, works: false),
            e =>
            {
                e.Transfer.Receive(false, e.Person.Id, db.Now);
                e.Account.TakeBack();
            },
            "transfer.failed",
            "Noted: it did not work. The account is your provider's to keep again. Ask for a new window once it is clear what went wrong.",
            cancellationToken,
            TakeBackAsync
        );

    /// <summary>If one holder only had said that it was handed over, this is the second word.</summary>
    private async Task TakeEffectAsync(Entered entered, CancellationToken cancellationToken)
    {
        if (entered.Account.HandedOverAt is null)
            await handOver.TakeEffectAsync(
                entered.Transfer,
                entered.Account,
                entered.Person.Id,
                "a contact of the customer, who says Received,",
                cancellationToken
            );
    }

    private async Task TakeBackAsync(Entered entered, CancellationToken cancellationToken)
    {
        var (transfer, account) = (entered.Transfer, entered.Account);
        await db.AlertThoseInChargeAsync(
            Card.Of(
                $"{transfer.Name}: the receiver does not have {account.Name} ({account.Number}), which is yours to keep again",
                $"Nobody knows how far it got. The sign-in name at AWS may be {transfer.Email} or still {transfer.FormerEmail}, and our MFA devices may be gone: find out on the phone with the receiver, and import the address that is right. What was owed is owed."
            ),
            cancellationToken
        );
        foreach (var user in await db.IamUsersOfAsync(entered.Account, cancellationToken))
        {
            user.TakeBack();
            db.Raise(user);
        }
    }

    private async Task StopHandoverAsync(Entered entered, CancellationToken cancellationToken)
    {
        var handover = entered.Transfer.Handover;
        var running = await db.Requests.Running().SingleOrDefaultAsync(r => r.Id == handover, cancellationToken);
        if (running is not null)
            await endWindow.StopAsync(
                running,
                entered.Account,
                "transfer withdrawn",
                "The transfer is withdrawn, and this has ended with it. Nothing is shown any more.",
                cancellationToken
            );
    }

    private Task<Reply> DoAsync(
        Person asking,
        Click click,
        Func<Entered, TransferRefusal?> whyNot,
        Action<Entered> change,
        string what,
        string said,
        CancellationToken cancellationToken,
        Func<Entered, CancellationToken, Task>? after = null
    ) =>
        db.DecideAsync(
            async () =>
            {
                var id = Id.Read<TransferId>(click.Subject);
                var (entered, refused) = await db.EnterTransferAsync(asking.Id, id, click.By, cancellationToken);
                if (entered is null)
                    return refused;
                if (whyNot(entered) is { } why)
                    return await db.RefuseAsync(entered, why, cancellationToken);
                await tell.AfterAsync(entered.Transfer, entered.Account, () => change(entered), cancellationToken);
                db.Record(what, asking.Id, ("transfer", entered.Transfer.Id), ("account", entered.Account.Id));
                if (after is not null)
                    await after(entered, cancellationToken);
                return new Reply.Said(said);
            },
            cancellationToken
        );
}
