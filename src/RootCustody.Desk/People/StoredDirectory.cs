using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>What the database holds of people, groups, customers and accounts, by the keys of import files; loaded inside the decision.</summary>
internal sealed class StoredDirectory
{
    public required Dictionary<string, Customer> Customers { get; init; }
    public required List<Realm> Realms { get; init; }
    public required Dictionary<string, Person> Persons { get; init; }
    public required Dictionary<string, CustodianGroup> Groups { get; init; }
    public required Dictionary<string, Account> Accounts { get; init; }

    /// <summary>With those who are to keep something that is on the move: they may have it already (law 1).</summary>
    public required List<Keeper> Keepers { get; init; }

    public bool HoldsAHalf => Accounts.Values.Any(a => a.PasswordGeneration > 0 || a.MfaGeneration != 0);

    public static async Task<StoredDirectory> LoadAsync(CustodyDb db, CancellationToken cancellationToken) =>
        new()
        {
            Customers = await db.Customers.ToDictionaryAsync(c => c.Key, StringComparer.Ordinal, cancellationToken),
            Realms = await db.Realms.ToListAsync(cancellationToken),
            Persons = await db
                .People.Include(p => p.Identities)
                .ToDictionaryAsync(p => p.Key, StringComparer.Ordinal, cancellationToken),
            Groups = await db
                .Groups.Include(g => g.Members)
                .ToDictionaryAsync(g => g.Key, StringComparer.Ordinal, cancellationToken),
            Accounts = await db.Accounts.ToDictionaryAsync(a => a.Number, StringComparer.Ordinal, cancellationToken),
            Keepers =
            [
                .. await db.Keepers.ToListAsync(cancellationToken),
                .. (await db.Moves.UnderWay().ToListAsync(cancellationToken)).Select(m =>
                    Keeper.Of(m.Account, m.To, m.Thing, m.Label, m.BegunAt)
                ),
            ],
        };

    /// <summary>The same as entries, without lines.</summary>
    public DirectoryFile AsFile()
    {
        var customers = Customers.Values.ToDictionary(c => c.Id, c => c.Key);
        var persons = Persons.Values.ToDictionary(p => p.Id, p => p.Key);
        var groups = Groups.Values.ToDictionary(g => g.Id, g => g.Key);
        var accounts = Accounts.Values.ToDictionary(a => a.Id, a => a.Number);
        var realms = Realms.ToLookup(r => r.Customer, r => new RealmName(r.Platform, r.Name));
        return new DirectoryFile(
            new ProviderEntry(0, Unlined(realms[null])),
            Customers.ToDictionary(
                c => c.Key,
                c => new CustomerEntry(0, c.Key, c.Value.Name, Unlined(realms[c.Value.Id])),
                StringComparer.Ordinal
            ),
            Persons.ToDictionary(p => p.Key, p => EntryOf(p.Value, customers), StringComparer.Ordinal),
            Groups.ToDictionary(
                g => g.Key,
                g => new GroupEntry(
                    0,
                    g.Key,
                    g.Value.Name,
                    g.Value.Keeps,
                    Unlined(g.Value.Members.Select(m => persons[m.Person]))
                ),
                StringComparer.Ordinal
            ),
            Accounts.ToDictionary(
                a => a.Key,
                a => EntryOf(a.Value, customers, groups, accounts),
                StringComparer.Ordinal
            ),
            Unlined(Keepers.Select(k => new KeeperEntry(accounts[k.Account], persons[k.Person], k.Thing, k.Label)))
        );
    }

    private static PersonEntry EntryOf(Person person, Dictionary<CustomerId, string> customers) =>
        new(
            0,
            person.Key,
            person.Name,
            person.Customer is { } customer ? customers[customer] : null,
            Unlined(person.Identities.Select(i => i.ChatUser)),
            Enum.GetValues<PersonRole>().Where(person.Has).ToHashSet()
        );

    private static AccountEntry EntryOf(
        Account account,
        Dictionary<CustomerId, string> customers,
        Dictionary<GroupId, string> groups,
        Dictionary<AccountId, string> accounts
    ) =>
        new(
            0,
            account.Number,
            account.Name,
            account.Email,
            customers[account.Customer],
            groups[account.PasswordGroup],
            groups[account.MfaGroup],
            account.Management is { } management ? accounts[management] : null,
            account.GovCloudOf is { } commercial ? accounts[commercial] : null,
            account.WithoutMfa,
            account.MfaGeneration != 0
        );

    private static Dictionary<T, int> Unlined<T>(IEnumerable<T> items)
        where T : notnull => items.ToDictionary(item => item, _ => 0);
}
