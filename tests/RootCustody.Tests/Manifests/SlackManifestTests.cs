using System.Text.Json.Nodes;

namespace RootCustody.Tests.Manifests;

public class SlackManifestTests
{
    private const string Host = "https://rootcustody.example";

    [Theory]
    [InlineData("desk", "commands", "chat:write", "im:write", "users:read")]
    [InlineData("password", "chat:write", "im:write")]
    [InlineData("mfa", "commands", "chat:write", "im:write")]
    public void A_bot_asks_for_no_scope_that_it_does_not_need(string bot, params string[] needed)
    {
        var scopes = Manifest.Slack(bot)["oauth_config"]!["scopes"]!;

        Assert.Equal(["bot"], scopes.AsObject().Select(kind => kind.Key), StringComparer.Ordinal);
        Assert.Equal(needed, scopes["bot"]!.AsArray().Select(scope => (string?)scope), StringComparer.Ordinal);
    }

    [Fact]
    public void The_README_says_of_each_scope_why_it_is_asked_for()
    {
        var listed = Manifest
            .Read("README.md")
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        var asked = Manifest
            .Bots.SelectMany(bot => Manifest.Slack(bot)["oauth_config"]!["scopes"]!["bot"]!.AsArray())
            .Select(scope => (string)scope!)
            .Distinct(StringComparer.Ordinal);

        Assert.All(
            asked,
            scope => Assert.Contains(listed, line => line.StartsWith($"| `{scope}` |", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("desk", "commands", "events", "interactions")]
    [InlineData("password", "interactions")]
    [InlineData("mfa", "commands", "interactions")]
    public void A_bot_has_the_addresses_that_the_README_documents(string bot, params string[] endpoints)
    {
        var readme = Manifest.Read("README.md");

        var addresses = Addresses(Manifest.Slack(bot)).Order(StringComparer.Ordinal);

        Assert.Equal(endpoints.Select(endpoint => $"{Host}/slack/{bot}/{endpoint}"), addresses, StringComparer.Ordinal);
        Assert.All(
            endpoints,
            endpoint => Assert.Contains($"| `/slack/{bot}/{endpoint}` |", readme, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_desk_and_the_MFA_courier_have_a_slash_command_each()
    {
        Assert.Equal("/root", (string?)Manifest.Slack("desk")["features"]!["slash_commands"]![0]!["command"]);
        Assert.Null(Manifest.Slack("password")["features"]!["slash_commands"]);
        Assert.Equal("/root-mfa", (string?)Manifest.Slack("mfa")["features"]!["slash_commands"]![0]!["command"]);
    }

    [Fact]
    public void The_desk_alone_is_told_what_happens_and_only_what_it_acts_on()
    {
        var events = Manifest.Slack("desk")["settings"]!["event_subscriptions"]!["bot_events"]!.AsArray();

        Assert.Equal(
            ["app_uninstalled", "tokens_revoked", "user_change"],
            events.Select(e => (string?)e),
            StringComparer.Ordinal
        );
        Assert.Null(Manifest.Slack("password")["settings"]!["event_subscriptions"]);
        Assert.Null(Manifest.Slack("mfa")["settings"]!["event_subscriptions"]);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("mfa")]
    public void Nobody_can_type_a_secret_to_a_courier(string bot)
    {
        var home = Manifest.Slack(bot)["features"]!["app_home"]!;

        Assert.True((bool?)home["messages_tab_enabled"]);
        Assert.True((bool?)home["messages_tab_read_only_enabled"]);
    }

    private static IEnumerable<string> Addresses(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Addresses(member.Value)),
            JsonArray items => items.SelectMany(Addresses),
            JsonValue value
                when value.TryGetValue<string>(out var text) && text.Contains("://", StringComparison.Ordinal) =>
            [
                text,
            ],
            _ => [],
        };
}
