using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Desk.Onboarding;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>Once a day tells the custodians, and in the end the duty managers, of the rotations that fall due, of what deviates at root users, and of accounts that hang on their way into custody.</summary>
public sealed class SendDigestsJob(CustodyDb db, Policies policies, Sweep sweep)
{
    /// <summary>So long it is remembered that somebody was told.</summary>
    private const int KeepDays = 30;

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var provider = await policies.OfProviderAsync(cancellationToken);
        var day = DigestDay.At(provider, db.Now);
        if (!day.IsTime)
            return;
        var untold = db.WhoCanBeTold().Where(p => !db.Digests.Any(d => d.Person == p.Id && d.Day == day.Today));
        var reminded = await RemindedAsync(untold, day, cancellationToken);
        var concerned = await db.ConcernedAsync(untold, day.Next, cancellationToken);
        var awaited = await db.ToRemindAsync(untold, provider, cancellationToken);

        await sweep.EachAsync<SendDigest, PersonId>(
            reminded.Union(concerned).Union(awaited),
            (send, id) => send.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
        await sweep.EachAsync<NoteReminded, DigestDay>(
            [day],
            (note, today) => note.HandleAsync(today, CancellationToken.None),
            cancellationToken
        );
        await sweep.EachAsync<NoteTold, DigestDay>(
            [day],
            (note, today) => note.HandleAsync(today, CancellationToken.None),
            cancellationToken
        );
        var before = day.Today.AddDays(-KeepDays);
        await db.Digests.Where(d => d.Day < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Whom of these people a rotation concerns.</summary>
    private async Task<IEnumerable<PersonId>> RemindedAsync(
        IQueryable<Person> untold,
        DigestDay day,
        CancellationToken cancellationToken
    )
    {
        var due = db.ToTell(day.Next).Take(Sweep.Batch);
        var custodians = await untold
            .Where(p =>
                due.Any(d =>
                    db.Groups.Any(g =>
                        (g.Id == d.Account.PasswordGroup || g.Id == d.Account.MfaGroup)
                        && g.Members.Any(m => m.Person == p.Id)
                    )
                )
            )
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        var managers = await untold
            .Where(p => p.IsDutyManager && due.Any(d => d.Date.DutyOn < day.Next))
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        return custodians.Union(managers);
    }
}
