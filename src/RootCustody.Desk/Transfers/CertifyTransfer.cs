using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Audit;
using RootCustody.Data;
using RootCustody.Data.Audit;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>Makes the certificate of each transfer whose account is kept nowhere any more, from what the audit log says of it. May die anywhere, and may run twice.</summary>
public sealed class CertifyTransfer(CustodyDb db, AuditStore log, TellOfTransfer tell)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var destroyed = await db
            .Transfers.UnderWay()
            .Where(t => t.PasswordsDestroyedAt != null && t.SeedsDestroyedAt != null)
            .OrderBy(t => t.AskedAt)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        foreach (var transfer in destroyed)
        {
            await log.NumberWaitingAsync(cancellationToken); // what it rests on has its place in the chain then
            // before the decision: to look through the whole log in there would hold up everybody who writes
            var head = await log.HeadAsync(cancellationToken);
            var entries = await EntriesAsync(transfer, head, cancellationToken);
            await db.DecideAsync(() => CertifyAsync(transfer.Id, entries, head, cancellationToken), cancellationToken);
        }
    }

    private async Task<bool> CertifyAsync(
        TransferId id,
        IReadOnlyList<SequencedEntry> entries,
        ChainHead head,
        CancellationToken cancellationToken
    )
    {
        var transfer = await db.Transfers.SingleAsync(t => t.Id == id, cancellationToken);
        if (!transfer.IsNext(TransferStep.Certified))
            return false; // another was faster
        var account = await db.Accounts.SingleAsync(a => a.Id == transfer.Account, cancellationToken);
        var certificate = new Certificate([.. await FactsAsync(transfer, account, cancellationToken)], entries, head);
        transfer.Certify(certificate.Json, db.Now);
        db.Raise(transfer);
        db.Record(
            "transfer.certified",
            Recording.System,
            ("transfer", id),
            ("account", account.Id),
            ("head", head),
            ("certificate", certificate.Fingerprint)
        );
        await tell.EndedAsync(transfer, account, cancellationToken);
        return true;
    }

    /// <summary>What the log says of the transfer and of each window in which it was to be handed over.</summary>
    private async Task<IReadOnlyList<SequencedEntry>> EntriesAsync(
        Transfer transfer,
        ChainHead head,
        CancellationToken cancellationToken
    )
    {
        var entries = new SortedDictionary<long, SequencedEntry>();
        var handovers = await db.HandoversAsync(transfer, cancellationToken);
        foreach (var name in handovers.Select(h => h.ToString()).Prepend(transfer.Id.ToString()))
        {
            var rows = await db
                .Audit.AsNoTracking()
                .Where(r => r.Sequence != null && r.Sequence <= head.Sequence && r.Entry.Contains(name))
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
                entries[row.Sequence!.Value] = row.Sequenced!;
        }
        return [.. entries.Values];
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> FactsAsync(
        Transfer transfer,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == transfer.Customer, cancellationToken);
        var contacts = await db
            .People.Where(p => p.Customer == transfer.Customer)
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var users = (await db.IamUsersOfAsync(account, cancellationToken)).FindAll(u => u.HandedOverAt is not null);
        var ids = users.Select(u => u.Id).Append(account.Id).ToList();
        var keys = await db
            .MfaDevices.Where(d => ids.Contains(d.Account) && d.Kind != DeviceKind.Seed)
            .OrderBy(d => d.Label)
            .Select(d => d.Label)
            .ToListAsync(cancellationToken);
        var way = await db.WayOfAsync(transfer, cancellationToken);
        return CertificateFacts.Of(transfer, account, way, users, customer.Name, contacts, keys, db.Now);
    }
}
