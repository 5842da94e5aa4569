using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>What everyone who can be told was told today comes up again at its next reminder; what somebody was not, with the next sweep.</summary>
public sealed class NoteReminded(CustodyDb db)
{
    public Task HandleAsync(DigestDay day, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var dates = await db
                    .RotationDates.Where(d => d.RemindOn < day.Next)
                    .OrderBy(d => d.DueAt)
                    .Take(Sweep.Batch)
                    .ToListAsync(cancellationToken);
                var untold = await UntoldAsync(day, cancellationToken);
                foreach (var date in dates.Where(d => !untold.Contains((d.Account, d.Half))))
                    date.Reminded(day.Next);
                return true;
            },
            cancellationToken
        );

    private async Task<HashSet<(AccountId, Half)>> UntoldAsync(DigestDay day, CancellationToken cancellationToken)
    {
        var people = db.WhoCanBeTold().Where(p => !db.Digests.Any(d => d.Person == p.Id && d.Day == day.Today));
        var untold = await db.ToTell(day.Next)
            .Where(h =>
                people.Any(p =>
                    (p.IsDutyManager && h.Date.DutyOn < day.Next)
                    || db.Groups.Any(g =>
                        (g.Id == h.Account.PasswordGroup || g.Id == h.Account.MfaGroup)
                        && g.Members.Any(m => m.Person == p.Id)
                    )
                )
            )
            .Select(h => new { h.Date.Account, h.Date.Half })
            .ToListAsync(cancellationToken);
        return [.. untold.Select(h => (h.Account, h.Half))];
    }
}
