using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>One change of people, groups, customers, accounts or policy: a difference between an import file and the database, or what an order comes to.</summary>
/// <param name="What">The name of its audit entry.</param>
/// <param name="Sentence">What a person reads, now or as a proposal.</param>
/// <param name="Make">Makes it true and says the details of its audit entry.</param>
internal sealed record Change(string What, string Sentence, Func<IEnumerable<(string Name, object? Value)>> Make)
{
    /// <summary>The person whom it is about, if there is one already.</summary>
    public Person? About { get; init; }
}

/// <summary>Finds the differences between an import file and the database. It changes nothing until they are made.</summary>
internal sealed partial class DirectoryChanges(
    CustodyDb db,
    StoredDirectory stored,
    DirectoryFile before,
    DirectoryFile file,
    bool onboardNew
)
{
    private readonly DirectoryFile all = before.With(file);

    /// <summary>In the order in which they are made. What goes comes first, for it may come again with another owner; members come last, when the accounts say which groups are opposite.</summary>
    public IReadOnlyList<Change> All() =>
        [
            .. Sides(file).SelectMany(RemovedRealms),
            .. Known(file.Persons, before.Persons).SelectMany(p => RemovedIdentities(p.Was, p.Becomes)),
            .. Known(file.Groups, before.Groups).SelectMany(g => RemovedMembers(g.Was, g.Becomes)),
            .. New(file.Customers, before.Customers).Select(Created),
            .. Known(file.Customers, before.Customers).SelectMany(c => Changed(c.Was, c.Becomes)),
            .. Sides(file).SelectMany(AddedRealms),
            .. New(file.Persons, before.Persons).Select(Created),
            .. Known(file.Persons, before.Persons).SelectMany(p => Changed(p.Was, p.Becomes)),
            .. file.Persons.Values.SelectMany(AddedIdentities),
            .. New(file.Groups, before.Groups).Select(Created),
            .. Known(file.Groups, before.Groups).SelectMany(g => Changed(g.Was, g.Becomes)),
            .. New(file.Accounts, before.Accounts).Select(Created),
            .. Known(file.Accounts, before.Accounts).SelectMany(a => Changed(a.Was, a.Becomes)),
            .. file.Accounts.Values.SelectMany(Moved),
            .. file.Accounts.Values.SelectMany(Paired),
            .. file.Groups.Values.SelectMany(AddedMembers),
            .. file.Keepers.Keys.Where(k => !before.Keepers.ContainsKey(k)).Select(Added),
        ];

    private static IEnumerable<T> New<T>(IReadOnlyDictionary<string, T> file, IReadOnlyDictionary<string, T> before) =>
        file.Where(e => !before.ContainsKey(e.Key)).Select(e => e.Value);

    private static IEnumerable<(T Was, T Becomes)> Known<T>(
        IReadOnlyDictionary<string, T> file,
        IReadOnlyDictionary<string, T> before
    ) => file.Where(e => before.ContainsKey(e.Key)).Select(e => (before[e.Key], e.Value));

    /// <summary>The version meets whoever decides on the same row at the same time (law 9). What is new has no rival.</summary>
    private void Raise(object aggregate)
    {
        if (db.Entry(aggregate).State != EntityState.Added)
            db.Raise(aggregate);
    }
}

/// <summary>Customers, and the realms of both sides.</summary>
internal sealed partial class DirectoryChanges
{
    private Change Created(CustomerEntry entry) =>
        new(
            "customer.created",
            $"Add customer {entry.Key} ({entry.Name}).",
            () =>
            {
                var customer = Customer.Of(entry.Key, entry.Name, db.Now);
                db.Customers.Add(customer);
                stored.Customers.Add(entry.Key, customer);
                return [("customer", customer.Id), ("key", entry.Key), ("name", entry.Name)];
            }
        );

    private IEnumerable<Change> Changed(CustomerEntry was, CustomerEntry becomes)
    {
        if (was.Name != becomes.Name)
            yield return new Change(
                "customer.renamed",
                $"Rename customer {was.Key} from {was.Name} to {becomes.Name}.",
                () =>
                {
                    var customer = stored.Customers[was.Key];
                    customer.Rename(becomes.Name);
                    return [("customer", customer.Id), ("from", was.Name), ("to", becomes.Name)];
                }
            );
    }

    /// <summary>The provider, whose key is null, if the file speaks of it, and the customers.</summary>
    private static IEnumerable<(string? Customer, IEnumerable<RealmName> Realms)> Sides(DirectoryFile of)
    {
        if (of.Provider is { } provider)
            yield return (null, provider.Realms.Keys);
        foreach (var customer in of.Customers.Values)
            yield return (customer.Key, customer.Realms.Keys);
    }

    private IEnumerable<RealmName> RealmsBefore(string? customer) =>
        customer is null ? before.Provider!.Realms.Keys
        : before.Customers.TryGetValue(customer, out var entry) ? entry.Realms.Keys
        : [];

    private IEnumerable<Change> RemovedRealms((string? Customer, IEnumerable<RealmName> Realms) side) =>
        RealmsBefore(side.Customer)
            .Except(side.Realms)
            .Select(name => new Change(
                "realm.removed",
                $"Take {name} from {Side(side.Customer)}.",
                () =>
                {
                    var realm = stored.Realms.Single(r => r.Platform == name.Platform && r.Name == name.Name);
                    db.Realms.Remove(realm);
                    return Details(name, realm.Customer);
                }
            ));

    private IEnumerable<Change> AddedRealms((string? Customer, IEnumerable<RealmName> Realms) side) =>
        side
            .Realms.Except(RealmsBefore(side.Customer))
            .Select(name => new Change(
                "realm.added",
                $"Let {name} belong to {Side(side.Customer)}.",
                () =>
                {
                    var customer = IdOf(side.Customer);
                    db.Realms.Add(Realm.Of(name.Platform, name.Name, customer));
                    return Details(name, customer);
                }
            ));

    private CustomerId? IdOf(string? customer) => customer is null ? null : stored.Customers[customer].Id;

    private static string Side(string? customer) => customer is null ? "the provider" : $"customer {customer}";

    private static (string, object?)[] Details(RealmName realm, CustomerId? customer) =>
        [("platform", realm.Platform), ("realm", realm.Name), ("customer", customer)];
}
