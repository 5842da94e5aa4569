using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Onboarding;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>Tells one person what falls due, what deviates and what hangs, once a day.</summary>
public sealed class SendDigest(CustodyDb db, Policies policies)
{
    public Task<bool> HandleAsync(PersonId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var provider = await policies.OfProviderAsync(cancellationToken);
                var day = DigestDay.At(provider, db.Now);
                if (await db.Digests.AnyAsync(d => d.Person == id && d.Day == day.Today, cancellationToken))
                    return false;
                var person = await db.WhoCanBeTold()
                    .Include(p => p.Identities)
                    .SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
                return person is not null && await TellAsync(person, day, provider, cancellationToken);
            },
            cancellationToken
        );

    private async Task<bool> TellAsync(
        Person person,
        DigestDay day,
        Policy provider,
        CancellationToken cancellationToken
    )
    {
        var now = db.Now;
        var (mine, late) = await ToldAsync(person, day, cancellationToken);
        var told = db.FindingsToTell(day.Next).AsNoTracking();
        var deviating = await told.KeptBy(db, person.Id).ToListAsync(cancellationToken);
        var staying = person.IsDutyManager
            ? await told.Where(t => t.Finding.DutyOn < day.Next).ToListAsync(cancellationToken)
            : [];
        var hanging = await db.HangingAsync(person, provider, cancellationToken);
        var card = mine.Count + late.Count == 0 ? null : RotationCards.Digest(mine, late, now);
        card = PostureCards.Digest(card, deviating, staying, now);
        card = OnboardingCards.Digest(card, hanging, provider);
        if (card is null)
            return false;

        db.Digests.Add(Digest.Of(person.Id, day.Today, now));
        db.Record(
            "digest.sent",
            Recording.System,
            ("person", person.Id),
            ("day", day.Today.ToString("O", CultureInfo.InvariantCulture)),
            ("kept", mine.Count),
            ("overdue", late.Count),
            ("deviating", deviating.Count),
            ("staying", staying.Count),
            ("hanging", hanging.All)
        );
        db.Notify(person, card);
        return true;
    }

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
