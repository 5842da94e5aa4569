using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground;

/// <summary>The people of the story.</summary>
public static class Cast
{
    /// <summary>A registered contact of the customer.</summary>
    public static SlackPerson Rita { get; } = new("Rita", FakeSlackPlatform.Customer, "U0RITA");

    /// <summary>In the customer's workspace, but linked to nobody.</summary>
    public static SlackPerson Stranger { get; } = new("a stranger", FakeSlackPlatform.Customer, "U0STRANGER");

    public static TeamsPerson Paul { get; } = new("Paul", "10000000-0000-4000-8000-000000000001");

    /// <summary>Paul's second account in the same tenant.</summary>
    public static TeamsPerson PaulAgain { get; } = new("Paul (admin account)", "10000000-0000-4000-8000-000000000002");

    public static TeamsPerson Petra { get; } = new("Petra", "10000000-0000-4000-8000-000000000003");
    public static TeamsPerson Mona { get; } = new("Mona", "10000000-0000-4000-8000-000000000004");

    /// <summary>Mona in the provider's workspace.</summary>
    public static SlackPerson MonaInSlack { get; } = new("Mona", FakeSlackPlatform.Provider, "U0MONA");

    public static TeamsPerson Mike { get; } = new("Mike", "10000000-0000-4000-8000-000000000005");

    /// <summary>On duty.</summary>
    public static TeamsPerson Dora { get; } = new("Dora", "10000000-0000-4000-8000-000000000006");

    /// <summary>Everyone of the provider who has the bots in Teams.</summary>
    public static IReadOnlyList<TeamsPerson> InTeams { get; } = [Paul, PaulAgain, Petra, Mona, Mike, Dora];

    public const string Account = "111122223333";
    public const string OthersAccount = "444455556666";

    /// <summary>The file that an operator imports.</summary>
    public static string Directory(string tenant) =>
        $$"""
            {
              "provider": { "slackWorkspaces": ["{{FakeSlackPlatform.Provider}}"], "teamsTenants": ["{{tenant}}"] },
              "customers": [
                { "key": "acme", "name": "Acme", "slackWorkspaces": ["{{FakeSlackPlatform.Customer}}"], "teamsTenants": [] },
                { "key": "other", "name": "Other Ltd", "slackWorkspaces": ["T0OTHER"], "teamsTenants": [] }
              ],
              "persons": [
                { "key": "rita", "name": "Rita", "customer": "acme", "slack": [{ "workspace": "{{Rita.Workspace}}", "user": "{{Rita.User}}" }] },
                { "key": "paul", "name": "Paul", "teams": [{{InTenant(tenant, Paul)}}, {{InTenant(
                tenant,
                PaulAgain
            )}}] },
                { "key": "petra", "name": "Petra", "teams": [{{InTenant(tenant, Petra)}}] },
                { "key": "mona", "name": "Mona", "teams": [{{InTenant(
                tenant,
                Mona
            )}}], "slack": [{ "workspace": "{{MonaInSlack.Workspace}}", "user": "{{MonaInSlack.User}}" }] },
                { "key": "mike", "name": "Mike", "teams": [{{InTenant(tenant, Mike)}}] },
                { "key": "dora", "name": "Dora", "teams": [{{InTenant(tenant, Dora)}}], "dutyManager": true },
                { "key": "olaf", "name": "Olaf" }
              ],
              "groups": [
                { "key": "passwords", "name": "Password custodians", "keeps": "password", "members": ["paul", "petra"] },
                { "key": "mfa", "name": "MFA custodians", "keeps": "mfa", "members": ["mona", "mike"] }
              ],
              "accounts": [
                { "number": "{{Account}}", "name": "Acme production", "email": "aws+acme@provider.example", "customer": "acme", "passwordGroup": "passwords", "mfaGroup": "mfa" },
                { "number": "{{OthersAccount}}", "name": "Other production", "email": "aws+other@provider.example", "customer": "other", "passwordGroup": "passwords", "mfaGroup": "mfa" }
              ]
            }
            """;

    private static string InTenant(string tenant, TeamsPerson person) =>
        $$"""{ "tenant": "{{tenant}}", "user": "{{person.AadObjectId}}" }""";
}
