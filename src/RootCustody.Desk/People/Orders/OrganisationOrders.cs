using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>An account is a member of the organisation of a management account, whose bars it inherits (law 1).</summary>
public sealed record JoinOrganisation(string Account, string Management) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (await db.FindAccountAsync(Management, cancellationToken) is not { } management)
            return Plan.NoAccount(Management);
        if (account.User is not null || management.User is not null)
            return new Plan.Impossible("An IAM user is where its account is: name the account alone.");
        if (account.Management == management.Id)
            return new Plan.Impossible($"Account {account.Shown()} is a member of {management.Shown()} already.");
        var leads = await db.Accounts.AnyAsync(a => a.Management == account.Id, cancellationToken);
        if (account.Id == management.Id || management.Management is not null || leads)
            return new Plan.Impossible(
                $"Account {account.Shown()} cannot be a member of {management.Shown()}: a management account has members and is none."
            );

        var users = await db.IamUsersOfAsync(account, cancellationToken);
        var both = await OpenersAsync(db, [account, .. users], management, cancellationToken);
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        if (both.Count > 0 && !policy.OneMayOpenBoth)
            return new Plan.Impossible(Organisations.Refused(both[0].Person, both[0].Numbers));
        var said = string.Concat(both.Select(o => Organisations.Loudly(o.Person, o.Numbers)));
        return Plan.Of(
            new Change(
                "account.joined",
                $"Let account {account.Shown()} be a member of the organisation of {management.Shown()}.{said}",
                () =>
                {
                    db.Raise(account);
                    db.Raise(management);
                    users.ForEach(db.Raise); // they inherit the same bars
                    both.ForEach(o => db.Raise(o.Person));
                    account.BelongTo(management.Id);
                    return [("account", account.Id), ("management", management.Id), ("attention", Loudly.Of(said))];
                }
            )
        );
    }

    /// <summary>Who would open both halves of the account, or of an IAM user of it, with what they keep of these and of the management account.</summary>
    private static async Task<List<(Person Person, List<string> Numbers)>> OpenersAsync(
        CustodyDb db,
        IReadOnlyList<Account> joining,
        Account management,
        CancellationToken cancellationToken
    )
    {
        var ids = joining.Select(a => a.Id).Append(management.Id).ToList();
        var keepers = await db
            .Keepers.Where(k => ids.Contains(k.Account))
            .Select(k => new
            {
                k.Account,
                k.Person,
                k.Thing,
            })
            .Concat(
                db.Moves.UnderWay()
                    .Where(m => ids.Contains(m.Account))
                    .Select(m => new
                    {
                        m.Account,
                        Person = m.To,
                        m.Thing,
                    })
            )
            .ToListAsync(cancellationToken);
        var opened = joining
            .SelectMany(a =>
                keepers
                    .Where(k => k.Account == a.Id || k.Account == joining[0].Id || k.Account == management.Id)
                    .GroupBy(k => k.Person)
                    .Where(g => Bars.OpenBoth(g.Select(k => k.Thing)))
                    .Select(g => (Person: g.Key, a.Number))
            )
            .ToLookup(o => o.Person, o => o.Number);
        var openers = opened.Select(o => o.Key).ToList();
        var people = await db
            .People.Include(p => p.Identities)
            .Where(p => openers.Contains(p.Id))
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        return [.. people.Select(p => (p, opened[p.Id].ToList()))];
    }
}

public sealed record LeaveOrganisation(string Account) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (account.Management is not { } left)
            return new Plan.Impossible($"Account {account.Shown()} is a member of no organisation.");
        var management = await db.Accounts.SingleAsync(a => a.Id == left, cancellationToken);
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        return Plan.Of(
            new Change(
                "account.left",
                $"Let account {account.Shown()} be a member of the organisation of {management.Shown()} no more.",
                () =>
                {
                    db.Raise(account);
                    db.Raise(management);
                    users.ForEach(db.Raise);
                    account.BelongTo(null);
                    return [("account", account.Id), ("management", management.Id)];
                }
            )
        );
    }
}

/// <summary>What is said of a person who would open both halves of an account without us.</summary>
internal static class Organisations
{
    public static string Refused(Person person, IEnumerable<string> accounts) =>
        $"{person.Shown()} could then open both halves of {string.Join(", ", accounts)} without RootCustody. Let someone else keep one of these things, or let policy say OneMayOpenBoth.";

    public static string Loudly(Person person, IEnumerable<string> accounts) =>
        $" ATTENTION: {person.Shown()} can then open both halves of {string.Join(", ", accounts)} without RootCustody, as policy allows.";
}
