using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Onboarding;

/// <summary>The ceremonies that nobody moves on, and who is told of them. What has moved is seen by what people leave behind, and is kept nowhere else.</summary>
internal static class Hanging
{
    /// <summary>The accounts on their way into custody to which nothing has come since: no word, no report, nothing that was asked, attested, registered or brought in.</summary>
    public static IQueryable<Account> HangingSince(this CustodyDb db, DateTimeOffset since) =>
        db
            .Accounts.BeingOnboarded()
            .Where(a =>
                a.OnboardingSince <= since
                && !db.OnboardingWords.Any(w => w.Account == a.Id && (w.At > since || w.ConfirmedAt > since))
                && !db.Evidence.Any(e => e.Account == a.Id && (e.BroughtAt > since || e.ConfirmedAt > since))
                && !db.Requests.Any(r =>
                    r.Account == a.Id
                    && (r.Kind == RequestKind.Rotation || r.Kind == RequestKind.MfaChange)
                    && r.AskedAt > since
                )
                && !db.Retirements.Any(r => r.Account == a.Id && r.At > since)
                && !db.MfaDevices.Any(d => d.Account == a.Id && d.ProposedAt > since)
                && !db.Keepers.Any(k => k.Account == a.Id && k.Since > since)
            );

    /// <summary>Those that custodians are told of.</summary>
    public static IQueryable<Account> ToRemindOf(this CustodyDb db, Policy policy) =>
        db.HangingSince(db.Now - policy.OnboardReminder);

    /// <summary>Those that the duty managers are told of too.</summary>
    public static IQueryable<Account> ToCallOf(this CustodyDb db, Policy policy) =>
        db.HangingSince(db.Now - 2 * policy.OnboardReminder);

    /// <summary>Those of which this person keeps a half, or is to.</summary>
    public static IQueryable<Account> KeptBy(this IQueryable<Account> accounts, CustodyDb db, PersonId person) =>
        accounts.Where(a =>
            db.Groups.Any(g =>
                (g.Id == a.PasswordGroup || g.Id == a.MfaGroup) && g.Members.Any(m => m.Person == person)
            )
        );

    /// <summary>Whom of these people a ceremony that hangs concerns.</summary>
    public static async Task<IReadOnlyCollection<PersonId>> ToRemindAsync(
        this CustodyDb db,
        IQueryable<Person> people,
        Policy policy,
        CancellationToken cancellationToken
    )
    {
        var hanging = db.ToRemindOf(policy);
        var late = db.ToCallOf(policy);
        return await people
            .Where(p =>
                (p.IsDutyManager && late.Any())
                || hanging.Any(a =>
                    db.Groups.Any(g =>
                        (g.Id == a.PasswordGroup || g.Id == a.MfaGroup) && g.Members.Any(m => m.Person == p.Id)
                    )
                )
            )
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>What this person is told today, the longest first.</summary>
    public static async Task<HangingCeremonies> HangingAsync(
        this CustodyDb db,
        Person person,
        Policy policy,
        CancellationToken cancellationToken
    )
    {
        var mine = await db.ToRemindOf(policy).KeptBy(db, person.Id).ToListAsync(cancellationToken);
        var late = person.IsDutyManager ? await db.ToCallOf(policy).ToListAsync(cancellationToken) : [];
        var all = mine.UnionBy(late, a => a.Id)
            .OrderBy(a => a.OnboardingSince)
            .ThenBy(a => a.Number, StringComparer.Ordinal)
            .ToList();
        var lists = new List<Checklist>();
        foreach (var account in all.Take(OnboardingCards.MostOnADigest))
            lists.Add(await db.ChecklistAsync(account, cancellationToken));
        return new HangingCeremonies(lists, all.Count, late.Count);
    }
}

/// <param name="Lists">The longest of them, as they stand.</param>
/// <param name="All">How many there are.</param>
/// <param name="Late">How many of them a duty manager is told of because nobody does anything.</param>
internal sealed record HangingCeremonies(IReadOnlyList<Checklist> Lists, int All, int Late);
