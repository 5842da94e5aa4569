using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Onboarding;
using RootCustody.People;

namespace RootCustody.Desk.Onboarding;

/// <summary>How the accounts stand that are being taken into custody: an overview, or the items of one.</summary>
public sealed class ShowOnboarding(CustodyDb db)
{
    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken)
    {
        if (person.Customer is not null)
            return Loading.NoAccount;
        var known = db.AccountsKnownTo(person).AsNoTracking();
        if (number.Trim() is { Length: > 0 } wanted)
        {
            var account = await known.SingleOrDefaultAsync(a => a.Number == wanted, cancellationToken);
            return account is null ? Loading.NoAccount : await OneAsync(person, account, cancellationToken);
        }
        var under = known.BeingOnboarded();
        var first = await under
            .OrderBy(a => a.OnboardingSince)
            .Take(OnboardingCards.Most)
            .ToListAsync(cancellationToken);
        var lists = new List<Checklist>();
        foreach (var account in first)
            lists.Add(await db.ChecklistAsync(account, cancellationToken));
        return new Reply.Drawn(OnboardingCards.Overview(lists, await under.CountAsync(cancellationToken)));
    }

    /// <summary>The items of one account, and what this person can press.</summary>
    internal async Task<Reply> OneAsync(Person person, Account account, CancellationToken cancellationToken)
    {
        var list = await db.ChecklistAsync(account, cancellationToken);
        var keeps = await db.KeepsAsync(person.Id, account, cancellationToken);
        OnboardingWord[] words = [.. list.Lines.Select(l => l.Word).OfType<OnboardingWord>()];
        PersonId[] ids = [.. words.SelectMany(w => (PersonId?[])[w.By, w.ConfirmedBy]).OfType<PersonId>().Distinct()];
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return new Reply.Drawn(
            OnboardingCards.Of(
                list,
                names,
                keeps || person.IsAdministrator,
                [.. words.Where(w => w.WhyNotConfirm(person, keeps) is null)]
            )
        );
    }

    /// <summary>For the console: all that are under way, or one.</summary>
    /// <returns>Null if there is no such account.</returns>
    public async Task<IReadOnlyList<Checklist>?> OfAsync(string? number, CancellationToken cancellationToken)
    {
        var all = db.Accounts.AsNoTracking();
        var accounts = await (number is null ? all.BeingOnboarded() : all.Where(a => a.Number == number))
            .OrderBy(a => a.OnboardingSince)
            .ThenBy(a => a.Number)
            .ToListAsync(cancellationToken);
        if (number is not null && accounts.Count == 0)
            return null;
        var lists = new List<Checklist>();
        foreach (var account in accounts)
            lists.Add(await db.ChecklistAsync(account, cancellationToken));
        return lists;
    }
}
