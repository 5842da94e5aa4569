using System.Diagnostics;
using RootCustody.Accounts;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Custodian groups, their members, and accounts.</summary>
internal sealed partial class DirectoryChanges
{
    private Change Created(GroupEntry entry) =>
        new(
            "group.created",
            $"Add group {entry.Key} ({entry.Name}), which keeps {entry.Keeps!.Value.Word()} halves.",
            () =>
            {
                var group = CustodianGroup.Of(entry.Key, entry.Name, entry.Keeps!.Value, db.Now);
                db.Groups.Add(group);
                stored.Groups.Add(entry.Key, group);
                return [("group", group.Id), ("key", entry.Key), ("name", entry.Name), ("keeps", group.Keeps)];
            }
        );

    private IEnumerable<Change> Changed(GroupEntry was, GroupEntry becomes)
    {
        if (was.Name != becomes.Name)
            yield return new Change(
                "group.renamed",
                $"Rename group {was.Key} from {was.Name} to {becomes.Name}.",
                () =>
                {
                    var group = stored.Groups[was.Key];
                    group.Rename(becomes.Name);
                    return [("group", group.Id), ("from", was.Name), ("to", becomes.Name)];
                }
            );
    }

    private IEnumerable<Change> RemovedMembers(GroupEntry was, GroupEntry becomes) =>
        was
            .Members.Keys.Where(key => !becomes.Members.ContainsKey(key))
            .Select(key =>
                MembershipChange(
                    was,
                    key,
                    "membership.removed",
                    $"Take person {key} out of group {was.Key}.",
                    (group, person) => group.Dismiss(person.Id)
                )
            );

    private IEnumerable<Change> AddedMembers(GroupEntry becomes) =>
        becomes
            .Members.Keys.Where(key =>
                !before.Groups.TryGetValue(becomes.Key, out var was) || !was.Members.ContainsKey(key)
            )
            .Select(key =>
                MembershipChange(
                    becomes,
                    key,
                    "membership.added",
                    $"Put person {key} into group {becomes.Key}.{Loud(all.Persons[key], becomes)}",
                    Admit
                )
            );

    private Change MembershipChange(
        GroupEntry entry,
        string key,
        string what,
        string sentence,
        Action<CustodianGroup, Person> make
    ) =>
        new(
            what,
            sentence,
            () =>
            {
                var group = stored.Groups[entry.Key];
                var person = stored.Persons[key];
                Raise(group);
                Raise(person);
                make(group, person);
                return [("group", group.Id), ("person", person.Id)];
            }
        )
        {
            About = stored.Persons.GetValueOrDefault(key),
        };

    private void Admit(CustodianGroup group, Person person)
    {
        var opposite = stored
            .Accounts.Values.Where(a => a.GroupOf(group.Keeps) == group.Id)
            .Select(a => a.GroupOf(group.Keeps.Other()))
            .ToHashSet();
        if (group.Admit(person.Id, stored.Groups.Values.Where(g => opposite.Contains(g.Id))) is not null)
            throw new UnreachableException(); // law 3; the checks have asked already, with better words
    }

    private Change Created(AccountEntry entry) =>
        new(
            "account.created",
            AccountNumber.UserOf(entry.Number) is { } user
                ? $"Add the IAM user {user} of account {AccountNumber.DigitsOf(entry.Number)} ({entry.Name}) of customer {entry.Customer}, kept by groups {entry.PasswordGroup} and {entry.MfaGroup}{(entry.WithoutMfa ? "; the user has no MFA device, and the password alone signs in" : "")}."
                : $"Add account {entry.Number} ({entry.Name}) of customer {entry.Customer} with the root user {entry.Email}, kept by groups {entry.PasswordGroup} and {entry.MfaGroup}.",
            () =>
            {
                var (passwords, mfa) = GroupsOf(entry);
                var account = Account.Of(
                    entry.Number,
                    entry.Name,
                    entry.Email,
                    stored.Customers[entry.Customer].Id,
                    passwords,
                    mfa,
                    db.Now,
                    entry.WithoutMfa
                );
                if (onboardNew && entry.GovCloudOf is null)
                    account.BeginOnboarding(db.Now);
                db.Accounts.Add(account);
                stored.Accounts.Add(entry.Number, account);
                return
                [
                    ("account", account.Id),
                    ("number", entry.Number),
                    ("name", entry.Name),
                    ("email", entry.Email.Length == 0 ? null : entry.Email),
                    ("customer", account.Customer),
                    ("passwordGroup", passwords),
                    ("mfaGroup", mfa),
                    ("withoutMfa", entry.WithoutMfa ? true : null),
                    ("onboarding", account.IsOnboarding),
                ];
            }
        );

    private IEnumerable<Change> Changed(AccountEntry was, AccountEntry becomes)
    {
        if (was.Name != becomes.Name)
            yield return AccountChange(
                was,
                "account.renamed",
                $"Rename account {was.Number} from {was.Name} to {becomes.Name}.",
                account => account.Rename(becomes.Name),
                ("from", was.Name),
                ("to", becomes.Name)
            );
        if (was.Email != becomes.Email)
            yield return AccountChange(
                was,
                "account.readdressed",
                $"Change the root user of account {was.Number} from {was.Email} to {becomes.Email}.",
                account => account.ChangeEmail(becomes.Email),
                ("from", was.Email),
                ("to", becomes.Email)
            );
        if (was.Customer != becomes.Customer)
            yield return AccountChange(
                was,
                "account.moved",
                $"Move account {was.Number} from customer {was.Customer} to customer {becomes.Customer}.",
                account => account.MoveTo(stored.Customers[becomes.Customer].Id),
                ("from", was.Customer),
                ("to", becomes.Customer)
            );
        if ((was.PasswordGroup, was.MfaGroup) != (becomes.PasswordGroup, becomes.MfaGroup))
            yield return Entrusted(was, becomes);
        if (was.WithoutMfa != becomes.WithoutMfa)
            yield return becomes.WithoutMfa ? LosesMfa(was) : ExpectsMfa(was);
    }

