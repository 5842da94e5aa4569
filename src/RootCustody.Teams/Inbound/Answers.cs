using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Teams.Inbound;

/// <summary>Draws replies as the answers of the three kinds of invoke.</summary>
internal static class Answers
{
    private const string TaskTitle = "RootCustody";

    /// <returns>Null: 200 with an empty body.</returns>
    public static JsonObject? To(string? invoke, Reply reply) =>
        invoke == InvokeNames.CardAction ? CardAction(reply) : Dialog(reply);

    /// <summary>A sentence, in the shape that this invoke takes.</summary>
    public static JsonObject Say(string? invoke, string sentence) =>
        invoke == InvokeNames.CardAction
            ? Outcome("application/vnd.microsoft.activity.message", sentence)
            : Task("message", sentence);

    private static JsonObject? CardAction(Reply reply) =>
        reply switch
        {
            Reply.Said said => Say(InvokeNames.CardAction, said.Text),
            Reply.Drawn drawn => Outcome(AdaptiveCards.ContentType, AdaptiveCards.Draw(drawn.Card)),
            Reply.Asked asked => Outcome(AdaptiveCards.ContentType, AdaptiveCards.Opener(asked.Form)),
            Reply.Corrected corrected => Say(InvokeNames.CardAction, string.Join(' ', corrected.Errors.Values)),
            _ => Say(InvokeNames.CardAction, "Done."),
        };

    private static JsonObject? Dialog(Reply reply) =>
        reply switch
        {
            Reply.Said said => Task("message", said.Text),
            Reply.Drawn drawn => Continue(drawn.Card.Title, AdaptiveCards.Draw(drawn.Card)),
            Reply.Asked asked => Continue(asked.Form.Title, AdaptiveCards.Draw(asked.Form)),
            Reply.Corrected corrected => Continue(
                corrected.Form.Title,
                AdaptiveCards.Draw(corrected.Form, corrected.Errors)
            ),
            _ => null,
        };

    private static JsonObject Outcome(string type, JsonNode value) =>
        new()
        {
            ["statusCode"] = 200,
            ["type"] = type,
            ["value"] = value,
        };

    private static JsonObject Continue(string? title, JsonObject card) =>
        Task(
            "continue",
            new JsonObject
            {
                ["title"] = title ?? TaskTitle,
                ["height"] = "medium",
                ["width"] = "medium",
                ["card"] = new JsonObject { ["contentType"] = AdaptiveCards.ContentType, ["content"] = card },
            }
        );

    private static JsonObject Task(string type, JsonNode value) =>
        new()
        {
            ["task"] = new JsonObject { ["type"] = type, ["value"] = value },
        };
}
