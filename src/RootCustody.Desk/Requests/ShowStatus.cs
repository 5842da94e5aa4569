using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Onboarding;
using RootCustody.Desk.Rotation;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Rotation;

namespace RootCustody.Desk.Requests;

/// <summary>What concerns this person now: their company's requests, or those of the accounts whose halves they keep, and the debts.</summary>
public sealed class ShowStatus(CustodyDb db)
{
    private const int Most = 10;

    public async Task<Reply> HandleAsync(Person person, CancellationToken cancellationToken)
    {
        var accounts = AccountsOf(person);
        var found = await (
            from request in db.Requests
            join account in accounts on request.Account equals account.Id
            where
                request.State == RequestState.Asked
                || request.State == RequestState.Approved
                || request.State == RequestState.Open
            orderby request.AskedAt descending
            select new { request, account }
        )
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(cancellationToken);

        var facts = new List<Fact>();
        foreach (var row in found)
        {
            var view = await RequestView.OfAsync(db, row.request, row.account, cancellationToken);
            facts.Add(
                new Fact(
                    RequestCards.TitleOf(view),
                    $"{row.account.Name} ({row.account.Number}): {RequestCards.StateOf(view)}"
                )
            );
            if (row.request.State == RequestState.Open)
                facts.Add(Fact.At($"{row.request.Name} open until", row.request.Closes!.Value));
        }
        if (person.Customer is null)
            facts.AddRange([
                .. await DebtsAsync(accounts, cancellationToken),
                .. await KeysAsync(accounts, cancellationToken),
                .. await OnboardingAsync(accounts, cancellationToken),
            ]);
        return facts.Count == 0
            ? new Reply.Said("Nothing is open.")
            : new Reply.Drawn(new Card("Open now", [], facts, []));
    }

    private IQueryable<Accounts.Account> AccountsOf(Person person) =>
        person.Customer is { } customer ? db.Accounts.Where(a => a.Customer == customer)
        : person.IsDutyManager || person.IsAuditor ? db.Accounts
        : db.Accounts.Where(a =>
            db.Groups.Any(g =>
                (g.Id == a.PasswordGroup || g.Id == a.MfaGroup) && g.Members.Any(m => m.Person == person.Id)
            )
        );

    private async Task<IEnumerable<Fact>> KeysAsync(
        IQueryable<Accounts.Account> accounts,
        CancellationToken cancellationToken
    ) =>
        (await db.KeysOutAsync(accounts, null, cancellationToken))
            .Take(Most)
            .Select(k => Fact.At($"MFA key of {k.Account.Name} out with {k.With}", k.Since));

    private static async Task<IEnumerable<Fact>> OnboardingAsync(
        IQueryable<Accounts.Account> accounts,
        CancellationToken cancellationToken
    ) =>
        await accounts.BeingOnboarded().CountAsync(cancellationToken) is > 0 and var count
            ? [new Fact("Being taken into custody", $"{count} accounts; type onboard to see how they stand")]
            : [];

    /// <summary>A debt stays visible until it is paid (law 14), and so does what falls due until it is rotated.</summary>
    private async Task<IEnumerable<Fact>> DebtsAsync(
        IQueryable<Accounts.Account> accounts,
        CancellationToken cancellationToken
    )
    {
        var now = db.Now;
        var kept = accounts.InCustody();
        var unplanned = await kept.Where(a => a.PasswordPlannedAt == null)
            .Where(a => a.OwesSince != null || a.RotateBy <= now)
            .OrderBy(a => a.RotateBy)
            .Take(Most)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var planned = await (
            from date in db.RotationDates
            join account in kept on date.Account equals account.Id
            where date.DueAt <= now && (date.Half == Half.Mfa || account.PasswordPlannedAt != null)
            orderby date.DueAt
            select new { account, date }
        )
            .Take(Most)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return
        [
            .. unplanned.Select(a =>
                Fact.At(
                    $"{(a.OwesSince is null ? "Overdue" : "Exposed")}: password of {a.Name} ({a.Number})",
                    a.RotateBy!.Value
                )
            ),
            .. planned
                .OrderBy(p => p.account.StateAt(p.date, now) == RotationState.Exposed ? 0 : 1)
                .Select(p => RotationCards.FactOf(p.account, p.date, now)),
        ];
    }
}
