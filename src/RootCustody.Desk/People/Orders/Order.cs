using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>A change of people, groups, keepers or policy, in the words of those who want it. It names things by their keys, never holds a secret, and is kept as JSON with its proposal.</summary>
/// <remarks>A new order gets its line here and its words in <see cref="AdminWords"/>.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "order")]
[JsonDerivedType(typeof(AddPerson), "add-person")]
[JsonDerivedType(typeof(Invite), "invite")]
[JsonDerivedType(typeof(Enrol), "enrol")]
[JsonDerivedType(typeof(Unlink), "unlink")]
[JsonDerivedType(typeof(Suspend), "suspend")]
[JsonDerivedType(typeof(Reinstate), "reinstate")]
[JsonDerivedType(typeof(Unfreeze), "unfreeze")]
[JsonDerivedType(typeof(Appoint), "appoint")]
[JsonDerivedType(typeof(Dismiss), "dismiss")]
[JsonDerivedType(typeof(Assign), "assign")]
[JsonDerivedType(typeof(Unassign), "unassign")]
[JsonDerivedType(typeof(AddMember), "add-member")]
[JsonDerivedType(typeof(RemoveMember), "remove-member")]
[JsonDerivedType(typeof(MergeGroup), "merge-group")]
[JsonDerivedType(typeof(AddKeeper), "add-keeper")]
[JsonDerivedType(typeof(RemoveKeeper), "remove-keeper")]
[JsonDerivedType(typeof(JoinOrganisation), "join-organisation")]
[JsonDerivedType(typeof(LeaveOrganisation), "leave-organisation")]
[JsonDerivedType(typeof(CloseAccount), "close-account")]
[JsonDerivedType(typeof(ReopenAccount), "reopen-account")]
[JsonDerivedType(typeof(EndAccount), "end-account")]
[JsonDerivedType(typeof(SuspendCustomer), "suspend-customer")]
[JsonDerivedType(typeof(ReinstateCustomer), "reinstate-customer")]
[JsonDerivedType(typeof(TrustKey), "trust-key")]
[JsonDerivedType(typeof(DistrustKey), "distrust-key")]
[JsonDerivedType(typeof(SetPolicy), "set-policy")]
[JsonDerivedType(typeof(ImportFile), "import")]
public abstract record Order
{
    private protected Order() { } // closed: those above and no other

    /// <summary>Looks at what it comes to now. Asked when it is proposed, and again when it is made; it changes nothing by itself.</summary>
    internal abstract Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken);

    internal string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    internal static Order Read(string text) => JsonSerializer.Deserialize<Order>(text, JsonSerializerOptions.Default)!;
}

/// <summary>What an order comes to.</summary>
internal abstract record Plan
{
    private Plan() { } // closed: these two and no other

    /// <param name="Why">In a sentence.</param>
    public sealed record Impossible(string Why) : Plan;

    public sealed record Possible(IReadOnlyList<Change> Changes) : Plan
    {
        /// <summary>The code that somebody has to hand over once it is made.</summary>
        public OneTimeCode? Code { get; init; }

        /// <summary>What is said before the changes, if something is.</summary>
        public string? Heading { get; init; }

        /// <summary>What people read before they confirm, a sentence on each line. What is made is exactly what it says.</summary>
        public string Text =>
            string.Join('\n', Changes.Select(c => c.Sentence).Prepend(Heading).Where(line => line is not null));

        public IReadOnlyList<PersonId> Concerned => [.. Changes.Select(c => c.About?.Id).OfType<PersonId>().Distinct()];

        /// <summary>Makes it true, each change with its audit entry.</summary>
        public void Make(CustodyDb db, string actor, ProposalId? proposal)
        {
            foreach (var change in Changes)
                db.Record(change.What, actor, [.. change.Make(), ("proposal", proposal)]);
        }
    }

    public static Plan NoPerson(string key) => new Impossible($"There is no person {key}.");

    public static Plan NoGroup(string key) => new Impossible($"There is no group {key}.");

    public static Plan NoAccount(string number) => new Impossible($"There is no account {number}.");

    public static Plan NoCustomer(string key) => new Impossible($"There is no customer {key}.");

    /// <summary>One change about one person.</summary>
    public static Possible About(
        Person person,
        string what,
        string sentence,
        Func<IEnumerable<(string Name, object? Value)>> make
    ) => Of(new Change(what, sentence, () => [("person", person.Id), .. make()]) { About = person });

    public static Possible Of(Change change) => new([change]);
}

/// <summary>Finds what orders name.</summary>
internal static class Lookups
{
    /// <summary>With their identities; their version is raised, for the order rests on them (law 9).</summary>
    public static async Task<Person?> FindPersonAsync(
        this CustodyDb db,
        string key,
        CancellationToken cancellationToken
    )
    {
        var person = await db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(p => p.Key == key, cancellationToken);
        if (person is not null)
            db.Raise(person);
        return person;
    }

    public static Task<CustodianGroup?> FindGroupAsync(
        this CustodyDb db,
        string key,
        CancellationToken cancellationToken
    ) => db.Groups.Include(g => g.Members).SingleOrDefaultAsync(g => g.Key == key, cancellationToken);

    public static Task<Account?> FindAccountAsync(
        this CustodyDb db,
        string number,
        CancellationToken cancellationToken
    ) => db.Accounts.SingleOrDefaultAsync(a => a.Number == number, cancellationToken);

    public static Task<Customer?> FindCustomerAsync(
        this CustodyDb db,
        string key,
        CancellationToken cancellationToken
    ) => db.Customers.SingleOrDefaultAsync(c => c.Key == key, cancellationToken);

    /// <summary>The groups of a person.</summary>
    public static Task<List<CustodianGroup>> GroupsOfAsync(
        this CustodyDb db,
        Person person,
        CancellationToken cancellationToken
    ) =>
        db
            .Groups.Where(g => g.Members.Any(m => m.Person == person.Id))
            .OrderBy(g => g.Key)
            .ToListAsync(cancellationToken);
}
