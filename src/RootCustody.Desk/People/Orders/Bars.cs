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
            if (seen || things.Exists(thing => thing.Opens(other)))
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
    private static async Task<List<KeptThing>> ThingsOfAsync(
        this CustodyDb db,
        Person person,
        Account account,
        CancellationToken cancellationToken
    ) => await db.KeptAsync(person.Id, await db.BarringAsync(account, cancellationToken), cancellationToken);

    /// <summary>What follows for law 1 if a person keeps this thing of an account too: asked by the order that enters a keeper, and by the ceremony that moves a thing to another.</summary>
    public static async Task<Keeping> WithThisAsync(
        this CustodyDb db,
        Person person,
        Account account,
        KeptThing thing,
        CancellationToken cancellationToken
    )
    {
        var barred = await db.BarredByAsync(account, cancellationToken);
        var (opensBoth, seen) = (new List<string>(), new List<string>());
        foreach (var one in barred.Prepend(account).OrderBy(a => a.Number, StringComparer.Ordinal))
        {
            var barring = await db.BarringAsync(one, cancellationToken);
            var things = await db.KeptAsync(person.Id, barring, cancellationToken);
            // what is only begun counts too: two moves to one person must not pass each other by
            var coming = await db
                .Moves.UnderWay()
                .Where(m => m.To == person.Id && barring.Contains(m.Account))
                .Select(m => m.Thing)
                .ToListAsync(cancellationToken);
            if (OpenBoth([.. things, .. coming, thing]))
                opensBoth.Add(one.Number);
            foreach (var half in Enum.GetValues<Half>().Where(half => thing.Opens(half)))
            {
                if (await db.HasSeenAsync(person, one, half.Other(), cancellationToken) && !seen.Contains(one.Number))
                    seen.Add(one.Number);
            }
        }
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        if (opensBoth.Count > 0 && !policy.OneMayOpenBoth)
            return new Keeping(Organisations.Refused(person, opensBoth), "");
        return new Keeping(
            null,
            (opensBoth.Count > 0 ? Organisations.Loudly(person, opensBoth) : "")
                + (
                    seen.Count > 0
                        ? $" ATTENTION: they have seen the other half of {string.Join(", ", seen)}: until that is rotated, both halves are in one hand."
                        : ""
                )
        );
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
            .Union(db.Moves.UnderWay().Where(m => m.To == person.Id).Select(m => m.Account))
            .ToListAsync(cancellationToken);
        var roots = await db
            .Accounts.Where(a => touched.Contains(a.Id))
            .Select(a => a.Number)
            .ToListAsync(cancellationToken);
        var inheriting = await db.InheritingAsync(touched, cancellationToken);
        roots.AddRange(inheriting.Select(a => a.Number));
        return accounts.Where(a => touched.Contains(a.Id) || roots.Contains(a.Digits));
    }
}

/// <summary>What follows if a person keeps something more.</summary>
/// <param name="WhyNot">Why they may not, in a sentence; null if they may.</param>
/// <param name="Said">What is said loudly if they do; empty if nothing is.</param>
internal sealed record Keeping(string? WhyNot, string Said);
