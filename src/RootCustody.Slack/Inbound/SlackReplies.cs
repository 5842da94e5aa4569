using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Outbound;

namespace RootCustody.Slack.Inbound;

/// <summary>Brings a reply to the person who clicked: into their modal, or as an ephemeral answer.</summary>
internal sealed class SlackReplies(SlackApi api)
{
    /// <summary>Opens a light modal if the answer will be a form.</summary>
    /// <returns>The id of the modal; null if none was opened.</returns>
    public async Task<string?> OpenAsync(Interaction interaction)
    {
        var click = interaction.Click;
        if (!Actions.Asks(click.Action) || interaction.Trigger is not { } trigger)
            return null;
        var body = new JsonObject { ["trigger_id"] = trigger, ["view"] = Views.Loading(click.Where.Conversation) };
        var answer = await api.CallAsync(click.Bot, click.Where.Realm, "views.open", body, CancellationToken.None);
        return answer.Text("view", "id");
    }

    public Task SendAsync(Interaction interaction, string? view, Reply reply) =>
        view is not null ? UpdateAsync(interaction.Click, view, reply)
        : interaction.ResponseUrl is { } url ? RespondAsync(url, reply)
        : Task.CompletedTask;

    /// <summary>The answer to a sent form, in the response itself.</summary>
    /// <returns>Null: the modal closes.</returns>
    public static JsonObject? ToSubmission(Click click, Reply reply)
    {
        if (reply is Reply.Corrected corrected)
        {
            var errors = corrected.Errors.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value));
            return new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject(errors) };
        }
        return Draw(click, reply) is { } view
            ? new JsonObject { ["response_action"] = "update", ["view"] = view }
            : null;
    }

    private async Task UpdateAsync(Click click, string view, Reply reply)
    {
        if (Draw(click, reply) is not { } drawn)
            return;
        var body = new JsonObject { ["view_id"] = view, ["view"] = drawn };
        await api.CallAsync(click.Bot, click.Where.Realm, "views.update", body, CancellationToken.None);
    }

    private static JsonObject? Draw(Click click, Reply reply)
    {
        var channel = click.Where.Conversation;
        return reply switch
        {
            Reply.Said said => Views.Say(said.Text, channel),
            Reply.Drawn drawn => Views.Draw(drawn.Card, channel),
            Reply.Asked asked => Views.Draw(asked.Form, channel),
            Reply.Corrected corrected => Views.Draw(corrected.Form, channel, corrected.Errors.Values),
            _ => null,
        };
    }

    private async Task RespondAsync(Uri url, Reply reply)
    {
        var (text, blocks) = reply switch
        {
            Reply.Said said => (said.Text, Blocks.Say(said.Text)),
            Reply.Drawn drawn => (drawn.Card.Title, Blocks.Draw(drawn.Card)),
            Reply.Asked or Reply.Corrected => (
                "This needs a form. Please click again.",
                Blocks.Say("This needs a form. Please click again.")
            ),
            _ => ("", null),
        };
        if (blocks is null)
            return;
        var body = new JsonObject
        {
            ["response_type"] = "ephemeral",
            ["replace_original"] = false,
            ["text"] = Text.Escape(text),
            ["blocks"] = blocks,
        };
        await api.RespondAsync(url, body, CancellationToken.None);
    }
}
