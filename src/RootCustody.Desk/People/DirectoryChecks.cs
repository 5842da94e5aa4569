using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.People.Orders;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Asks whether people, groups, customers and accounts would fit together after an import: what the file says, and what the database holds beside it.</summary>
/// <param name="policy">The provider's.</param>
/// <param name="bootstrap">Whether no half is in a vault yet.</param>
internal sealed class DirectoryChecks(
    DirectoryFile stored,
    DirectoryFile file,
    Policy policy,
    bool bootstrap,
    Complaints complaints
)
{
    private readonly DirectoryFile all = stored.With(file);
    private readonly Dictionary<RealmName, (string? Customer, int Line)> owners = [];

    public void Run()
    {
        CheckRealms();
        CheckPersons();
        CheckIdentities();
        CheckGroups();
        CheckAccounts();
        CheckSeparation();
        CheckOrganisations();
        CheckGovCloud();
        CheckIamUsers();
        CheckKeepers();
        if (!policy.AdministratorsMayKeep)
            CheckAdministrators();
        if (!bootstrap)
            CheckNothingLinked();
    }

    // law 12: a realm has one side
    private void CheckRealms()
    {
        var claims = (all.Provider?.Realms ?? new Dictionary<RealmName, int>())
            .Select(r => (Realm: r.Key, Customer: (string?)null, Line: r.Value))
            .Concat(all.Customers.Values.SelectMany(c => c.Realms.Select(r => (r.Key, (string?)c.Key, r.Value))));
        foreach (var (realm, customer, line) in claims)
        {
            if (!owners.TryAdd(realm, (customer, line)))
                Complain(
                    $"{realm} would belong to {Side(owners[realm].Customer)} and to {Side(customer)}. Leave it with one of them.",
                    Math.Max(line, owners[realm].Line)
                );
        }
    }

    private void CheckPersons()
    {
        foreach (var person in all.Persons.Values.Where(p => p.Customer is { Length: > 0 }))
        {
            if (!all.Customers.ContainsKey(person.Customer!))
                Complain(
                    $"person {person.Key} is of customer {person.Customer}, which does not exist. Add that customer or correct the key.",
                    person.Line
                );
            foreach (var role in person.Roles.Order())
                Complain(
                    $"{person} is a contact of customer {person.Customer} and cannot be {role.Word()}. Only the provider's own people can.",
                    person.Line
                );
        }
    }

    private void CheckIdentities()
    {
        var linked = new Dictionary<ChatUser, PersonEntry>();
        foreach (var person in all.Persons.Values)
        {
            foreach (var (user, line) in person.Identities)
            {
                // law 2
                if (!linked.TryAdd(user, person))
                    Complain(
                        $"{user.Shown()} would be linked to {linked[user]} and to {person}. Leave it with one of them.",
                        Math.Max(line, linked[user].Identities[user])
                    );
                if (person.Customer != "")
                    CheckHome(person, user, line);
            }
        }
    }

    // law 12
    private void CheckHome(PersonEntry person, ChatUser user, int line)
    {
        var realm = new RealmName(user.Platform, user.Realm);
        if (!owners.TryGetValue(realm, out var owner))
            Complain(
                $"{person} has an identity in {realm}, which belongs to nobody. Add it to {Side(person.Customer)}.",
                line,
                LineOfSide(person.Customer)
            );
        else if (owner.Customer != person.Customer)
            Complain(
                $"{person} is of {Side(person.Customer)} but has an identity in {realm}, which belongs to {Side(owner.Customer)}. Take the identity out or move the person.",
                line,
                person.Line,
                owner.Line
            );
    }

    private void CheckGroups()
    {
        foreach (var group in all.Groups.Values)
        {
            if (stored.Groups.TryGetValue(group.Key, out var before) && group.Keeps is { } half && half != before.Keeps)
                Complain(
                    $"group {group.Key} keeps the {before.Keeps!.Value.Word()} half and cannot change to the other. Make a new group.",
                    group.Line
                );
            foreach (var (key, line) in group.Members)
            {
                if (!all.Persons.TryGetValue(key, out var member))
                    Complain(
                        $"group {group.Key} has the member {key}, who does not exist. Add that person or correct the key.",
                        line
                    );
                else if (member.Customer is not null)
                    Complain(
                        $"{member} is a contact of a customer and cannot be a custodian in group {group.Key}. Take them out.",
                        line,
                        member.Line
                    );
            }
        }
    }

    private void CheckAccounts()
    {
        foreach (var account in all.Accounts.Values)
        {
            if (account.Customer.Length > 0 && !all.Customers.ContainsKey(account.Customer))
                Complain(
                    $"account {account.Number} is of customer {account.Customer}, which does not exist. Add that customer or correct the key.",
                    account.Line
                );
            foreach (var half in Enum.GetValues<Half>())
                CheckSlot(account, half);
        }
    }

    private void CheckSlot(AccountEntry account, Half half)
    {
        var key = account.GroupOf(half);
        if (key.Length == 0)
            return;
        if (!all.Groups.TryGetValue(key, out var group))
            Complain(
                $"the {half.Word()} half of account {account.Number} is for group {key}, which does not exist. Add that group or correct the key.",
                account.Line
            );
        else if (group.Keeps is { } keeps && keeps != half)
            Complain(
                $"group {key} keeps {keeps.Word()} halves and cannot keep the {half.Word()} half of account {account.Number}. Name another group.",
                account.Line,
                group.Line
            );
    }

    // law 3
    private void CheckSeparation()
    {
        var pairs = all.Accounts.Values.DistinctBy(a => (a.PasswordGroup, a.MfaGroup));
        foreach (var account in pairs)
        {
            if (
                !all.Groups.TryGetValue(account.PasswordGroup, out var passwords)
                || !all.Groups.TryGetValue(account.MfaGroup, out var mfa)
            )
                continue;
            foreach (var key in passwords.Members.Keys.Where(mfa.Members.ContainsKey))
                Complain(
                    $"{Who(key)} would be in groups {passwords.Key} and {mfa.Key}, which keep the two halves of account {account.Number}. Take them out of one.",
                    Math.Max(passwords.Members[key], mfa.Members[key]),
                    account.Line
                );
        }
    }

    private void CheckOrganisations()
    {
        foreach (var account in all.Accounts.Values.Where(a => a.Management is { Length: > 0 }))
        {
            if (!all.Accounts.TryGetValue(account.Management!, out var management))
                Complain(
                    $"account {account.Number} is a member of {account.Management}, which does not exist. Add that account or correct the number.",
                    account.Line
                );
            else if (management.Management is not null)
                Complain(
                    $"account {account.Number} is a member of {management.Number}, which is a member itself. A management account has members and is none.",
                    account.Line,
                    management.Line
                );
        }
    }

    private void CheckGovCloud()
    {
        foreach (var account in all.Accounts.Values.Where(a => a.GovCloudOf is { Length: > 0 }))
        {
            if (!all.Accounts.TryGetValue(account.GovCloudOf!, out var commercial))
                Complain(
                    $"account {account.Number} is the GovCloud account of {account.GovCloudOf}, which does not exist. Add that account or correct the number.",
                    account.Line
                );
            else if (commercial.GovCloudOf is not null)
                Complain(
                    $"account {account.Number} is the GovCloud account of {commercial.Number}, which is one of GovCloud itself. Name the commercial account.",
                    account.Line,
                    commercial.Line
                );
            // law 12: who may ask for root of the one gets the other with it
            else if (
                commercial.Customer.Length > 0
                && account.Customer.Length > 0
                && commercial.Customer != account.Customer
            )
                Complain(
                    $"account {account.Number} is of customer {account.Customer}, and its commercial account {commercial.Number} of customer {commercial.Customer}. The two are of one customer.",
                    Math.Max(account.Line, commercial.Line)
                );
        }
    }

    private void CheckIamUsers()
    {
        foreach (var same in all.Accounts.Values.GroupBy(a => a.Number, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Skip(1).FirstOrDefault() is { } second)
                Complain(
                    $"{same.First().Number} and {second.Number} are the same IAM user to AWS. Keep one of the two.",
                    Math.Max(second.Line, same.First().Line)
                );
        }
        foreach (var account in all.Accounts.Values.Where(a => a.WithoutMfa))
        {
            if (stored.Accounts.TryGetValue(account.Number, out var was) && was.HasDevice)
                Complain(
                    $"{account.Number} has MFA devices here and cannot be without MFA. Leave out withoutMfa.",
                    account.Line
                );
        }
        // law 12: one account has no two customers
        foreach (
            var one in all
                .Accounts.Values.Where(a => a.Customer.Length > 0)
                .GroupBy(a => AccountNumber.DigitsOf(a.Number), StringComparer.Ordinal)
        )
        {
            if (one.FirstOrDefault(a => a.Customer != one.First().Customer) is { } other)
                Complain(
                    $"{one.First().Number} is of customer {one.First().Customer}, and {other.Number} of customer {other.Customer}. All users of an account are of one customer.",
                    Math.Max(other.Line, one.First().Line)
                );
        }
    }

    // law 1
    private void CheckKeepers()
    {
        foreach (var (keeper, line) in all.Keepers)
        {
            if (!keeper.Thing.IsOf(keeper.Account))
                Complain(Bars.NoSuchThing(keeper.Thing, keeper.Account), line);
            if (!all.Accounts.ContainsKey(keeper.Account))
                Complain($"account {keeper.Account} does not exist. Add that account or correct the number.", line);
            if (!all.Persons.ContainsKey(keeper.Person))
                Complain($"person {keeper.Person} does not exist. Add that person or correct the key.", line);
        }
        CheckMoved();
        if (policy.OneMayOpenBoth)
            return;
        foreach (var account in all.Accounts.Values)
        {
            var barring = BarringOf(account);
            var kept = all.Keepers.Where(k => barring.Contains(k.Key.Account));
            foreach (var one in kept.GroupBy(k => k.Key.Person, StringComparer.Ordinal))
            {
                if (Bars.OpenBoth(one.Select(k => k.Key.Thing)))
                    Complain(
                        $"{Who(one.Key)} could open both halves of {account.Number} without RootCustody. Let someone else keep one of these things, or let policy say {nameof(Policy.OneMayOpenBoth)}.",
                        one.Max(k => k.Value),
                        account.Line
                    );
            }
        }
    }

    /// <summary>A file enters who keeps something first; what somebody keeps already is moved by a ceremony.</summary>
    private void CheckMoved()
    {
        foreach (
            var (keeper, line) in file.Keepers.Where(k => k.Key.Thing.IsMoved() && !stored.Keepers.ContainsKey(k.Key))
        )
        {
            var other = stored.Keepers.Keys.FirstOrDefault(k =>
                k.Account == keeper.Account && k.Thing == keeper.Thing && k.Person != keeper.Person
            );
            if (other is not null)
                Complain(
                    $"{Who(other.Person)} keeps the {keeper.Thing.Word()} of {keeper.Account}, or is to. It is moved from one to another in chat: channel {keeper.Account}",
                    line
                );
        }
    }

    /// <summary>Itself and those whose bars it inherits, as <see cref="Data.Facts.BarringAsync"/> says: an IAM user from the root user of its account.</summary>
    private List<string> BarringOf(AccountEntry account)
    {
        var barring = new List<string> { account.Number, AccountNumber.DigitsOf(account.Number) };
        for (var at = 0; at < barring.Count; at++) // it grows meanwhile
        {
            var one = all.Accounts.GetValueOrDefault(barring[at]);
            barring.AddRange(
                ((string?[])[one?.Management, one?.GovCloudOf]).OfType<string>().Except(barring, StringComparer.Ordinal)
            );
        }
        return barring;
    }

    private void CheckAdministrators()
    {
        foreach (var group in all.Groups.Values)
        {
            foreach (var (key, line) in group.Members)
            {
                if (all.Persons.TryGetValue(key, out var member) && member.Has(PersonRole.Administrator))
                    Complain(
                        $"{member} would be an administrator and a custodian in group {group.Key}. Administrators hold no half, unless policy says {nameof(Policy.AdministratorsMayKeep)}.",
                        line,
                        member.Line
                    );
            }
        }
    }

    // law 15: only who has the code of an invitation, and the chat account, links the two
    private void CheckNothingLinked()
    {
        foreach (var person in file.Persons.Values)
        {
            var before = stored.Persons.GetValueOrDefault(person.Key)?.Identities;
            foreach (var (user, line) in person.Identities.Where(i => before?.ContainsKey(i.Key) != true))
                Complain(
                    $"{user.Shown()} is not linked to {person}. Since halves are in custody, identities are linked by invitation only: take it out here and invite {person.Key}.",
                    line
                );
        }
    }

    private string Who(string key) => all.Persons.TryGetValue(key, out var person) ? person.ToString() : key;

    private static string Side(string? customer) => customer is null ? "the provider" : $"customer {customer}";

    private int LineOfSide(string? customer) =>
        customer is null ? all.Provider?.Line ?? 0
        : all.Customers.TryGetValue(customer, out var entry) ? entry.Line
        : 0;

    /// <param name="lines">Where it may be mended; the first that is in the file is told.</param>
    private void Complain(string sentence, params ReadOnlySpan<int> lines)
    {
        foreach (var line in lines)
        {
            if (line > 0)
            {
                complaints.Add(line, sentence);
                return;
            }
        }
        complaints.Add(1, sentence);
    }
}
