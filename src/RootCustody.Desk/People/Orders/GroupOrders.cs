using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>A person becomes a custodian of a group, unless law 3 forbids it.</summary>
public sealed record AddMember(string Group, string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindGroupAsync(Group, cancellationToken) is not { } group)
            return Plan.NoGroup(Group);
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.Customer is not null)
            return new Plan.Impossible(
                $"{person.Shown()} is a contact of a customer and cannot be a custodian in group {group.Key}."
            );
        if (group.Has(person.Id))
            return new Plan.Impossible($"{person.Shown()} is in group {group.Key} already.");

        var accounts = await AccountsAsync(db, group, cancellationToken);
        var opposite = await OppositeAsync(db, group, accounts, cancellationToken);
        if (opposite.Find(g => g.Has(person.Id)) is { } clash)
            return new Plan.Impossible(Clashes(person, group, clash, accounts));
        var (whyNot, loudly) = person.IsAdministrator
            ? await db.MayKeepAsync(person, group, cancellationToken)
            : (null, "");
        if (whyNot is not null)
            return new Plan.Impossible(whyNot);

        var bars = await db.BarredAsync(person, accounts, group.Keeps, cancellationToken);
        return Plan.About(
            person,
            "membership.added",
            $"Put {person.Shown()} into group {group.Key}, which keeps {group.Keeps.Word()} halves.{loudly}{bars}",
            () =>
            {
                db.Raise(group);
                opposite.ForEach(db.Raise); // whoever changes their members at the same time is met there (laws 3 and 9)
                if (group.Admit(person.Id, opposite) is not null)
                    throw new UnreachableException();
                return [("group", group.Id), ("attention", Loudly.Of(loudly + bars))];
            }
        );
    }

    private static Task<List<Account>> AccountsAsync(
        CustodyDb db,
        CustodianGroup group,
        CancellationToken cancellationToken
    ) =>
        db
            .Accounts.Where(a => a.PasswordGroup == group.Id || a.MfaGroup == group.Id)
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);

    private static Task<List<CustodianGroup>> OppositeAsync(
        CustodyDb db,
        CustodianGroup group,
        IEnumerable<Account> accounts,
        CancellationToken cancellationToken
    )
    {
        var ids = accounts.Select(a => a.GroupOf(group.Keeps.Other())).Distinct().ToList();
        return db
            .Groups.Include(g => g.Members)
            .Where(g => ids.Contains(g.Id))
            .OrderBy(g => g.Key)
            .ToListAsync(cancellationToken);
    }

    private static string Clashes(
        Person person,
        CustodianGroup group,
        CustodianGroup clash,
        IEnumerable<Account> accounts
    )
    {
        var account = accounts.First(a => a.GroupOf(clash.Keeps) == clash.Id);
        return $"{person.Shown()} is in group {clash.Key}, which keeps the {clash.Keeps.Word()} half of account {account.Shown()}, and group {group.Key} keeps the other half. Nobody is in groups for both halves of an account: take them out of {clash.Key} first.";
    }
}

public sealed record RemoveMember(string Group, string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindGroupAsync(Group, cancellationToken) is not { } group)
            return Plan.NoGroup(Group);
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (!group.Has(person.Id))
            return new Plan.Impossible($"{person.Shown()} is not in group {group.Key}.");
        var left = group.Members.Count - 1;
        var few =
            left >= 2 ? ""
            : left == 1 ? " ATTENTION: one custodian is left in it; when they are absent, nobody can hold its halves."
            : " ATTENTION: nobody is left in it to hold its halves.";
        return Plan.About(
            person,
            "membership.removed",
            $"Take {person.Shown()} out of group {group.Key}.{few}",
            () =>
            {
                db.Raise(group);
                group.Dismiss(person.Id);
                return [("group", group.Id)];
            }
        );
    }
}
