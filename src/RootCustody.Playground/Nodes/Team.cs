using System.Globalization;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>A custodian as the directory knows them.</summary>
/// <param name="InSlack">Their second chat account, if they have one.</param>
public sealed record Custodian(string Key, TeamsPerson InTeams, SlackPerson? InSlack = null);

/// <summary>One account with the people around it: one who asks, two who keep its password, one who keeps its MFA.</summary>
public sealed record Team(int Number)
{
    public string Account { get; } = string.Create(CultureInfo.InvariantCulture, $"{200_000_000_000 + Number}");
    public string AccountName { get; } = $"Production {Number}";
    public SlackPerson Rita { get; } = new($"Rita {Number}", FakeSlackPlatform.Customer, $"U0RITA{Number}");
    public Custodian Paul { get; } = Keeper("Paul", Number, 1);

    /// <summary>Rotates what Paul has seen.</summary>
    public Custodian Petra { get; } = Keeper("Petra", Number, 2);

    /// <summary>Approves in Teams and looks at codes in Slack.</summary>
    public Custodian Mona { get; } =
        Keeper("Mona", Number, 3) with
        {
            InSlack = new SlackPerson($"Mona {Number}", FakeSlackPlatform.Provider, $"U0MONA{Number}"),
        };

    public IReadOnlyList<Custodian> Custodians => [Paul, Petra, Mona];

    private static Custodian Keeper(string name, int team, int place) =>
        new(
            $"{name.ToLowerInvariant()}-{team}",
            new TeamsPerson(
                $"{name} {team}",
                string.Create(CultureInfo.InvariantCulture, $"20000000-0000-4000-8000-{team * 10 + place:000000000000}")
            )
        );
}

/// <summary>As many teams as are wanted, with one duty manager for all.</summary>
public class Company(int teams)
{
    public static TeamsPerson Dora { get; } = new("Dora", "20000000-0000-4000-8000-999999999999");

    public IReadOnlyList<Team> Teams { get; } = [.. Enumerable.Range(1, teams).Select(n => new Team(n))];

    /// <summary>The keys of those who have an authenticator.</summary>
    public virtual IEnumerable<string> Enrolling => Teams.SelectMany(t => t.Custodians).Select(c => c.Key);

    /// <summary>What the directory calls somebody who is shown a half in Slack.</summary>
    /// <param name="user">As Slack knows them.</param>
    public virtual string KeyOf(string user) => Teams.First(t => t.Mona.InSlack!.User == user).Mona.Key;

    /// <summary>Those of Teams who have the bots installed.</summary>
    public virtual IEnumerable<TeamsPerson> InTeams => Teams.SelectMany(t => t.Custodians).Select(c => c.InTeams);

    /// <summary>The file that an operator imports.</summary>
    public string Directory(string tenant) => Draw(tenant).ToJsonString();

    protected virtual JsonObject Draw(string tenant) =>
        new()
        {
            ["provider"] = new JsonObject
            {
                ["slackWorkspaces"] = new JsonArray(FakeSlackPlatform.Provider),
                ["teamsTenants"] = new JsonArray(tenant),
            },
            ["customers"] = new JsonArray(
                new JsonObject
                {
                    ["key"] = "acme",
                    ["name"] = "Acme",
                    ["slackWorkspaces"] = new JsonArray(FakeSlackPlatform.Customer),
                    ["teamsTenants"] = new JsonArray(),
                }
            ),
            ["persons"] = new JsonArray([
                .. Teams.SelectMany(t => PersonsOf(t, tenant)),
                new JsonObject
                {
                    ["key"] = "dora",
                    ["name"] = "Dora",
                    ["dutyManager"] = true,
                    ["teams"] = new JsonArray(InTenant(tenant, Dora)),
                },
                new JsonObject { ["key"] = "olaf", ["name"] = "Olaf" },
            ]),
            ["groups"] = new JsonArray([
                .. Teams.SelectMany(t =>
                    (JsonNode[])
                        [
                            Group($"passwords-{t.Number}", "password", t.Paul, t.Petra),
                            Group($"mfa-{t.Number}", "mfa", t.Mona),
                        ]
                ),
            ]),
            ["accounts"] = new JsonArray([.. Teams.Select(AccountOf)]),
        };

    private static IEnumerable<JsonNode> PersonsOf(Team team, string tenant)
    {
        yield return new JsonObject
        {
            ["key"] = $"rita-{team.Number}",
            ["name"] = team.Rita.Name,
            ["customer"] = "acme",
            ["slack"] = new JsonArray(InWorkspace(team.Rita)),
        };
        foreach (var custodian in team.Custodians)
        {
            var person = new JsonObject
            {
                ["key"] = custodian.Key,
                ["name"] = custodian.InTeams.Name,
                ["teams"] = new JsonArray(InTenant(tenant, custodian.InTeams)),
            };
            if (custodian.InSlack is { } slack)
                person["slack"] = new JsonArray(InWorkspace(slack));
            yield return person;
        }
    }

    private static JsonObject Group(string key, string keeps, params IEnumerable<Custodian> members) =>
        new()
        {
            ["key"] = key,
            ["name"] = key,
            ["keeps"] = keeps,
            ["members"] = new JsonArray([.. members.Select(m => JsonValue.Create(m.Key))]),
        };

    private static JsonNode AccountOf(Team team) =>
        new JsonObject
        {
            ["number"] = team.Account,
            ["name"] = team.AccountName,
            ["email"] = $"aws+{team.Number}@provider.example",
            ["customer"] = "acme",
            ["passwordGroup"] = $"passwords-{team.Number}",
            ["mfaGroup"] = $"mfa-{team.Number}",
        };

    protected static JsonObject InTenant(string tenant, TeamsPerson person) =>
        new() { ["tenant"] = tenant, ["user"] = person.AadObjectId };

    protected static JsonObject InWorkspace(SlackPerson person) =>
        new() { ["workspace"] = person.Workspace, ["user"] = person.User };
}
