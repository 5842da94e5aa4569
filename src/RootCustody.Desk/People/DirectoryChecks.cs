using RootCustody.Chat;

namespace RootCustody.Desk.People;

/// <summary>Asks whether people, groups, customers and accounts would fit together after an import: what the file says, and what the database holds beside it.</summary>
internal sealed class DirectoryChecks(DirectoryFile stored, DirectoryFile file, Complaints complaints)
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
            if (person.IsDutyManager)
                Complain(
                    $"{person} is a contact of customer {person.Customer} and cannot be a duty manager. Only the provider's own people can.",
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
