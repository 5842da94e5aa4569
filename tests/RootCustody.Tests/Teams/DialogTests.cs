using Microsoft.AspNetCore.Http;
using RootCustody.Chat;
using RootCustody.Teams;

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
}
