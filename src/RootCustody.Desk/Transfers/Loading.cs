using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>A transfer with all that a decision about it rests on.</summary>
/// <param name="Person">Who acts, as they are now.</param>
/// <param name="Keeps">Whether they are a custodian of the account.</param>
/// <param name="HasSecondContact">Whether another contact of the customer could agree.</param>
/// <param name="Holds">Whether a half of the newest window that hands it over is, or was, theirs.</param>
internal sealed record Entered(
    Transfer Transfer,
    Account Account,
    Person Person,
    bool Keeps,
    bool HasSecondContact,
    bool Holds
);

/// <summary>Who comes to which transfer.</summary>
internal static class Loading
{
    internal static readonly Reply NoAccount = new Reply.Said(
        "There is no such account among those that you may know of. Say it with its 12 digits, such as: transfer 111122223333"
    );

    internal static readonly Reply NotUnderWay = new Reply.Said(
        "This transfer is over, or there is none. Type transfer and the 12 digits of the account to see how it stands."
    );

    /// <summary>The accounts whose transfers this person may know of: their company's, or those that they may know of as one of the provider's. An IAM user goes with its account.</summary>
    public static IQueryable<Account> TransferableTo(this CustodyDb db, Person person) =>
        (
            person.Customer is { } customer ? db.Accounts.Where(a => a.Customer == customer)
            : person.IsFinance ? db.Accounts
            : db.AccountsKnownTo(person)
        ).RootUsers();

    public static IQueryable<Transfer> UnderWay(this IQueryable<Transfer> transfers) =>
        transfers.Where(t => t.CertifiedAt == null && t.WithdrawnAt == null);

    /// <summary>Whether another contact of the customer could agree to what this person asked.</summary>
    public static Task<bool> HasSecondContactAsync(
        this CustodyDb db,
        CustomerId customer,
        PersonId askedBy,
        CancellationToken cancellationToken
    ) =>
        db.People.AnyAsync(
            p => p.Customer == customer && p.Id != askedBy && !p.Suspended && p.FrozenAt == null && p.Identities.Any(),
            cancellationToken
        );

    /// <summary>Somebody acts on a transfer: everything as it is now.</summary>
    /// <returns>Why they may not, if there is nothing.</returns>
    public static async Task<(Entered? Entered, Reply WhyNot)> EnterTransferAsync(
        this CustodyDb db,
        PersonId id,
        TransferId? of,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.CoolsOffAt(db.Now, through))
            return (null, new Reply.Said(Sentences.For(Refusal.CoolsOff))); // law 15
        var transfer = await db.Transfers.SingleOrDefaultAsync(t => t.Id == of, cancellationToken);
        var account = await db.TransferableTo(person)
            .SingleOrDefaultAsync(a => transfer != null && a.Id == transfer.Account, cancellationToken);
        if (transfer is null || account is null || (person.Customer ?? transfer.Customer) != transfer.Customer)
        {
            await db.RefusedAsync(id, "transfer.refused", cancellationToken, ("why", Refusal.NotYourAccount));
            return (null, NotUnderWay);
        }
        db.Raise(person); // law 9: whether they may is decided on what is true now
        db.Raise(account);
        db.Raise(transfer);
        var keeps = await db.KeepsAsync(id, account, cancellationToken);
        var second = await db.HasSecondContactAsync(transfer.Customer, transfer.AskedBy, cancellationToken);
        var holds = await db.HoldsAsync(transfer, id, cancellationToken);
        return (new Entered(transfer, account, person, keeps, second, holds), NotUnderWay);
    }

    /// <summary>Whether a half of the newest window that hands it over is, or was, this person's.</summary>
    public static async Task<bool> HoldsAsync(
        this CustodyDb db,
        Transfer transfer,
        PersonId person,
        CancellationToken cancellationToken
    ) =>
        await db.Requests.SingleOrDefaultAsync(r => r.Id == transfer.Handover, cancellationToken) is { } request
        && (request.HolderOf(Half.Password) == person || request.HolderOf(Half.Mfa) == person);

    /// <summary>Says no, and notes it.</summary>
    public static async Task<Reply> RefuseAsync(
        this CustodyDb db,
        Entered entered,
        TransferRefusal why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(
            entered.Person.Id,
            "transfer.refused",
            cancellationToken,
            ("account", entered.Account.Id),
            ("transfer", entered.Transfer.Id),
            ("why", why)
        );
        return new Reply.Said(why.Say());
    }
}
