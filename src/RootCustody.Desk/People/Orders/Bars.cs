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

    /// <summary>What a person keeps of an account, and of those whose bars it inherits.</summary>
    public static async Task<List<Keeper>> ThingsOfAsync(
        this CustodyDb db,
        Person person,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var barring = await db.BarringAsync(account, cancellationToken);
        return await db
            .Keepers.Where(k => k.Person == person.Id && barring.Contains(k.Account))
            .ToListAsync(cancellationToken);
    }

    /// <summary>What is said of something that opens no such credential.</summary>
    public static string NoSuchThing(KeptThing thing, string number) =>
        AccountNumber.UserOf(number) is null
            ? $"The {thing.Word()} opens IAM users only, and {number} is a root user: name the user with it, such as {AccountNumber.StartOfUsers(number)}deploy."
            : $"An IAM user has no {thing.Word()}: what is kept of it is an MFA device or the {KeptThing.AccountAdministration.Word()}.";

    /// <summary>Whether these together open both halves.</summary>
    public static bool OpenBoth(IEnumerable<KeptThing> things)
    {
        var all = things.ToList();
        return all.Exists(t => t.Opens(Half.Password)) && all.Exists(t => t.Opens(Half.Mfa));
    }

    /// <summary>Few: those with which the person ever had to do, and those that inherit their bars.</summary>
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
        AccountId?[] managing = [.. touched];
        var roots = await db
            .Accounts.Where(a => touched.Contains(a.Id) || managing.Contains(a.Management))
            .Select(a => a.Number)
            .ToListAsync(cancellationToken);
        return accounts.Where(a => touched.Contains(a.Id) || roots.Contains(a.Digits));
    }
}
