using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>The second word on a step: somebody else has seen the same.</summary>
public sealed class ConfirmStep(CustodyDb db, TellOfTransfer tell)
{
    /// <summary>Shows what is to be confirmed, to those who may.</summary>
    public async Task<Reply> AskAsync(Person person, Click click, CancellationToken cancellationToken) =>
        await db.DecideAsync(
            async () =>
            {
                var (entered, word, refused) = await EnterAsync(person, click, cancellationToken);
                if (entered is null)
                    return refused;
                var by = await db
                    .People.Where(p => p.Id == word!.By)
                    .Select(p => p.Name)
                    .SingleAsync(cancellationToken);
                return new Reply.Asked(
                    new Form(
                        Actions.TransferConfirm,
                        click.Subject,
                        "Confirm a step",
                        word!.Step == TransferStep.Destroyed ? "End the custody" : "I have seen the same",
                        [
                            $"{entered.Transfer.Name}, {entered.Account.Name} ({entered.Account.Number}), to {entered.Transfer.Receiver}: {word.Step.Word()}. {by} says:",
                            word.Text,
                            word.Step == TransferStep.Destroyed
                                ? "ATTENTION: what the vaults keep of this account is destroyed for ever. The customer says that the receiver has signed in."
                                : "Look yourself, not at what was sent to you, and confirm only what you have seen.",
                        ],
                        []
                    )
                );
            },
            cancellationToken
        );

    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (entered, word, refused) = await EnterAsync(person, click, cancellationToken);
                if (entered is null)
                    return refused;
                await tell.AfterAsync(
                    entered.Transfer,
                    entered.Account,
                    () => entered.Transfer.Confirm(word!, person.Id, db.Now),
                    cancellationToken
                );
                db.Record(
                    "transfer.confirmed",
                    person.Id,
                    ("transfer", entered.Transfer.Id),
                    ("account", entered.Account.Id),
                    ("step", word!.Step),
                    ("word", word.Id)
                );
                return new Reply.Said(
                    word.Step == TransferStep.Destroyed
                        ? "Confirmed. The couriers destroy what is kept, and the certificate follows."
                        : $"Confirmed: {word.Step.Word()}."
                );
            },
            cancellationToken
        );

    private async Task<(Entered? Entered, TransferWord? Word, Reply WhyNot)> EnterAsync(
        Person person,
        Click click,
        CancellationToken cancellationToken
    )
    {
        var id = Id.Read<TransferWordId>(click.Subject);
        var of = await db
            .Transfers.Where(t => t.Words.Any(w => w.Id == id))
            .Select(t => (TransferId?)t.Id)
            .SingleOrDefaultAsync(cancellationToken);
        var (entered, refused) = await db.EnterTransferAsync(person.Id, of, click.By, cancellationToken);
        if (entered is null)
            return (null, null, refused);
        var word = entered.Transfer.Words.Single(w => w.Id == id);
        return entered.Transfer.WhyNotConfirm(word, entered.Person, entered.Keeps, entered.HasSecondContact) is { } why
            ? (null, word, await db.RefuseAsync(entered, why, cancellationToken))
            : (entered, word, refused);
    }
}
