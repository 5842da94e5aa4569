using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Desk.Posture;

/// <summary>Who is told of which deviations: the custodians of the halves that they concern, and the duty managers of what stays.</summary>
internal static class Telling
{
    /// <summary>What is not good at these accounts, the worst first: uses outside of windows, what deviates, what is stale, by age.</summary>
    public static IQueryable<ToldFinding> ToldFindings(
        this CustodyDb db,
        IQueryable<Account> accounts,
        DateTimeOffset now
    ) =>
        from finding in db.Findings
        join account in accounts.Where(a => a.ClosedAt == null && a.HandedOverAt == null)
            on finding.Account equals account.Id
        where
            finding.State == PracticeState.Deviates
            || finding.State == PracticeState.Stale
            || (finding.State == PracticeState.Good && finding.GoodUntil <= now)
        orderby finding.State == PracticeState.Deviates ? 0 : 1, finding.Practice, finding.Since, account.Number
        select new ToldFinding { Account = account, Finding = finding };

    /// <summary>The findings, with their accounts, of which people are told today.</summary>
    public static IQueryable<ToldFinding> FindingsToTell(this CustodyDb db, DateOnly next) =>
        from finding in db.Findings
        join account in db.Accounts.InCustody() on finding.Account equals account.Id
        where finding.RemindOn < next
        orderby finding.State == PracticeState.Deviates ? 0 : 1, finding.Practice, finding.Since, account.Number
        select new ToldFinding { Account = account, Finding = finding };

    /// <summary>Those of them that concern a half that this person keeps.</summary>
    public static IQueryable<ToldFinding> KeptBy(
        this IQueryable<ToldFinding> findings,
        CustodyDb db,
        PersonId person
    ) =>
        findings.Where(t =>
            db.Groups.Any(g =>
                (
                    (g.Id == t.Account.PasswordGroup && (t.Finding.Half == null || t.Finding.Half == Half.Password))
                    || (g.Id == t.Account.MfaGroup && (t.Finding.Half == null || t.Finding.Half == Half.Mfa))
                ) && g.Members.Any(m => m.Person == person)
            )
        );

    /// <summary>Whom of these people today's findings concern.</summary>
    public static async Task<IReadOnlyCollection<PersonId>> ConcernedAsync(
        this CustodyDb db,
        IQueryable<Person> people,
        DateOnly next,
        CancellationToken cancellationToken
    )
    {
        var told = db.FindingsToTell(next).Take(Sweep.Batch);
        return await people
            .Where(p =>
                told.Any(t =>
                    (p.IsDutyManager && t.Finding.DutyOn < next)
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
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
    }

    public static async Task<string> NameAsync(
        this CustodyDb db,
        PersonId? person,
        CancellationToken cancellationToken
    ) =>
        person is not { } id
            ? PostureCards.Console
            : await db.People.Where(p => p.Id == id).Select(p => p.Name).SingleAsync(cancellationToken);
}

/// <summary>A finding of which somebody is told.</summary>
public sealed class ToldFinding
{
    public required Account Account { get; init; }
    public required Finding Finding { get; init; }
}
