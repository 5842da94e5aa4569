using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Tests.Teams;

/// <summary>Forms as Adaptive Cards.</summary>
public class FormDrawingTests
{
    [Fact]
    public void A_form_is_sent_with_its_action_and_subject()
    {
        var card = AdaptiveCards.Draw(FormOf());

        var submit = Assert.Single(card["actions"]!.AsArray())!;
        Assert.Equal("Action.Submit", (string?)submit["type"]);
        Assert.Equal("Send", (string?)submit["title"]);
        Assert.Equal("""{"action":"request","subject":"a-1"}""", submit["data"]!.ToJsonString());
        Assert.Equal(@"Say \*why\*.", (string?)card["body"]![0]!["text"]);
    }

    [Fact]
    public void A_text_is_asked_for_with_its_limits()
    {
        var input = Input(new Field.Text("reason", "Reason", null, false, Multiline: true, MaxLength: 300));

        Assert.Equal("Input.Text", (string?)input["type"]);
        Assert.Equal("in.reason", (string?)input["id"]);
        Assert.True((bool)input["isMultiline"]!);
        Assert.Equal(300, (int)input["maxLength"]!);
        Assert.True((bool)input["isRequired"]!);
        Assert.NotNull(input["errorMessage"]);
    }

    [Fact]
    public void What_is_optional_is_not_required()
    {
        var input = Input(new Field.Text("reason", "Reason", null, Optional: true, false, 300));

        Assert.False((bool)input["isRequired"]!);
        Assert.Null(input["errorMessage"]);
    }

    [Fact]
    public void A_pick_offers_its_options()
    {
        var input = Input(
            new Field.Pick("account", "Account", null, false, [new("1", "prod", "live"), new("2", "dev")], "2")
        );

        Assert.Equal("Input.ChoiceSet", (string?)input["type"]);
        Assert.False((bool)input["isMultiSelect"]!);
        Assert.Equal("2", (string?)input["value"]);
        Assert.Equal(
            """[{"title":"prod (live)","value":"1"},{"title":"dev","value":"2"}]""",
            input["choices"]!.ToJsonString()
        );
    }

    [Fact]
    public void Checks_take_several()
    {
        var input = Input(new Field.Checks("done", "Done", null, false, [new("1", "signed out")]));

        Assert.True((bool)input["isMultiSelect"]!);
        Assert.Equal("expanded", (string?)input["style"]);
        Assert.Null(input["value"]);
    }

    [Fact]
    public void A_moment_is_asked_for_as_date_and_time()
    {
        var body = Body(new Field.Moment("until", "Until", "At most a day.", false));

        Assert.Equal(("Input.Date", "in.until.date"), ((string?)body[1]!["type"], (string?)body[1]!["id"]));
        Assert.Equal(("Input.Time", "in.until.time"), ((string?)body[2]!["type"], (string?)body[2]!["id"]));
        Assert.Equal("At most a day.", (string?)body[3]!["text"]);
    }

    [Fact]
    public void An_error_stands_under_its_field()
    {
        var form = FormOf(
            new Field.Text("reason", "Reason", null, false, false, 300),
            new Field.Text("ticket", "Ticket", null, false, false, 30)
        );

        var body = AdaptiveCards.Draw(form, new Dictionary<string, string> { ["reason"] = "Too *short*." })["body"]!;

        Assert.Equal("in.reason", (string?)body[1]!["id"]);
        Assert.Equal(@"Too \*short\*.", (string?)body[2]!["text"]);
        Assert.Equal("Attention", (string?)body[2]!["color"]);
        Assert.Equal("in.ticket", (string?)body[3]!["id"]);
    }

    [Fact]
    public void Where_no_form_can_be_opened_a_button_opens_it()
    {
        var button = Assert.Single(AdaptiveCards.Opener(FormOf())["actions"]!.AsArray())!;

        Assert.Equal(
            """{"action":"request","subject":"a-1","msteams":{"type":"task/fetch"}}""",
            button["data"]!.ToJsonString()
        );
    }

    private static Form FormOf(params Field[] fields) =>
        new(Actions.Request, "a-1", "Ask for access", "Send", ["Say *why*."], fields);

    private static JsonArray Body(Field field) => AdaptiveCards.Draw(FormOf(field))["body"]!.AsArray();

    private static JsonNode Input(Field field) => Body(field)[1]!;
}
