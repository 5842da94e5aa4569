using System.Text.Json.Nodes;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>One team with all those whom ceremonies need besides, and a second account that is not in custody yet.</summary>
public sealed class CeremonyCompany() : Company(1)
{
    public const string NewAccount = "300000000001";

    /// <summary>The contacts of the customer, as the directory knows them.</summary>
    public const string RitaKey = "rita-1";

    /// <inheritdoc cref="RitaKey"/>
    public const string RonKey = "ron";

    /// <summary>The second contact of the customer.</summary>
    public static SlackPerson Ron { get; } = new("Ron", FakeSlackPlatform.Customer, "U0RON");

    /// <summary>An administrator in Teams.</summary>
    public static TeamsPerson Ada { get; } = new("Ada", "20000000-0000-4000-8000-999999999901");

    /// <summary>Another one, in Slack.</summary>
    public static SlackPerson Abe { get; } = new("Abe", FakeSlackPlatform.Provider, "U0ABE");

    /// <summary>Keeps the mailbox of the first account.</summary>
    public static TeamsPerson Kurt { get; } = new("Kurt", "20000000-0000-4000-8000-999999999902");

    /// <summary>The second custodian of MFA halves.</summary>
    public static Custodian Mike { get; } =
        new("mike", new TeamsPerson("Mike", "20000000-0000-4000-8000-999999999903"));

    public override IEnumerable<string> Enrolling => [.. base.Enrolling, Mike.Key, "ada", "abe", RitaKey, RonKey];

    public override IEnumerable<TeamsPerson> InTeams => [.. base.InTeams, Mike.InTeams, Ada, Kurt];

    public override string KeyOf(string user) =>
        user == Ron.User ? RonKey
        : user == Teams[0].Rita.User ? RitaKey
        : base.KeyOf(user);

    protected override JsonObject Draw(string tenant)
    {
        var company = base.Draw(tenant);
        var persons = company["persons"]!.AsArray();
        var dora = persons.Single(p => p!["key"]!.GetValue<string>() == "dora")!.AsObject();
        dora["roles"] = new JsonArray("finance");
        persons.Add(
            new JsonObject
            {
                ["key"] = RonKey,
                ["name"] = "Ron",
                ["customer"] = "acme",
                ["slack"] = new JsonArray(InWorkspace(Ron)),
            }
        );
        persons.Add(Person("abe", "Abe", "administrator", "slack", InWorkspace(Abe)));
        persons.Add(Person("ada", "Ada", "administrator", "teams", InTenant(tenant, Ada)));
        persons.Add(Person("kurt", "Kurt", null, "teams", InTenant(tenant, Kurt)));
        persons.Add(Person(Mike.Key, "Mike", null, "teams", InTenant(tenant, Mike.InTeams)));
        company["groups"]!.AsArray().Single(g => g!["keeps"]!.GetValue<string>() == "mfa")!["members"]!
            .AsArray()
            .Add(Mike.Key);
        var account = company["accounts"]![0]!.DeepClone();
        (account["number"], account["name"], account["email"]) = (NewAccount, "New", "aws+new@provider.example");
        company["accounts"]!.AsArray().Add(account);
        company["keepers"] = new JsonArray(
            Keeper(Teams[0].Account, "kurt", "mailbox"),
            Keeper(NewAccount, Teams[0].Petra.Key, "mailbox"),
            Keeper(NewAccount, Mike.Key, "phone")
        );
        return company;
    }

    private static JsonObject Person(string key, string name, string? role, string platform, JsonObject identity)
    {
        var person = new JsonObject
        {
            ["key"] = key,
            ["name"] = name,
            [platform] = new JsonArray(identity),
        };
        if (role is not null)
            person["roles"] = new JsonArray(role);
        return person;
    }

    private static JsonObject Keeper(string account, string person, string thing) =>
        new()
        {
            ["account"] = account,
            ["person"] = person,
            ["thing"] = thing,
            ["label"] = $"{thing} of {person}",
        };
}
