using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Who brings a half in knows it from birth, and who was at a key counts the same. That is on record before the vault is asked, and also when they are refused: they know what AWS may have (laws 1 and 4).</summary>
public sealed class RecordBirth(CustodyDb db, IEnumerable<RevealJournal> journals)
{
    /// <param name="people">By whom it is brought in first.</param>
    /// <returns>Who of them has seen the other half: others have to bring this one in, and these hold neither from now on.</returns>
    /// <exception cref="VaultException">The courier cannot write its journal: the half must not get in.</exception>
    public async Task<IReadOnlyList<PersonId>> HandleAsync(
        AccountId id,
        Half half,
        int generation,
        IReadOnlyList<PersonId> people,
        CancellationToken cancellationToken
    )
    {
        var (lines, barred) = await RecordAsync(id, half, generation, people, isReuse: false, cancellationToken);
        await journals.Single(j => j.Half == half).AppendAsync(lines);
        return barred;
    }

    /// <summary>They brought in for another account what this account has: they know it as well.</summary>
    /// <exception cref="VaultException">The courier cannot write its journal.</exception>
    public async Task ReuseAsync(
        AccountId id,
        Half half,
        int generation,
        IReadOnlyList<PersonId> people,
        CancellationToken cancellationToken
    )
    {
        var (lines, _) = await RecordAsync(id, half, generation, people, isReuse: true, cancellationToken);
        await journals.Single(j => j.Half == half).AppendAsync(lines);
    }

    private Task<(List<JournalLine> Lines, List<PersonId> Barred)> RecordAsync(
        AccountId id,
        Half half,
        int generation,
        IReadOnlyList<PersonId> people,
        bool isReuse,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var (lines, barred) = (new List<JournalLine>(), new List<PersonId>());
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                foreach (var person in people)
                {
                    if ((await db.StandingAsync(person, account, cancellationToken)).HasSeen(half.Other()))
                        barred.Add(person);
                    var exposure = Exposure.FromBirth(id, half, generation, person, db.Now);
                    db.Exposures.Add(exposure);
                    var who = await db.People.SingleAsync(p => p.Id == person, cancellationToken);
                    lines.Add(JournalLine.Of(exposure, account, who, null));
                }
                foreach (var person in people)
                    db.Record(
                        isReuse ? "intake.reused"
                            : barred.Count > 0 ? "intake.refused"
                            : "intake.begun",
                        half == Half.Mfa ? people[0].ToString() : Recording.Operator, // devices come by chat
                        ("account", id),
                        ("half", half),
                        ("generation", generation),
                        ("exposedTo", person)
                    );
                return (lines, barred);
            },
            cancellationToken
        );
}
