using RootCustody.Chat;

namespace RootCustody.People;

/// <summary>A human being, counted once whatever chat identities they have (law 2).</summary>
public sealed class Person
{
    private readonly List<LinkedIdentity> identities = [];

    private Person() { }

    public PersonId Id { get; private set; }

    /// <summary>The name by which import files and the command line speak of them; unique.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The customer whose registered contact they are; null for the provider's own people.</summary>
    public CustomerId? Customer { get; private set; }

    public bool IsDutyManager { get; private set; }

    /// <summary>A suspended person can do nothing.</summary>
    public bool Suspended { get; private set; }

    public IReadOnlyList<LinkedIdentity> Identities => identities;

    public static Person Of(string key, string name, CustomerId? customer, bool dutyManager, DateTimeOffset now) =>
        new()
        {
            Id = PersonId.New(now),
            Key = key,
            Name = name,
            Customer = customer,
            IsDutyManager = dutyManager,
        };

    public void Link(ChatUser identity, DateTimeOffset now) => identities.Add(LinkedIdentity.Of(Id, identity, now));

    public void Unlink(ChatUser identity) => identities.RemoveAll(i => i.ChatUser == identity);

    public void Rename(string name) => Name = name;

    /// <summary>Becomes a contact of this customer, or with null one of the provider's people.</summary>
    public void MoveTo(CustomerId? customer) => Customer = customer;

    public void AppointDutyManager() => IsDutyManager = true;

    public void DismissDutyManager() => IsDutyManager = false;

    public void Suspend() => Suspended = true;
}

/// <summary>A chat identity that belongs to a person; each identity to one.</summary>
public sealed class LinkedIdentity
{
    private LinkedIdentity() { }

    public PersonId Person { get; private set; }
    public ChatPlatform Platform { get; private set; }
    public string Realm { get; private set; } = "";
    public string User { get; private set; } = "";
    public DateTimeOffset LinkedAt { get; private set; }

    public ChatUser ChatUser => new(Platform, Realm, User);

    internal static LinkedIdentity Of(PersonId person, ChatUser identity, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Platform = identity.Platform,
            Realm = identity.Realm,
            User = identity.User,
            LinkedAt = now,
        };
}

/// <summary>A Slack workspace or Teams tenant, and whose it is (law 12).</summary>
public sealed class Realm
{
    private Realm() { }

    public ChatPlatform Platform { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The customer it belongs to; null for the provider's own.</summary>
    public CustomerId? Customer { get; private set; }

    public static Realm Of(ChatPlatform platform, string name, CustomerId? customer) =>
        new()
        {
            Platform = platform,
            Name = name,
            Customer = customer,
        };

    /// <summary>Whether this person may act from here: contacts from their customer's realm, the provider's people from the provider's.</summary>
    public bool IsHomeOf(Person person) => Customer == person.Customer;
}
