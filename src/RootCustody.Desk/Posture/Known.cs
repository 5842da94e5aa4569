using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Desk.Posture;

/// <summary>Of which accounts a person may know how they stand.</summary>
internal static class Known
{
    /// <summary>The custodians of either half of theirs; duty managers, administrators and auditors of all; contacts of customers of none.</summary>
    public static IQueryable<Account> AccountsKnownTo(this CustodyDb db, Person person) =>
        person.Customer is not null ? db.Accounts.Where(_ => false)
        : person.IsDutyManager || person.IsAdministrator || person.IsAuditor ? db.Accounts
        : db.Accounts.Where(a =>
            db.Groups.Any(g =>
                (g.Id == a.PasswordGroup || g.Id == a.MfaGroup) && g.Members.Any(m => m.Person == person.Id)
            )
        );

    public static Task<bool> KeepsAsync(
        this CustodyDb db,
        PersonId person,
        Account account,
        CancellationToken cancellationToken
    ) =>
        db.Groups.AnyAsync(
            g => (g.Id == account.PasswordGroup || g.Id == account.MfaGroup) && g.Members.Any(m => m.Person == person),
            cancellationToken
        );

    /// <summary>What was brought from this source, or a new one that holds nothing yet.</summary>
    public static async Task<Evidence> EvidenceOfAsync(
        this CustodyDb db,
        Account account,
        EvidenceSource source,
        CancellationToken cancellationToken
    )
    {
        var evidence = await db.Evidence.SingleOrDefaultAsync(
            e => e.Account == account.Id && e.Source == source,
            cancellationToken
        );
        if (evidence is null)
            db.Evidence.Add(evidence = Evidence.Of(account.Id, source));
        return evidence;
    }
}
