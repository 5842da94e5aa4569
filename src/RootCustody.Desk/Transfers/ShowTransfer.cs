using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>How accounts stand that leave custody: an overview, or all of one.</summary>
public sealed class ShowTransfer(CustodyDb db)
{
    /// <summary>Typed in chat, by a contact or by one of the provider's people.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken)
    {
        var known = db.TransferableTo(person);
        if (number.Trim() is { Length: > 0 } wanted)
        {
            var account = await known.AsNoTracking().SingleOrDefaultAsync(a => a.Number == wanted, cancellationToken);
            return account is null ? Loading.NoAccount : await OneAsync(person, account, cancellationToken);
        }
        var under =
            from transfer in db.Transfers.UnderWay()
            join account in known on transfer.Account equals account.Id
            orderby transfer.AskedAt
            select new { transfer, account };
        var first = await under.AsNoTracking().Take(TransferCards.Most).ToListAsync(cancellationToken);
        return new Reply.Drawn(
            TransferCards.Overview(
                [.. first.Select(t => (t.transfer, t.account))],
                await under.CountAsync(cancellationToken)
            )
        );
    }

    /// <summary>For the console: all that are under way, or the newest of one account.</summary>
    public async Task<IReadOnlyList<(Transfer Transfer, Account Account, HandoverWay Way)>> OfAsync(
        string? number,
        CancellationToken cancellationToken
    )
    {
        var transfers = number is null ? db.Transfers.UnderWay() : db.Transfers;
        var found = await (
            from transfer in transfers
            join account in db.Accounts on transfer.Account equals account.Id
            where number == null || account.Number == number
            orderby transfer.AskedAt descending
            select new { transfer, account }
        )
            .AsNoTracking()
            .Take(number is null ? 1000 : 1)
            .ToListAsync(cancellationToken);
        var all = new List<(Transfer, Account, HandoverWay)>();
        foreach (var one in found)
            all.Add((one.transfer, one.account, await db.WayOfAsync(one.transfer, cancellationToken)));
        return all;
    }

    /// <summary>Whether the log says that this very certificate was made of this transfer: whoever could change it in the database could else have anything signed.</summary>
    public async Task<bool> IsInLogAsync(
        Transfer transfer,
        Certificate certificate,
        CancellationToken cancellationToken
    )
    {
        var name = transfer.Id.ToString();
        var made = await db
            .Audit.AsNoTracking()
            .Where(r => r.Entry.Contains("\"transfer.certified\"") && r.Entry.Contains(name))
            .Select(r => r.Entry)
            .ToListAsync(cancellationToken);
        return made.Select(AuditText.Read)
            .Any(entry =>
                entry["what"] == "transfer.certified"
                && entry["transfer"] == name
                && entry["certificate"] == certificate.Fingerprint
            );
    }

    /// <summary>The newest transfer of one account, and what this person can press.</summary>
    internal async Task<Reply> OneAsync(Person person, Account account, CancellationToken cancellationToken)
    {
        var transfer = await db
            .Transfers.AsNoTracking()
            .Where(t => t.Account == account.Id && t.Customer == account.Customer)
            .OrderByDescending(t => t.AskedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (transfer is null || transfer.WithdrawnAt is not null)
            return new Reply.Drawn(TransferCards.None(account, person.Customer is not null));
        return new Reply.Drawn(await CardAsync(transfer, account, person, cancellationToken));
    }

    /// <summary>How it stands, for one person.</summary>
    internal async Task<Card> CardAsync(
        Transfer transfer,
        Account account,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var names = person.Customer is null
            ? await NamesAsync(transfer, cancellationToken)
            : new Dictionary<PersonId, string>();
        var entered = new Entered(
            transfer,
            account,
            person,
            await db.KeepsAsync(person.Id, account, cancellationToken),
            await db.HasSecondContactAsync(transfer.Customer, transfer.AskedBy, cancellationToken),
            await db.HoldsAsync(transfer, person.Id, cancellationToken)
        );
        var way = await db.WayOfAsync(transfer, cancellationToken);
        return TransferCards.Of(transfer, account, way, names, TransferChoices.Of(entered), db.Now);
    }

    private Task<Dictionary<PersonId, string>> NamesAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        PersonId[] ids =
        [
            .. transfer.Words.SelectMany(w => (PersonId?[])[w.By, w.ConfirmedBy]).OfType<PersonId>().Distinct(),
        ];
        return db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
    }
}
