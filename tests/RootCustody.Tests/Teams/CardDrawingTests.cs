using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Tests.Teams;

/// <summary>Cards as Adaptive Cards.</summary>
public class CardDrawingTests
{
    [Theory]
    [InlineData("**now**", @"\*\*now\*\*")]
    [InlineData("_x_ ~y~ `z`", @"\_x\_ \~y\~ \`z\`")]
    [InlineData("[click](https://evil.example)", @"\[click\]\(https://evil.example\)")]
    [InlineData("# - + > ! | <b>", @"\# \- \+ \> \! \| \<b\>")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("plain, words: 100 %", "plain, words: 100 %")]
    public void Typed_text_is_no_markdown(string typed, string drawn)
    {
        var body = AdaptiveCards.Draw(new Card(typed, [typed], [new Fact(typed, typed)], []))["body"]!;

        Assert.Equal(drawn, (string?)body[0]!["text"]);
        Assert.Equal(drawn, (string?)body[1]!["text"]);
        Assert.Equal(drawn, (string?)body[2]!["facts"]![0]!["title"]);
        Assert.Equal(drawn, (string?)body[2]!["facts"]![0]!["value"]);
    }

    [Theory]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("{{{TIME(2026-01-01T00:00:00Z)}}}")]
    [InlineData("${$root}")]
    public void Typed_text_is_no_function(string typed)
    {
        var body = AdaptiveCards.Draw(new Card(typed, [typed], [new Fact(typed, typed)], []))["body"]!;

        Assert.All(
            [body[0]!["text"], body[1]!["text"], body[2]!["facts"]![0]!["title"], body[2]!["facts"]![0]!["value"]],
            text =>
            {
                Assert.DoesNotContain("{{", (string?)text, StringComparison.Ordinal);
                Assert.DoesNotContain("${$", (string?)text, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_moment_is_shown_in_the_readers_zone()
    {
        var fact = Fact.At("Until", new DateTimeOffset(2026, 11, 23, 19, 38, 18, 532, TimeSpan.FromHours(1)));

        var drawn = AdaptiveCards.Draw(new Card("Asked", [], [fact], []))["body"]![1]!["facts"]![0]!;

        Assert.Equal("Until", (string?)drawn["title"]);
        Assert.Equal("{{DATE(2026-11-23T18:38:18Z,SHORT)}} {{TIME(2026-11-23T18:38:18Z)}}", (string?)drawn["value"]);
    }

    [Fact]
    public void A_button_executes()
    {
        var button = Draw(new Choice(Actions.Approve, "Approve", "r-1", ChoiceStyle.Good));

        Assert.Equal("Action.Execute", (string?)button["type"]);
        Assert.Equal("Approve", (string?)button["title"]);
        Assert.Equal("approve", (string?)button["verb"]);
        Assert.Equal("positive", (string?)button["style"]);
        Assert.Equal("""{"action":"approve","subject":"r-1"}""", button["data"]!.ToJsonString());
    }

    [Fact]
    public void A_button_that_asks_fetches_a_dialog()
    {
        var button = Draw(new Choice(Actions.Deny, "Deny", "r-1", ChoiceStyle.Grave));

        Assert.Equal("Action.Submit", (string?)button["type"]);
        Assert.Equal("destructive", (string?)button["style"]);
        Assert.Equal(
            """{"action":"deny","subject":"r-1","msteams":{"type":"task/fetch"}}""",
            button["data"]!.ToJsonString()
        );
    }

    [Fact]
    public void A_button_that_wants_to_be_sure_opens_the_question()
    {
        var button = Draw(new Choice(Actions.Rotated, "Rotated", "a-1", Confirm: "Is it *done*?"));

        Assert.Equal("Action.ShowCard", (string?)button["type"]);
        Assert.Null(button["style"]);
        Assert.Null(button["data"]);
        Assert.Equal(@"Is it \*done\*?", (string?)button["card"]!["body"]![0]!["text"]);
        var sure = Assert.Single(button["card"]!["actions"]!.AsArray())!;
        Assert.Equal("Action.Execute", (string?)sure["type"]);
        Assert.Equal("""{"action":"rotated","subject":"a-1"}""", sure["data"]!.ToJsonString());
    }

    [Fact]
    public void A_card_without_choices_or_facts_has_neither()
    {
        var card = AdaptiveCards.Draw(Card.Of("Asked", "One line."));

        Assert.False(card.ContainsKey("actions"));
        Assert.Equal(2, card["body"]!.AsArray().Count);
        Assert.Equal("1.5", (string?)card["version"]);
    }

    [Fact]
    public void Long_text_is_cut()
    {
        var card = AdaptiveCards.Draw(Card.Of("Asked", new string('a', 5000)));

        var text = (string)card["body"]![1]!["text"]!;
        Assert.Equal(2000, text.Length);
        Assert.EndsWith("a…", text, StringComparison.Ordinal);
    }

    private static JsonNode Draw(Choice choice) =>
        Assert.Single(AdaptiveCards.Draw(new Card("Asked", [], [], [choice]))["actions"]!.AsArray())!;
}
