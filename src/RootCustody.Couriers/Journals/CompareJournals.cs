using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Backups;

namespace RootCustody.Couriers.Journals;

/// <summary>Holds the journals of this process against the database. While one of them knows an exposure that the database does not, no courier of any node shows anything (laws 1 and 11).</summary>
public sealed class CompareJournals(CustodyDb db, IEnumerable<RevealJournal> journals)
{
    private const int Batch = 500;

    /// <summary>Asked before each reveal: two look-ups if all is well. Finds by itself when the lost exposures have been recorded.</summary>
    /// <returns>Null if nothing stands in the way.</returns>
    /// <exception cref="VaultException">A journal cannot be read.</exception>
    public async Task<VaultException?> WhyClosedAsync(CancellationToken cancellationToken)
    {
        var holds = await db.RevealHolds.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var journal in journals)
        {
            var lost = await LostAsync(await journal.DoubtfulAsync(cancellationToken), cancellationToken);
            journal.Settle(lost.Select(l => l.Line));
            var mine = holds.FindAll(h => IsOf(h, journal));
            if (lost.Any(l => l.Counts))
            {
                if (!mine.Exists(h => h.Journal == journal.First))
                    await HoldAsync(journal, cancellationToken);
            }
            else if (mine.Count > 0)
                await ReleaseAsync(journal, cancellationToken);
        }
        return await db.RevealHolds.AnyAsync(cancellationToken)
            ? new VaultException(
                VaultFailure.DatabaseBehind,
                gaveNoHalf: true,
                "The database was put back to an older state and may have forgotten who was shown what. An operator has to run 'lost' and 'lost --record' first."
            )
            : null;
    }

    /// <summary>Which of these the database does not know.</summary>
    public async Task<IReadOnlyList<LostExposure>> LostAsync(
        IEnumerable<JournalLine> lines,
        CancellationToken cancellationToken
    )
    {
        var unknown = new List<JournalLine>();
        foreach (var batch in lines.Chunk(Batch))
        {
            var ids = batch.Select(l => l.Exposure).ToList();
            var known = await db
                .Exposures.Where(e => ids.Contains(e.Id))
                .Select(e => e.Id)
                .ToListAsync(cancellationToken);
            unknown.AddRange(batch.ExceptBy(known, l => l.Exposure));
        }
        return unknown.Count == 0 ? [] : await ResolveAsync(unknown, cancellationToken);
    }

    private async Task<IReadOnlyList<LostExposure>> ResolveAsync(
        List<JournalLine> lines,
        CancellationToken cancellationToken
    )
    {
        var accounts = await db.Accounts.AsNoTracking().ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. lines.Select(line => new LostExposure(
                line,
                accounts.Find(a => a.Id == line.Account) ?? accounts.Find(a => a.Number == line.Number),
                people.Find(p => p.Id == line.Person) ?? people.Find(p => p.Key == line.Key)
            )),
        ];
    }

    private Task HoldAsync(RevealJournal journal, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var first = journal.First!.Value;
                if (
                    !await db.RevealHolds.AnyAsync(h => h.Half == journal.Half && h.Journal == first, cancellationToken)
                )
                {
                    db.RevealHolds.Add(RevealHold.Of(journal.Half, first, db.Now));
                    db.Record("reveals.held", Recording.System, ("half", journal.Half), ("journal", first));
                }
                return true;
            },
            cancellationToken
        );

    private Task ReleaseAsync(RevealJournal journal, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var holds = await db.RevealHolds.Where(h => h.Half == journal.Half).ToListAsync(cancellationToken);
                foreach (var hold in holds.FindAll(h => IsOf(h, journal)))
                {
                    db.RevealHolds.Remove(hold);
                    db.Record("reveals.released", Recording.System, ("half", hold.Half), ("journal", hold.Journal));
                }
                return true;
            },
            cancellationToken
        );

    private static bool IsOf(RevealHold hold, RevealJournal journal) =>
        hold.Half == journal.Half && (hold.Journal == journal.First || hold.Journal == RevealHold.AnyJournal);
}
