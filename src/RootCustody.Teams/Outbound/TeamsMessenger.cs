using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Teams.Outbound;

/// <summary>Posts and changes messages through the Bot Connector.</summary>
internal sealed class TeamsMessenger(
    IHttpClientFactory http,
    BotTokens tokens,
    TeamsSettings settings,
    TimeProvider clock
) : IMessenger
{
    public const string Client = "RootCustody.Teams.Connector";

    /// <summary>Whoever waits longer for an answer gets none.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    public ChatPlatform Platform => ChatPlatform.Teams;

    public Task<PostedMessage> PostAsync(
        Bot bot,
        ChatPlace place,
        Card card,
        PostedMessage? inThreadOf,
        CancellationToken cancellationToken
    ) => PostCardAsync(bot, place, card.Title, AdaptiveCards.Draw(card), inThreadOf?.Message, cancellationToken);

    public async Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken)
    {
        var path = $"{ActivitiesOf(message.Place)}/{Uri.EscapeDataString(message.Message)}";
        var activity = ActivityOf(card.Title, AdaptiveCards.Draw(card));
        (await CallAsync(bot, message.Place, HttpMethod.Put, path, activity, cancellationToken)).Dispose();
    }

    /// <summary>Posts a drawn card.</summary>
    internal async Task<PostedMessage> PostCardAsync(
        Bot bot,
        ChatPlace place,
        string summary,
        JsonObject card,
        string? replyTo,
        CancellationToken cancellationToken
    )
    {
        var path = replyTo is null ? ActivitiesOf(place) : $"{ActivitiesOf(place)}/{Uri.EscapeDataString(replyTo)}";
        using var answer = await CallAsync(
            bot,
            place,
            HttpMethod.Post,
            path,
            ActivityOf(summary, card),
            cancellationToken
        );
        try
        {
            var posted = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            if (posted?["id"]?.GetValue<string>() is { Length: > 0 } id)
                return new PostedMessage(place, id);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or HttpRequestException)
        {
            throw new ChatException(ChatFailure.Unreachable, "answer_unreadable", inner: broken);
        }
        throw new ChatException(ChatFailure.Unreachable, "answer_without_id");
    }

    private async Task<HttpResponseMessage> CallAsync(
        Bot bot,
        ChatPlace place,
        HttpMethod method,
        string path,
        JsonObject activity,
        CancellationToken cancellationToken
    )
    {
        var answer = await SendAsync(bot, place, method, path, activity, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            answer.Dispose();
            await tokens.DropAsync(bot, cancellationToken);
            answer = await SendAsync(bot, place, method, path, activity, cancellationToken);
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw FailureOf(answer);
    }

    private async Task<HttpResponseMessage> SendAsync(
        Bot bot,
        ChatPlace place,
        HttpMethod method,
        string path,
        JsonObject activity,
        CancellationToken cancellationToken
    )
    {
        if (!settings.Hosts.Allows(place.ServiceUrl))
            throw new ChatException(ChatFailure.Refused, "service_url_not_allowed");
        var root = place.ServiceUrl!.EndsWith('/') ? place.ServiceUrl : place.ServiceUrl + "/";
        using var request = new HttpRequestMessage(method, new Uri(new Uri(root), path));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await tokens.OfAsync(bot, cancellationToken)
        );
        request.Content = JsonContent.Create(activity);
        try
        {
            return await http.CreateClient(Client).SendAsync(request, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatException(ChatFailure.Unreachable, "no_answer", inner: broken);
        }
    }

    private ChatException FailureOf(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var failure = status switch
        {
            429 => ChatFailure.Throttled,
            403 or 404 => ChatFailure.Gone,
            401 or 408 or 412 or >= 500 => ChatFailure.Unreachable,
            _ => ChatFailure.Refused,
        };
        return new ChatException(
            failure,
            $"http_{status}",
            RetryAfter.Of(
                answer.Headers.RetryAfter?.Delta,
                answer.Headers.RetryAfter?.Date,
                answer.Headers.Date ?? clock.GetUtcNow()
            )
        );
    }

    private static string ActivitiesOf(ChatPlace place) =>
        $"v3/conversations/{Uri.EscapeDataString(place.Conversation)}/activities";

    private static JsonObject ActivityOf(string summary, JsonObject card) =>
        new()
        {
            ["type"] = "message",
            ["summary"] = summary,
            ["channelData"] = new JsonObject { ["notification"] = new JsonObject { ["alert"] = true } },
            ["attachments"] = new JsonArray(
                new JsonObject { ["contentType"] = AdaptiveCards.ContentType, ["content"] = card }
            ),
        };
}
