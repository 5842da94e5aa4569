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

        var inheriting = await db.BarredByAsync(account, cancellationToken);
        var both = await OpenersAsync(db, [account, .. inheriting], management, cancellationToken);
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
                    inheriting.ForEach(db.Raise); // the same bars
                    both.ForEach(o => db.Raise(o.Person));
                    account.BelongTo(management.Id);
                    return [("account", account.Id), ("management", management.Id), ("attention", Loudly.Of(said))];
                }
            )
        );
    }

    /// <summary>Who would open both halves of the account, or of one that inherits its bars, with what they keep of these and of the management account.</summary>
    private static async Task<List<(Person Person, List<string> Numbers)>> OpenersAsync(
        CustodyDb db,
        IReadOnlyList<Account> joining,
        Account management,
        CancellationToken cancellationToken
    )
    {
        var above = await db.BarringAsync(management, cancellationToken);
        var found = new List<(PersonId Person, string Number)>();
        foreach (var one in joining)
        {
            var barring = await db.BarringAsync(one, cancellationToken, leaving: joining[0].Id);
            barring.AddRange(above);
            var keepers = await db
                .Keepers.Where(k => barring.Contains(k.Account))
                .Select(k => new { k.Person, k.Thing })
                .Concat(
                    db.Moves.UnderWay()
                        .Where(m => barring.Contains(m.Account))
                        .Select(m => new { Person = m.To, m.Thing })
                )
                .ToListAsync(cancellationToken);
            found.AddRange(
                keepers
                    .GroupBy(k => k.Person)
                    .Where(g => Bars.OpenBoth(g.Select(k => k.Thing)))
                    .Select(g => (g.Key, one.Number))
            );
        }
        var opened = found.ToLookup(o => o.Person, o => o.Number);
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
        var inheriting = await db.BarredByAsync(account, cancellationToken);
        return Plan.Of(
            new Change(
                "account.left",
                $"Let account {account.Shown()} be a member of the organisation of {management.Shown()} no more.",
                () =>
                {
                    db.Raise(account);
                    db.Raise(management);
                    inheriting.ForEach(db.Raise);
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
