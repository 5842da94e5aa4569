using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Posture;
using RootCustody.Requests;
using RootCustody.Rotation;

namespace RootCustody.Desk.Posture;

/// <summary>Judges an account by what is known of it now, and notes what has changed. Part of the transaction of a step. Of an IAM user only its groups are judged: no report says anything of it here.</summary>
internal static class Reviewing
{
    /// <param name="gaps">Where too few people could answer, a sentence each; null if nobody has looked this time.</param>
    /// <returns>The findings of the account, in the order of the practices.</returns>
    public static async Task<IReadOnlyList<Finding>> ReviewAsync(
        this CustodyDb db,
        Account account,
        Policies policies,
        IReadOnlyCollection<string>? gaps,
        CancellationToken cancellationToken
    )
    {
        var now = db.Now;
        var policy = await policies.OfAsync(account, cancellationToken);
        var provider = await policies.OfProviderAsync(cancellationToken);
        var findings = await db.FindingsAsync(account, cancellationToken);
        var judgements = account.User is null
            ? await db.JudgeRootAsync(account, policy, findings, cancellationToken)
            : [];

        var tellFrom = DigestDay.At(provider, now).Next;
        var dutyOn = WorkingHours.Of(provider.RotationHours).DayOf(now + policy.PostureDuty);
        foreach (var judged in gaps is null ? judgements : [.. judgements, Judge.Staffed(gaps)])
        {
            var finding = findings[judged.Practice];
            var before = finding.State;
            if (finding.Take(judged, tellFrom, dutyOn, now))
                db.Record(
                    "posture.found",
                    Recording.System,
                    ("account", account.Id),
                    ("practice", judged.Practice),
                    ("from", before),
                    ("to", judged.State),
                    ("words", judged.Words)
                );
            if (finding.Call(judged.Use))
                await db.AlertDutyAsync(PostureCards.Alarm(account, finding), cancellationToken);
        }
        return [.. findings.Values];
    }

    private static async Task<IReadOnlyList<Judgement>> JudgeRootAsync(
        this CustodyDb db,
        Account account,
        Policy policy,
        SortedDictionary<Practice, Finding> findings,
        CancellationToken cancellationToken
    )
    {
        if (account.IsInCustody)
            findings[Practice.LastUse].Watch(db.Now);
        var watchedSince = findings[Practice.LastUse].WatchedSince;
        return Judge.All(await db.PostureFactsAsync(account, policy, watchedSince, cancellationToken));
    }

    /// <summary>What is known of the account, for whoever explains it.</summary>
    public static async Task<PostureFacts> PostureFactsAsync(
        this CustodyDb db,
        Account account,
        Policy policy,
        DateTimeOffset? watchedSince,
        CancellationToken cancellationToken
    )
    {
        var evidence = await db.Evidence.Where(e => e.Account == account.Id).ToListAsync(cancellationToken);
        evidence.AddRange(db.Evidence.Local.Where(e => e.Account == account.Id).Except(evidence));
        var report = evidence.Find(e => e.Source == EvidenceSource.CredentialReport);
        var contacts = evidence.Find(e => e.Source == EvidenceSource.Contacts);
        var line = report is null ? null : RootLine.Read(report.Text);
        return new PostureFacts(account, policy, db.Now)
        {
            Line = line,
            Generated = report?.At ?? default,
            UsedInWindow = await db.WindowAtAsync(account, line?.At(RootLine.PasswordLastUsed).Time, cancellationToken),
            ChangedInWindow = await db.WindowAtAsync(
                account,
                line?.At(RootLine.PasswordLastChanged).Time,
                cancellationToken
            ),
            WatchedSince = watchedSince,
            Rotated = await db.RotatedAsync(account, cancellationToken),
            Devices = (
                await db.MfaDevices.AsNoTracking().Where(d => d.Account == account.Id).ToListAsync(cancellationToken)
            ).Count(d => d.Serves),
            Contacts = contacts?.Text,
            ContactsAt = contacts?.At ?? default,
        };
    }

    private static async Task<SortedDictionary<Practice, Finding>> FindingsAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var known = await db
            .Findings.Where(f => f.Account == account.Id)
            .ToDictionaryAsync(f => f.Practice, cancellationToken);
        foreach (var practice in Practices.Of(account).Where(p => !known.ContainsKey(p)))
            db.Findings.Add(known[practice] = Finding.Of(account.Id, practice, db.Now));
        return new SortedDictionary<Practice, Finding>(known);
    }

    /// <summary>Whether a window in which real halves were shown was open then, as exactly as AWS says it.</summary>
    private static async Task<bool> WindowAtAsync(
        this CustodyDb db,
        Account account,
        DateTimeOffset? moment,
        CancellationToken cancellationToken
    )
    {
        if (moment is not { } at)
            return false;
        var (opened, closed) = (at + PostureFacts.Precision, at - PostureFacts.Precision);
        return await db.Requests.AnyAsync(
            r => r.Account == account.Id && r.Kind != RequestKind.Drill && r.Opens <= opened && r.Closes >= closed,
            cancellationToken
        );
    }

    private static async Task<OwnRotation?> RotatedAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var ended = await db
            .Retirements.Where(r => r.Account == account.Id && r.Half == Half.Password)
            .OrderByDescending(r => r.At)
            .Select(r => (DateTimeOffset?)r.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (ended is not { } at)
            return null;
        var opened = await db
            .Requests.Where(r => r.Account == account.Id && r.Kind != RequestKind.Drill && r.Opens <= at)
            .OrderByDescending(r => r.Opens)
            .Select(r => r.Opens)
            .FirstOrDefaultAsync(cancellationToken);
        return new OwnRotation(opened ?? at, at);
    }
}
