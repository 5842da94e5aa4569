using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Tests.Teams;

/// <summary>Who, where and what of an activity.</summary>
public class ActivityReaderTests
{
    [Theory]
    [InlineData("status", "status", "")]
    [InlineData("  /Status  ", "status", "")]
    [InlineData("REQUEST prod database is down", "request", "prod database is down")]
    [InlineData("enrol\n123 456 ", "enrol", "123 456")]
    [InlineData("help\u00a0me", "help", "me")]
    [InlineData("link K7Q4-0OXX", "link", "K7Q4-0OXX")]
    [InlineData("link&nbsp;K7Q4-0OXX&nbsp;", "link", "K7Q4-0OXX")]
    [InlineData("&nbsp;link\tK7Q4\t", "link", "K7Q4")]
    [InlineData("away until 2026-12-01 08:00", "away", "until 2026-12-01 08:00")]
    [InlineData("/admin  add-member passwords paul\r\n", "admin", "add-member passwords paul")]
    [InlineData("admin rename &quot;Paul  O&#39;Neil&quot; &lt;R&amp;D&gt;", "admin", "rename \"Paul  O'Neil\" <R&D>")]
    [InlineData("admin one\ntwo", "admin", "one\ntwo")]
    [InlineData("&nbsp;&nbsp;", "help", "")]
    [InlineData("a &unknown; & b", "a", "&unknown; & b")]
    public void The_first_word_is_the_action_and_the_rest_its_text(string text, string action, string rest)
    {
        var click = Activities.Read(Activities.Message(text));

        Assert.Equal((action, rest), (click?.Action, click?.Inputs["text"]));
    }

    [Theory]
    [InlineData("<at>R&amp;D bot</at>&nbsp;link K7Q4", "link", "K7Q4")]
    [InlineData("<at>R&amp;D bot</at>link K7Q4", "link", "K7Q4")]
    [InlineData("<at>R&amp;D bot</at> away&nbsp;until\n<at>R&amp;D bot</at> 08:00", "away", "until\n  08:00")]
    public void A_mention_is_no_word(string text, string action, string rest)
    {
        var activity = Activities.In("channel", Activities.Message(text));
        activity["entities"] = new JsonArray(
            new JsonObject { ["type"] = "mention", ["text"] = "<at>R&amp;D bot</at>" }
        );

        var click = Activities.Read(activity);

        Assert.Equal((action, rest), (click?.Action, click?.Inputs["text"]));
    }

    [Fact]
    public void A_long_text_arrives_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 10} 3456789\n")).Trim();

        Assert.Equal(text, Activities.Read(Activities.Message("admin " + text))?.Inputs["text"]);
    }

    [Theory]
    [InlineData(Actions.Installed)]
    [InlineData(Actions.Uninstalled)]
    [InlineData(Actions.Left)]
    public void Nobody_says_what_only_the_platform_may_say(string name)
    {
        var data = $$"""{"action":"{{name}}"}""";

        Assert.Equal("", Activities.Read(Activities.Message(name))?.Action);
        Assert.Equal("", Activities.Read(Activities.Pressed(name, "{}"))?.Action);
        Assert.Equal("", Activities.Read(Activities.Pressed(null, data))?.Action);
        Assert.Equal("", Activities.Read(Activities.Dialog("task/submit", data))?.Action);
    }

    [Fact]
    public void A_bare_mention_asks_for_help()
    {
        var activity = Activities.In("channel", Activities.Message("<at>RootCustody</at>\u00a0"));
        activity["entities"] = new JsonArray(
            new JsonObject { ["type"] = "clientInfo" },
            new JsonObject { ["type"] = "mention", ["text"] = "<at>RootCustody</at>" }
        );

        Assert.Equal(Actions.Help, Activities.Read(activity)?.Action);
    }

    [Fact]
    public void A_press_of_Submit_in_a_message_is_no_sent_form()
    {
        var activity = Activities.Personal("message");
        activity["value"] = JsonNode.Parse("""{"action":"approve","subject":"r-1","in.reason":"ok"}""");

        var click = Activities.Read(activity);

        Assert.Equal(("approve", "r-1", false), (click?.Action, click?.Subject, click?.Submits));
        Assert.Equal("ok", click?.Inputs["reason"]);
    }

    [Fact]
    public void The_verb_of_Execute_goes_before_the_action_in_its_data()
    {
        var click = Activities.Read(Activities.Pressed("deny", """{"action":"approve","subject":"r-1"}"""));

        Assert.Equal(("deny", "r-1"), (click?.Action, click?.Subject));
    }

    [Fact]
    public void Without_a_verb_the_action_in_the_data_counts() =>
        Assert.Equal("approve", Activities.Read(Activities.Pressed(null, """{"action":"approve"}"""))?.Action);

    [Theory]
    [InlineData("installationUpdate", "add", Actions.Installed)]
    [InlineData("installationUpdate", "add-upgrade", Actions.Installed)]
    [InlineData("installationUpdate", "remove", Actions.Uninstalled)]
    [InlineData("installationUpdate", "remove-upgrade", null)]
    [InlineData("installationUpdate", null, null)]
    [InlineData("messageDelete", null, null)]
    [InlineData("typing", null, null)]
    [InlineData("event", "add", null)]
    public void Installations_are_told_and_unknown_activities_are_nothing(string type, string? action, string? read)
    {
        var activity = Activities.Personal(type);
        activity["action"] = action;

        Assert.Equal(read, Activities.Read(activity)?.Action);
    }

    [Fact]
    public void Members_without_an_id_are_not_the_bot()
    {
        var activity = Activities.Personal("conversationUpdate");
        activity["recipient"] = null;
        activity["membersAdded"] = new JsonArray(null, new JsonObject { ["name"] = "nobody" });

        Assert.Null(Activities.Read(activity));
    }

    [Fact]
    public void Empty_places_in_lists_are_passed_over()
    {
        var activity = Activities.Message("status");
        activity["entities"] = new JsonArray(null, new JsonObject(), new JsonObject { ["type"] = "mention" });

        Assert.Equal("status", Activities.Read(activity)?.Action);
    }

    [Fact]
    public void The_key_is_of_bot_conversation_and_activity()
    {
        var first = Activities.Read(Activities.Message("status"))!.Key;
        var other = Activities.Message("status");
        other["id"] = "f:17b";
        var elsewhere = Activities.Message("status");
        elsewhere["conversation"]!["id"] = "a:personal-1";

        Assert.Equal(first, Activities.Read(Activities.Message("help"))!.Key);
        Assert.Equal(
            3,
            new[] { first, Activities.Read(other)!.Key, Activities.Read(elsewhere)!.Key }.Distinct().Count()
        );
        Assert.StartsWith("teams:Mfa:", first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_short_whatever_the_ids()
    {
        var activity = Activities.Message("status");
        activity["id"] = new string('x', 5000);

        Assert.InRange(Activities.Read(activity)!.Key.Length, 1, 60);
    }
}