    private Change LosesMfa(AccountEntry was) =>
        AccountChange(
            was,
            "account.withoutMfa",
            $"Note that {was.Number} has no MFA device: the password alone signs in, and there is no other half.",
            account => account.BeWithoutMfa()
        );

    private Change ExpectsMfa(AccountEntry was) =>
        AccountChange(
            was,
            "account.expectsMfa",
            $"Note that {was.Number} is to have an MFA device. Until one is in custody nobody can ask for it.",
            account => account.ExpectMfa()
        );

    private Change Entrusted(AccountEntry was, AccountEntry becomes) =>
        AccountChange(
            was,
            "account.entrusted",
            $"Let groups {becomes.PasswordGroup} and {becomes.MfaGroup} keep account {was.Number} instead of {was.PasswordGroup} and {was.MfaGroup}.",
            account =>
            {
                var (passwords, mfa) = GroupsOf(becomes);
                account.EntrustTo(passwords, mfa);
            },
            ("passwordGroup", becomes.PasswordGroup),
            ("mfaGroup", becomes.MfaGroup)
        );

    /// <summary>An account joins an organisation, or leaves it; once all accounts are there.</summary>
    private IEnumerable<Change> Moved(AccountEntry becomes)
    {
        var was = before.Accounts.GetValueOrDefault(becomes.Number)?.Management;
        if (was == becomes.Management)
            yield break;
        var (what, sentence) = becomes.Management is { } joined
            ? ("account.joined", $"Let account {becomes.Number} be a member of the organisation of {joined}.")
            : ("account.left", $"Let account {becomes.Number} be a member of the organisation of {was} no more.");
        yield return AccountChange(
            becomes,
            what,
            sentence,
            account =>
            {
                RaiseAround(account, was, becomes.Management);
                account.BelongTo(becomes.Management is { } management ? stored.Accounts[management].Id : null);
            },
            ("management", becomes.Management ?? was)
        );
    }

    /// <summary>An account turns out to be of GovCloud, or not to be; once all accounts are there.</summary>
    private IEnumerable<Change> Paired(AccountEntry becomes)
    {
        var was = before.Accounts.GetValueOrDefault(becomes.Number)?.GovCloudOf;
        if (was == becomes.GovCloudOf)
            yield break;
        var (what, sentence) = becomes.GovCloudOf is { } commercial
            ? ("account.paired", $"Note that account {becomes.Number} is the GovCloud account of {commercial}.")
            : ("account.unpaired", $"Note that account {becomes.Number} is the GovCloud account of {was} no more.");
        yield return AccountChange(
            becomes,
            what,
            sentence,
            account =>
            {
                RaiseAround(account, was, becomes.GovCloudOf);
                account.PairWith(becomes.GovCloudOf is { } number ? stored.Accounts[number].Id : null);
            },
            ("commercial", becomes.GovCloudOf ?? was)
        );
    }

    /// <summary>What an account inherits its bars from changes: so do those of all that inherit from it.</summary>
    private void RaiseAround(Account account, params IEnumerable<string?> above)
    {
        foreach (var number in above.OfType<string>())
            Raise(stored.Accounts[number]);
        var around = new List<Account> { account };
        for (var at = 0; at < around.Count; at++) // it grows meanwhile
        {
            var one = around[at];
            around.AddRange(
                stored
                    .Accounts.Values.Where(a =>
                        a.Management == one.Id
                        || a.GovCloudOf == one.Id
                        || (a.User is not null && a.Digits == one.Number)
                    )
                    .Except(around)
            );
        }
        around.ForEach(Raise);
    }

    private Change Added(KeeperEntry keeper) =>
        new(
            "keeper.added",
            $"Note that person {keeper.Person} keeps the {keeper.Thing.Word()} \"{keeper.Label}\" of account {keeper.Account}.",
            () =>
            {
                var (account, person) = (stored.Accounts[keeper.Account], stored.Persons[keeper.Person]);
                Raise(account);
                Raise(person);
                db.Keepers.Add(Keeper.Of(account.Id, person.Id, keeper.Thing, keeper.Label, db.Now));
                return
                [
                    ("account", account.Id),
                    ("person", person.Id),
                    ("thing", keeper.Thing),
                    ("label", keeper.Label),
                ];
            }
        )
        {
            About = stored.Persons.GetValueOrDefault(keeper.Person),
        };

    private Change AccountChange(
        AccountEntry entry,
        string what,
        string sentence,
        Action<Account> make,
        params (string, object?)[] details
    ) =>
        new(
            what,
            sentence,
            () =>
            {
                var account = stored.Accounts[entry.Number];
                Raise(account);
                make(account);
                return [("account", account.Id), .. details];
            }
        );

    /// <summary>The two groups, whose versions meet whoever changes their members at the same time (laws 3 and 9).</summary>
    private (GroupId Passwords, GroupId Mfa) GroupsOf(AccountEntry entry)
    {
        var (passwords, mfa) = (stored.Groups[entry.PasswordGroup], stored.Groups[entry.MfaGroup]);
        Raise(passwords);
        Raise(mfa);
        return (passwords.Id, mfa.Id);
    }
}
