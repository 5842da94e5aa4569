using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Inbound;

namespace RootCustody.Slack.Outbound;

/// <summary>Posts and changes the messages that stay.</summary>
internal sealed class SlackMessenger(SlackApi api) : IMessenger
{
    public ChatPlatform Platform => ChatPlatform.Slack;

    public async Task<PostedMessage> PostAsync(
        Bot bot,
        ChatPlace place,
        Card card,
        PostedMessage? inThreadOf,
        CancellationToken cancellationToken
    )
    {
        var body = BodyOf(card, place.Conversation);
        body["unfurl_links"] = false;
        body["unfurl_media"] = false;
        if (inThreadOf is not null)
            body["thread_ts"] = inThreadOf.Message;
        var answer = await api.CallAsync(bot, place.Realm, "chat.postMessage", body, cancellationToken);
        return answer.Text("channel") is { } channel && answer.Text("ts") is { } ts
            ? new PostedMessage(place with { Conversation = channel }, ts)
            : throw new ChatException(ChatFailure.Unreachable, "answer_without_ts");
    }

    public Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken)
    {
        var body = BodyOf(card, message.Place.Conversation);
        body["ts"] = message.Message;
        return api.CallAsync(bot, message.Place.Realm, "chat.update", body, cancellationToken);
    }

    private static JsonObject BodyOf(Card card, string channel) =>
        new()
        {
            ["channel"] = channel,
            ["text"] = Text.Escape(Text.Cut(card.Title, 3000)), // what notifications say
            ["blocks"] = Blocks.Draw(card),
        };
}
