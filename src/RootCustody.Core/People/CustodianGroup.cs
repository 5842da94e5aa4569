namespace RootCustody.People;

/// <summary>The people who keep one half of some accounts.</summary>
public sealed class CustodianGroup
{
    private readonly List<Membership> members = [];

    private CustodianGroup() { }

    public GroupId Id { get; private set; }

    /// <summary>The name by which import files speak of it; unique.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";
    public Half Keeps { get; private set; }
    public IReadOnlyList<Membership> Members => members;

    public static CustodianGroup Of(string key, string name, Half keeps, DateTimeOffset now) =>
        new()
        {
            Id = GroupId.New(now),
            Key = key,
            Name = name,
            Keeps = keeps,
        };

    public void Rename(string name) => Name = name;

    /// <summary>Takes a person in, unless law 3 forbids it.</summary>
    /// <param name="opposite">The groups that keep the other half of an account whose half this group keeps.</param>
    /// <returns>The group with which it would clash, or null when the person is in.</returns>
    public CustodianGroup? Admit(PersonId person, IEnumerable<CustodianGroup> opposite)
    {
        var clash = opposite.FirstOrDefault(group => group.Has(person));
        if (clash is null && !Has(person))
            members.Add(Membership.Of(Id, person));
        return clash;
    }

    public void Dismiss(PersonId person) => members.RemoveAll(m => m.Person == person);

    public bool Has(PersonId person) => members.Exists(m => m.Person == person);
}

public sealed class Membership
{
    private Membership() { }

    public GroupId Group { get; private set; }
    public PersonId Person { get; private set; }

    internal static Membership Of(GroupId group, PersonId person) => new() { Group = group, Person = person };
}
