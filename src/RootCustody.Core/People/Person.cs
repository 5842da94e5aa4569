using RootCustody.Chat;

namespace RootCustody.People;

/// <summary>A human being, counted once whatever chat identities they have (law 2).</summary>
public sealed class Person
{
    private readonly List<LinkedIdentity> identities = [];
    private readonly List<FormerIdentity> formerIdentities = [];
    private readonly List<Assignment> assignments = [];

    private Person() { }

    public PersonId Id { get; private set; }

    /// <summary>The name by which import files and the command line speak of them; unique.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The customer whose registered contact they are; null for the provider's own people.</summary>
    public CustomerId? Customer { get; private set; }

    public bool IsDutyManager { get; private set; }

    /// <summary>Two administrators together change people, groups and policy.</summary>
    public bool IsAdministrator { get; private set; }

    /// <summary>Sees the readiness of accounts and how requests stand, and changes nothing.</summary>
    public bool IsAuditor { get; private set; }

    /// <summary>Says whether a customer owes anything, before an account is handed over.</summary>
    public bool IsFinance { get; private set; }

    /// <summary>A suspended person can do nothing.</summary>
    public bool Suspended { get; private set; }

    /// <summary>Since when they are frozen everywhere by "not me" (law 15); null if they are not.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    /// <summary>Since when their windows, cards and the duty manager wait for what "not me" asks of them; null once that is done.</summary>
    public DateTimeOffset? FreezeWaitsSince { get; private set; }

    /// <summary>Until when they are away, by their own word; null if they are not.</summary>
    public DateTimeOffset? AwayUntil { get; private set; }

    /// <summary>When the duty manager was last told of their many refusals; null if never.</summary>
    public DateTimeOffset? ProbingToldAt { get; private set; }

    public IReadOnlyList<LinkedIdentity> Identities => identities;

    /// <summary>The chat identities that were theirs and are not any more; not all are loaded, only those that this decision adds.</summary>
    public IReadOnlyList<FormerIdentity> FormerIdentities => formerIdentities;

    /// <summary>The customers whom they work for more than for others (conflict of interest).</summary>
    public IReadOnlyList<Assignment> Assignments => assignments;

    public bool IsAwayAt(DateTimeOffset now) => now < AwayUntil;

    public bool IsAssignedTo(CustomerId customer) => assignments.Exists(a => a.Customer == customer);

    /// <summary>Whether the identity, or without one every identity that they have, is too new to approve or hold (law 15).</summary>
    public bool CoolsOffAt(DateTimeOffset now, ChatUser? through) =>
        through is null
            ? identities.TrueForAll(i => now < i.CoolsUntil)
            : identities.Find(i => i.ChatUser == through) is not { } identity || now < identity.CoolsUntil;

    public static Person Of(string key, string name, CustomerId? customer, bool dutyManager, DateTimeOffset now) =>
        new()
        {
            Id = PersonId.New(now),
            Key = key,
            Name = name,
            Customer = customer,
            IsDutyManager = dutyManager,
        };

    /// <param name="coolsUntil">Until when the identity is too new to approve or hold (law 15).</param>
    public void Link(ChatUser identity, DateTimeOffset now, DateTimeOffset coolsUntil) =>
        identities.Add(LinkedIdentity.Of(Id, identity, now, coolsUntil));

    /// <summary>The identity is theirs no more; that it was is kept.</summary>
    /// <returns>False if it was not theirs.</returns>
    public bool Unlink(ChatUser identity, DateTimeOffset now)
    {
        if (identities.RemoveAll(i => i.ChatUser == identity) == 0)
            return false;
        formerIdentities.Add(FormerIdentity.Of(Id, identity, now));
        return true;
    }

    public void Rename(string name) => Name = name;

    /// <summary>Becomes a contact of this customer, or with null one of the provider's people.</summary>
    public void MoveTo(CustomerId? customer) => Customer = customer;

    public void Appoint(PersonRole role) => SetRole(role, true);

    public void Dismiss(PersonRole role) => SetRole(role, false);

    public bool Has(PersonRole role) =>
        role switch
        {
            PersonRole.DutyManager => IsDutyManager,
            PersonRole.Administrator => IsAdministrator,
            PersonRole.Auditor => IsAuditor,
            PersonRole.Finance => IsFinance,
        };

    public void Suspend() => Suspended = true;

    public void Reinstate() => Suspended = false;

    /// <summary>"Not me": they can do nothing anywhere until two administrators unfreeze them (law 15).</summary>
    /// <returns>False if they were frozen already.</returns>
    public bool Freeze(DateTimeOffset now)
    {
        if (FrozenAt is not null)
            return false;
        FrozenAt = now;
        FreezeWaitsSince = now;
        return true;
    }

    /// <summary>What the freeze asks of others is done: their windows, their cards, the call to the duty manager.</summary>
    public void FreezeIsSettled() => FreezeWaitsSince = null;

    public void Unfreeze()
    {
        FrozenAt = null;
        FreezeWaitsSince = null;
    }

    public void GoAway(DateTimeOffset until) => AwayUntil = until;

    public void ComeBack() => AwayUntil = null;

    public void Assign(CustomerId customer)
    {
        if (!IsAssignedTo(customer))
            assignments.Add(Assignment.Of(Id, customer));
    }

    public void Unassign(CustomerId customer) => assignments.RemoveAll(a => a.Customer == customer);

    public void ProbingWasTold(DateTimeOffset now) => ProbingToldAt = now;

    private void SetRole(PersonRole role, bool holds)
    {
        switch (role)
        {
            case PersonRole.DutyManager:
                IsDutyManager = holds;
                break;
            case PersonRole.Administrator:
                IsAdministrator = holds;
                break;
            case PersonRole.Auditor:
                IsAuditor = holds;
                break;
            case PersonRole.Finance:
                IsFinance = holds;
                break;
        }
    }
}

/// <summary>What one of the provider's people may be besides a custodian.</summary>
public enum PersonRole
{
    DutyManager = 1,
    Administrator = 2,
    Auditor = 3,
    Finance = 4,
}

/// <summary>One of the provider's people works for this customer more than for others.</summary>
public sealed class Assignment
{
    private Assignment() { }

    public PersonId Person { get; private set; }
    public CustomerId Customer { get; private set; }

    internal static Assignment Of(PersonId person, CustomerId customer) =>
        new() { Person = person, Customer = customer };
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

    /// <summary>Until when it is too new to approve or hold (law 15).</summary>
    public DateTimeOffset CoolsUntil { get; private set; }

    public ChatUser ChatUser => new(Platform, Realm, User);

    internal static LinkedIdentity Of(
        PersonId person,
        ChatUser identity,
        DateTimeOffset now,
        DateTimeOffset coolsUntil
    ) =>
        new()
        {
            CoolsUntil = coolsUntil,
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
