using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Who brings a half in knows it from birth. That is on record before the vault is asked, and also when they are refused: they know what AWS may have (laws 1 and 4).</summary>
public sealed class RecordBirth(CustodyDb db)
{
    /// <returns>False if they have seen the other half: someone else has to bring this one in, and they hold neither from now on.</returns>
    public Task<bool> HandleAsync(
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
                db.Exposures.Add(Exposure.FromBirth(id, half, generation, person, db.Now));
                db.Record(
                    barred ? "intake.refused" : "intake.begun",
                    Recording.Operator,
                    ("account", id),
                    ("half", half),
                    ("generation", generation),
                    ("exposedTo", person)
                );
                return !barred;
            },
            cancellationToken
        );
}
