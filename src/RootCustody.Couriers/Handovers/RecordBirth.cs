using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Who brings a half in knows it from birth. That is on record before the vault is asked, and also when they are refused: they know what AWS may have (laws 1 and 4).</summary>
public sealed class RecordBirth(CustodyDb db, IEnumerable<RevealJournal> journals)
{
    /// <returns>False if they have seen the other half: someone else has to bring this one in, and they hold neither from now on.</returns>
    /// <exception cref="VaultException">The courier cannot write its journal: the half must not get in.</exception>
    public async Task<bool> HandleAsync(
        AccountId id,
        Half half,
        int generation,
        PersonId person,
        CancellationToken cancellationToken
    )
    {
        var (line, barred) = await RecordAsync(id, half, generation, person, cancellationToken);
        await journals.Single(j => j.Half == half).AppendAsync([line]);
        return !barred;
    }

    private Task<(JournalLine, bool Barred)> RecordAsync(
        AccountId id,
        Half half,
        int generation,
        PersonId person,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var by = await db.StandingAsync(person, account, cancellationToken);
                var barred = by.HasSeen(half.Other());
                var exposure = Exposure.FromBirth(id, half, generation, person, db.Now);
                db.Exposures.Add(exposure);
                db.Record(
                    barred ? "intake.refused" : "intake.begun",
                    Recording.Operator,
                    ("account", id),
                    ("half", half),
                    ("generation", generation),
                    ("exposedTo", person)
                );
                var who = await db.People.SingleAsync(p => p.Id == person, cancellationToken);
                return (JournalLine.Of(exposure, account, who, null), barred);
            },
            cancellationToken
        );
}
