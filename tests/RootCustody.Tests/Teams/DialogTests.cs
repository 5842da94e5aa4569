using Microsoft.AspNetCore.Http;
using RootCustody.Chat;
using RootCustody.Teams;
using RootCustody.Teams.Drawing;

namespace RootCustody.Tests.Teams;

/// <summary>Which invokes send a form, and which may be answered with a half.</summary>
public class DialogTests
{
    private readonly TeamsDialogSurface surface = new(new DefaultHttpContext());

    [Fact]
    public void A_fetch_asks_for_a_form_and_shows_nothing()
    {
        var click = Activities.Read(
            Activities.Dialog("task/fetch", """{"action":"reveal","subject":"w-1","msteams":{"type":"task/fetch"}}"""),
            surface
        );

        Assert.Equal(("reveal", "w-1", false), (click?.Action, click?.Subject, click?.Submits));
        Assert.Null(click?.Surface);
    }

    [Fact]
    public void A_submit_in_the_personal_chat_has_a_surface()
    {
        var click = Activities.Read(
            Activities.Dialog("task/submit", """{"action":"reveal","subject":"w-1","in.code":"123456"}"""),
            surface
        );

        Assert.True(click?.Submits);
        Assert.Equal("123456", click?.Inputs["code"]);
        Assert.Same(surface, click?.Surface);
    }

    [Theory]
    [InlineData("groupChat")]
    [InlineData("channel")]
    public void A_submit_elsewhere_has_none(string conversationType)
    {
        var activity = Activities.In(conversationType, Activities.Dialog("task/submit", """{"action":"reveal"}"""));

        var click = Activities.Read(activity, surface);

        Assert.True(click?.Submits);
        Assert.Null(click?.Surface);
    }

    [Fact]
    public void A_button_in_a_dialog_that_asks_for_the_next_form_sends_none()
    {
        var click = Activities.Read(
            Activities.Dialog("task/submit", """{"action":"confirm","subject":"p-1","asks":"true"}"""),
            surface
        );

        Assert.Equal(("confirm", false), (click?.Action, click?.Submits));
        Assert.Null(click?.Surface);
    }

    [Fact]
    public void An_input_cannot_pass_for_such_a_button()
    {
        var click = Activities.Read(
            Activities.Dialog("task/submit", """{"action":"reveal","in.asks":"true"}"""),
            surface
        );

        Assert.True(click?.Submits);
    }

    [Fact]
    public void A_press_of_Execute_has_no_surface() =>
        Assert.Null(Activities.Read(Activities.Pressed("reveal", """{"action":"reveal"}"""), surface)?.Surface);

    [Theory]
    [InlineData("task/submit", "{}")]
    [InlineData("task/submit", """{"action":7}""")]
    [InlineData("task/submit", "[]")]
    [InlineData("task/submit", "null")]
    [InlineData("task/fetch", "\"reveal\"")]
    [InlineData("composeExtension/query", """{"action":"reveal"}""")]
    [InlineData("TASK/SUBMIT", """{"action":"reveal"}""")]
    public void An_invoke_that_names_no_action_is_nothing(string name, string data) =>
        Assert.Null(Activities.Read(Activities.Dialog(name, data), surface));

    [Fact]
    public void Numbers_and_truths_are_read_as_they_are_written()
    {
        var click = Activities.Read(
            Activities.Dialog(
                "task/submit",
                """{"action":"done","in.n":12.50,"in.yes":true,"in.no":false,"in.none":null,"in.list":[1],"in.deep":{"a":1},"out":"x"}"""
            )
        );

        Assert.Equal(
            [new("n", "12.50"), new("no", "false"), new("yes", "true")],
            click?.Inputs.OrderBy(i => i.Key, StringComparer.Ordinal).ToArray() ?? []
        );
    }

    [Theory]
    [InlineData(Actions.Link)]
    [InlineData("no action that asks")]
    public void The_button_on_an_opener_comes_back_with_action_and_subject_of_its_form(string action)
    {
        var form = new Form(action, "0193-opaque", "Link", "Link", [], []);

        var pressed = Activities.Read(Activities.Dialog("task/fetch", DataOf(AdaptiveCards.Opener(form))), surface);
        var sent = Activities.Read(Activities.Dialog("task/submit", DataOf(AdaptiveCards.Draw(form))), surface);

        Assert.Equal((action, "0193-opaque", false), (pressed?.Action, pressed?.Subject, pressed?.Submits));
        Assert.Empty(pressed!.Inputs);
        Assert.Equal((action, "0193-opaque", true), (sent?.Action, sent?.Subject, sent?.Submits));
    }

    [Fact]
    [Trait("Law", "8")]
    public void An_opener_stays_and_so_holds_nothing_of_the_form_but_its_title_and_ids()
    {
        var form = new Form(
            Actions.Link,
            "0193-opaque",
            "Link",
            "Send",
            ["You typed K7Q4-0OXX."],
            [new Field.Text("code", "K7Q4-0OXX", "K7Q4-0OXX", false, false, 10)]
        );

        Assert.DoesNotContain("K7Q4", AdaptiveCards.Opener(form).ToJsonString(), StringComparison.Ordinal);
    }

    private static string DataOf(System.Text.Json.Nodes.JsonObject card) =>
        Assert.Single(card["actions"]!.AsArray())!["data"]!.ToJsonString();
}
