using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>What a person has seen, and what they can open without us, when they are to keep something more (law 1).</summary>
internal static class Bars
{
    /// <summary>Says which of these accounts' halves a custodian-to-be is barred from: allowed, for each request asks again, but said.</summary>
    public static async Task<string> BarredAsync(
        this CustodyDb db,
        Person person,
        IReadOnlyCollection<Account> accounts,
        Half half,
        CancellationToken cancellationToken
    )
    {
        var other = half.Other();
        var barred = new List<string>();
        foreach (var account in await TouchedAsync(db, person, accounts, cancellationToken))
        {
            var seen = await db.HasSeenAsync(person, account, other, cancellationToken);
            var things = await db.ThingsOfAsync(person, account, cancellationToken);
            if (seen || things.Exists(k => k.Thing.Opens(other)))
                barred.Add(account.Number);
        }
        return barred.Count == 0
            ? ""
            : $" ATTENTION: they have seen, or can open, the {other.Word()} half of {string.Join(", ", barred)}, so there they hold nothing for now.";
    }

    public static async Task<bool> HasSeenAsync(
        this CustodyDb db,
        Person person,
        Account account,
        Half half,
        CancellationToken cancellationToken
    )
    {
        var (password, mfa) = await db.SeenAsync(person.Id, account, cancellationToken);
        return half == Half.Password ? password : mfa;
    }

    /// <summary>What a person keeps of an account, and of its management account, from which it inherits.</summary>
    public static Task<List<Keeper>> ThingsOfAsync(
        this CustodyDb db,
        Person person,
        Account account,
        CancellationToken cancellationToken
    ) =>
        db
            .Keepers.Where(k => k.Person == person.Id && (k.Account == account.Id || k.Account == account.Management))
            .ToListAsync(cancellationToken);

    /// <summary>Whether these together open both halves.</summary>
    public static bool OpenBoth(IEnumerable<KeptThing> things)
    {
        var all = things.ToList();
        return all.Exists(t => t.Opens(Half.Password)) && all.Exists(t => t.Opens(Half.Mfa));
    }

    /// <summary>Few: those with which the person ever had to do.</summary>
    private static async Task<IEnumerable<Account>> TouchedAsync(
        CustodyDb db,
        Person person,
        IReadOnlyCollection<Account> accounts,
        CancellationToken cancellationToken
    )
    {
        var touched = await db
            .Exposures.Where(e => e.Person == person.Id)
            .Select(e => e.Account)
            .Union(db.Keepers.Where(k => k.Person == person.Id).Select(k => k.Account))
            .ToListAsync(cancellationToken);
        return accounts.Where(a =>
            touched.Contains(a.Id) || (a.Management is { } management && touched.Contains(management))
        );
    }
}
