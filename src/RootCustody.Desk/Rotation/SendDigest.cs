using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>Tells one person what falls due and what deviates, once a day.</summary>
public sealed class SendDigest(CustodyDb db, Policies policies)
{
    public Task<bool> HandleAsync(PersonId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (now, day) = (db.Now, DigestDay.At(await policies.OfProviderAsync(cancellationToken), db.Now));
                if (await db.Digests.AnyAsync(d => d.Person == id && d.Day == day.Today, cancellationToken))
                    return false;
                var person = await db.WhoCanBeTold()
                    .Include(p => p.Identities)
                    .SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
                if (person is null)
                    return false;
                var (mine, late) = await ToldAsync(person, day, cancellationToken);
                var told = db.FindingsToTell(day.Next).AsNoTracking();
                var deviating = await told.KeptBy(db, id).ToListAsync(cancellationToken);
                var staying = person.IsDutyManager
                    ? await told.Where(t => t.Finding.DutyOn < day.Next).ToListAsync(cancellationToken)
                    : [];
                if (mine.Count + late.Count + deviating.Count + staying.Count == 0)
                    return false;

                db.Digests.Add(Digest.Of(id, day.Today, now));
                db.Record(
                    "digest.sent",
                    Recording.System,
                    ("person", id),
                    ("day", day.Today.ToString("O", CultureInfo.InvariantCulture)),
                    ("kept", mine.Count),
                    ("overdue", late.Count),
                    ("deviating", deviating.Count),
                    ("staying", staying.Count)
                );
                var rotations = mine.Count + late.Count == 0 ? null : RotationCards.Digest(mine, late, now);
                db.Notify(person, PostureCards.Digest(rotations, deviating, staying, now));
                return true;
            },
            cancellationToken
        );

    /// <summary>What is exposed first, then what falls due first.</summary>
    private async Task<(List<DueHalf> Mine, List<DueHalf> Late)> ToldAsync(
        Person person,
        DigestDay day,
        CancellationToken cancellationToken
    )
    {
        var told = db.ToTell(day.Next).AsNoTracking();
        var mine = await told.KeptBy(db, person.Id).ToListAsync(cancellationToken);
        var late = person.IsDutyManager
            ? await told.Where(d => d.Date.DutyOn < day.Next).ToListAsync(cancellationToken)
            : [];
        return ([.. mine.OrderBy(d => d.Account.StateAt(d.Date, db.Now) == RotationState.Exposed ? 0 : 1)], late);
    }
}
