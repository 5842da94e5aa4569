using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Proofs;
using RootCustody.Onboarding;
using RootCustody.Requests;

namespace RootCustody.Desk.Onboarding;

/// <summary>Who comes to which ceremony, and how it stands.</summary>
internal static class Loading
{
    internal static readonly Reply NoAccount = new Reply.Said(
        "There is no such account among those that you may know of. Say it with its 12 digits, such as: onboard 111122223333"
    );

    internal static readonly Reply NotUnderWay = new Reply.Said(
        "No ceremony is under way that takes this account into custody. Type onboard and its 12 digits to see how it stands."
    );

    private static readonly Reply NotYours = new Reply.Said(
        "Only custodians of this account and administrators of the provider take it into custody."
    );

    /// <summary>The accounts whose ceremony is under way: the rule is <see cref="Account.IsOnboarding"/>.</summary>
    public static IQueryable<Account> BeingOnboarded(this IQueryable<Account> accounts) =>
        accounts.Where(a =>
            a.OnboardingSince != null
            && a.OnboardedAt == null
            && a.ClosedAt == null
            && a.HandedOverAt == null
            && a.GovCloudOf == null
        );

    /// <summary>How the account stands now.</summary>
    public static async Task<Checklist> ChecklistAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var words = await db.OnboardingWords.Where(w => w.Account == account.Id).ToListAsync(cancellationToken);
        words.AddRange(db.OnboardingWords.Local.Where(w => w.Account == account.Id).Except(words));
        var findings = await db.Findings.Where(f => f.Account == account.Id).ToListAsync(cancellationToken);
        findings.AddRange(db.Findings.Local.Where(f => f.Account == account.Id).Except(findings));
        return Checklist.Of(
            new OnboardingFacts(account, account.OnboardingSince ?? db.Now, db.Now)
            {
                Findings = findings,
                Evidence = await db.Evidence.Where(e => e.Account == account.Id).ToListAsync(cancellationToken),
                Words = words,
                Kept = await db
                    .Keepers.Where(k => k.Account == account.Id)
                    .Select(k => k.Thing)
                    .Distinct()
                    .ToListAsync(cancellationToken),
                Moving = await db
                    .Moves.UnderWay()
                    .Where(m => m.Account == account.Id)
                    .Select(m => m.Thing)
                    .Order()
                    .ToListAsync(cancellationToken),
                Rotated = (await db.RotationAsync(account.Id, cancellationToken))?.At,
            }
        );
    }

    /// <summary>Somebody acts on an account: as they are now, and as it is now.</summary>
    /// <param name="of">Finds the account among those that they may know of.</param>
    /// <returns>Why they may not, if the account is null.</returns>
    public static async Task<(Account? Account, Reply WhyNot)> EnterAsync(
        this CustodyDb db,
        PersonId id,
        AccountId? of,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.CoolsOffAt(db.Now, through))
            return (null, new Reply.Said(Sentences.For(Refusal.CoolsOff))); // law 15
        var account = await db.AccountsKnownTo(person).SingleOrDefaultAsync(a => a.Id == of, cancellationToken);
        if (account is null)
        {
            await db.RefusedAsync(id, "onboarding.refused", cancellationToken, ("why", Refusal.NotYourAccount));
            return (null, NoAccount);
        }
        if (!person.IsAdministrator && !await db.KeepsAsync(id, account, cancellationToken))
        {
            await db.RefusedAsync(
                id,
                "onboarding.refused",
                cancellationToken,
                ("account", account.Id),
                ("why", Refusal.NotACustodian)
            );
            return (null, NotYours);
        }
        if (account.ClosedAt is not null)
            return (null, new Reply.Said(Sentences.For(Refusal.AccountClosed)));
        db.Raise(person); // law 9: whether they may is decided on what is true now
        db.Raise(account);
        return (account, NotUnderWay);
    }
}
