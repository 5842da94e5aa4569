using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>People, groups, customers and accounts by their keys (accounts by number): as a file wants them, or as the database has them.</summary>
/// <param name="Provider">Null if the file says nothing of the provider.</param>
internal sealed record DirectoryFile(
    ProviderEntry? Provider,
    IReadOnlyDictionary<string, CustomerEntry> Customers,
    IReadOnlyDictionary<string, PersonEntry> Persons,
    IReadOnlyDictionary<string, GroupEntry> Groups,
    IReadOnlyDictionary<string, AccountEntry> Accounts,
    IReadOnlyDictionary<KeeperEntry, int> Keepers
)
{
    /// <summary>What will be true: an entry of the file stands for the whole of what it names, everything else stays.</summary>
    public DirectoryFile With(DirectoryFile file) =>
        new(
            file.Provider ?? Provider,
            Overlaid(Customers, file.Customers),
            Overlaid(Persons, file.Persons),
            Overlaid(Groups, file.Groups),
            Overlaid(Accounts, file.Accounts),
            Overlaid(Keepers, file.Keepers)
        );

    private static Dictionary<TKey, T> Overlaid<TKey, T>(
        IReadOnlyDictionary<TKey, T> below,
        IReadOnlyDictionary<TKey, T> above
    )
        where TKey : notnull
    {
        var all = new Dictionary<TKey, T>(below);
        foreach (var (key, entry) in above)
            all[key] = entry;
        return all;
    }
}

/// <summary>A Slack workspace or Teams tenant.</summary>
internal sealed record RealmName(ChatPlatform Platform, string Name)
{
    public override string ToString() => $"{(Platform == ChatPlatform.Slack ? "workspace" : "tenant")} {Name}";
}

// Each Line is where an entry, or a thing in its list, begins in the file; 0 for what is in the database only.
// A text that is not as it must be has been complained of and is empty, so that it is not complained of again.

internal sealed record ProviderEntry(int Line, IReadOnlyDictionary<RealmName, int> Realms);

internal sealed record CustomerEntry(int Line, string Key, string Name, IReadOnlyDictionary<RealmName, int> Realms);

/// <param name="Customer">Null for the provider's own people.</param>
internal sealed record PersonEntry(
    int Line,
    string Key,
    string Name,
    string? Customer,
    IReadOnlyDictionary<ChatUser, int> Identities,
    IReadOnlySet<PersonRole> Roles
)
{
    public bool Has(PersonRole role) => Roles.Contains(role);

    public override string ToString() => Name.Length == 0 ? Key : $"{Name} ({Key})";
}

/// <param name="Keeps">Null if the file does not say it rightly.</param>
internal sealed record GroupEntry(
    int Line,
    string Key,
    string Name,
    Half? Keeps,
    IReadOnlyDictionary<string, int> Members
);

/// <param name="Number">With the name of the user, if it is an IAM user.</param>
/// <param name="Email">Empty for an IAM user.</param>
/// <param name="Management">The number of the management account of its organisation; null if it is a member of none.</param>
/// <param name="GovCloudOf">The number of the commercial account whose account of GovCloud it is; null if it is none.</param>
/// <param name="WithoutMfa">An IAM user who has no MFA device.</param>
/// <param name="HasDevice">An MFA device of it came into use; no file says so.</param>
internal sealed record AccountEntry(
    int Line,
    string Number,
    string Name,
    string Email,
    string Customer,
    string PasswordGroup,
    string MfaGroup,
    string? Management,
    string? GovCloudOf,
    bool WithoutMfa,
    bool HasDevice = false
)
{
    public string GroupOf(Half half) =>
        half switch
        {
            Half.Password => PasswordGroup,
            Half.Mfa => MfaGroup,
        };
}

/// <summary>A person keeps something that opens a half of an account without us. A file only adds to these: what it does not name stays.</summary>
internal sealed record KeeperEntry(string Account, string Person, KeptThing Thing, string Label);
