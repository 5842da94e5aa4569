using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>The members of one group, and the halves that it keeps, go to another group of the same half; the first stays, empty. Unless somebody would get at both halves of an account (laws 1 and 3).</summary>
/// <param name="From">The group that is empty afterwards.</param>
public sealed record MergeGroup(string From, string Into) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindGroupAsync(From, cancellationToken) is not { } from)
            return Plan.NoGroup(From);
        if (await db.FindGroupAsync(Into, cancellationToken) is not { } into)
            return Plan.NoGroup(Into);
        if (from.Id == into.Id)
            return new Plan.Impossible($"{From} is one group: name the other one into which it goes.");
        if (from.Keeps != into.Keeps)
            return new Plan.Impossible(
                $"Group {From} keeps {from.Keeps.Word()} halves and group {Into} {into.Keeps.Word()} halves. One group never keeps both."
            );

        var merging = new Merging(db, from, into, await AccountsAsync(db, from, into, cancellationToken));
        if (from.Members.Count + merging.Moved.Count == 0)
            return new Plan.Impossible($"Group {From} is empty already.");
        return await merging.WhyNotAsync(cancellationToken) is { } why
            ? new Plan.Impossible(why)
            : await merging.PlanAsync(cancellationToken);
    }

    private static Task<List<Account>> AccountsAsync(
        CustodyDb db,
        CustodianGroup from,
        CustodianGroup into,
        CancellationToken cancellationToken
    ) =>
        db
            .Accounts.Where(a =>
                a.PasswordGroup == from.Id
                || a.MfaGroup == from.Id
                || a.PasswordGroup == into.Id
                || a.MfaGroup == into.Id
            )
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);

    /// <summary>Two groups of one half that become one.</summary>
    /// <param name="accounts">Those whose half either of them keeps.</param>
    private sealed class Merging(CustodyDb db, CustodianGroup from, CustodianGroup into, List<Account> accounts)
    {
        private readonly Half half = from.Keeps;

        /// <summary>The accounts that get another group.</summary>
        public List<Account> Moved { get; } = accounts.FindAll(a => a.GroupOf(from.Keeps) == from.Id);

        public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
        {
            var opposite = await OppositeAsync(cancellationToken);
            var gains = new[]
            {
                (Group: from, Accounts: accounts.Except(Moved).ToList()),
                (Group: into, Accounts: Moved),
            };
            foreach (var (group, gained) in gains)
            {
                foreach (var person in await MembersAsync(group, cancellationToken))
                {
                    if (opposite.Find(g => g.Has(person.Id) && Of(g, gained) is not null) is { } clash)
                        return $"{person.Shown()} is in group {clash.Key}, which keeps the {clash.Keeps.Word()} half of account {Of(clash, gained)!.Shown()}, and would get at the other half too. Nobody is in groups for both halves of an account: take them out of {clash.Key} or {group.Key} first."; // law 3
                    if (await db.BarredAsync(person, gained, half, cancellationToken) is { Length: > 0 } barred)
                        return $"{person.Shown()} would get at both halves.{barred} Take them out of group {group.Key} first, or have that half rotated by others."; // law 1
                }
            }
            return null;
        }

        public async Task<Plan> PlanAsync(CancellationToken cancellationToken)
        {
            var opposite = await OppositeAsync(cancellationToken);
            var people = await MembersAsync(from, cancellationToken);
            return new Plan.Possible([.. people.Select(p => Goes(p, opposite)), .. Moved.Select(Entrusted)])
            {
                Heading =
                    $"Merge group {from.Key} into group {into.Key}: {people.Count} members and the {half.Word()} halves of {Moved.Count} accounts go there. Group {from.Key} stays, empty; whoever is on call for it is so for nothing.",
            };
        }

        private Change Goes(Person person, List<CustodianGroup> opposite) =>
            new(
                "membership.moved",
                $"Put {person.Shown()} into group {into.Key} and take them out of group {from.Key}.",
                () =>
                {
                    db.Raise(from);
                    db.Raise(into);
                    db.Raise(person);
                    opposite.ForEach(db.Raise); // whoever changes their members at the same time is met there (laws 3 and 9)
                    if (into.Admit(person.Id, opposite) is not null)
                        throw new UnreachableException();
                    from.Dismiss(person.Id);
                    return [("person", person.Id), ("from", from.Id), ("into", into.Id)];
                }
            )
            {
                About = person,
            };

        private Change Entrusted(Account account) =>
            new(
                "account.entrusted",
                $"Let group {into.Key} keep the {half.Word()} half of account {account.Shown()} instead of group {from.Key}.",
                () =>
                {
                    db.Raise(from);
                    db.Raise(into);
                    db.Raise(account);
                    account.EntrustTo(
                        half == Half.Password ? into.Id : account.PasswordGroup,
                        half == Half.Mfa ? into.Id : account.MfaGroup
                    );
                    return
                    [
                        ("account", account.Id),
                        ("passwordGroup", account.PasswordGroup),
                        ("mfaGroup", account.MfaGroup),
                    ];
                }
            );

        private Account? Of(CustodianGroup keeper, List<Account> among) =>
            among.Find(a => a.GroupOf(half.Other()) == keeper.Id);

        private Task<List<CustodianGroup>> OppositeAsync(CancellationToken cancellationToken)
        {
            var ids = accounts.Select(a => a.GroupOf(half.Other())).Distinct().ToList();
            return db
                .Groups.Include(g => g.Members)
                .Where(g => ids.Contains(g.Id))
                .OrderBy(g => g.Key)
                .ToListAsync(cancellationToken);
        }

        private Task<List<Person>> MembersAsync(CustodianGroup group, CancellationToken cancellationToken)
        {
            var ids = group.Members.Select(m => m.Person).ToList();
            return db
                .People.Include(p => p.Identities)
                .Where(p => ids.Contains(p.Id))
                .OrderBy(p => p.Key)
                .ToListAsync(cancellationToken);
        }
    }
}
