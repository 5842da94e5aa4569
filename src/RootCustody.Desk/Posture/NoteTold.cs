using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Desk.Rotation;
using RootCustody.Posture;
using RootCustody.Rotation;

namespace RootCustody.Desk.Posture;

/// <summary>What everyone who can be told was told today comes up again at its next reminder; what somebody was not, with the next sweep.</summary>
public sealed class NoteTold(CustodyDb db, Policies policies)
{
    public Task HandleAsync(DigestDay day, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var told = await db.FindingsToTell(day.Next).Take(Sweep.Batch).ToListAsync(cancellationToken);
                var untold = await UntoldAsync(day, cancellationToken);
                foreach (var one in told.Where(t => !untold.Contains((t.Finding.Account, t.Finding.Practice))))
                {
                    var policy = await policies.OfAsync(one.Account, cancellationToken);
                    one.Finding.Reminded(day.Next, policy.PostureReminder);
                }
                return true;
            },
            cancellationToken
        );

    private async Task<HashSet<(AccountId, Practice)>> UntoldAsync(DigestDay day, CancellationToken cancellationToken)
    {
        var people = db.WhoCanBeTold().Where(p => !db.Digests.Any(d => d.Person == p.Id && d.Day == day.Today));
        var untold = await db.FindingsToTell(day.Next)
            .Where(t =>
                people.Any(p =>
                    (p.IsDutyManager && t.Finding.DutyOn < day.Next)
                    || db.Groups.Any(g =>
                        (
                            (
                                g.Id == t.Account.PasswordGroup
                                && (t.Finding.Half == null || t.Finding.Half == Half.Password)
                            ) || (g.Id == t.Account.MfaGroup && (t.Finding.Half == null || t.Finding.Half == Half.Mfa))
                        ) && g.Members.Any(m => m.Person == p.Id)
                    )
                )
            )
            .Select(t => new { t.Finding.Account, t.Finding.Practice })
            .ToListAsync(cancellationToken);
        return [.. untold.Select(t => (t.Account, t.Practice))];
    }
}
