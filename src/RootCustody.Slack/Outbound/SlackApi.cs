using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Slack.Outbound;

/// <summary>Calls Slack's Web API with the token of one bot in one workspace, and answers through <c>response_url</c>.</summary>
internal sealed class SlackApi(IHttpClientFactory http, SlackSettings settings, TimeProvider clock)
{
    public const string Client = "RootCustody.Slack";

    /// <summary>Whoever waits longer for an answer gets none.</summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Calls a method with a body that holds no secret.</summary>
    /// <exception cref="ChatException">It was not done, or it is not known whether it was.</exception>
    public async Task<JsonElement> CallAsync(
        Bot bot,
        string workspace,
        string method,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        return await CallAsync(bot, workspace, method, content, cancellationToken);
    }

    /// <inheritdoc cref="CallAsync(Bot, string, string, JsonObject, CancellationToken)"/>
    public async Task<JsonElement> CallAsync(
        Bot bot,
        string workspace,
        string method,
        HttpContent content,
        CancellationToken cancellationToken
    )
    {
        if (!settings.Of(bot).Workspaces.TryGetValue(workspace, out var token))
            throw new ChatException(ChatFailure.Refused, "workspace_without_token");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Api, method))
        {
            Content = content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw FailureOf(answer);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Posts to a <c>response_url</c>, which has been checked when it was read.</summary>
    /// <exception cref="ChatException">It was not done, or it is not known whether it was.</exception>
    public async Task RespondAsync(Uri responseUrl, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, responseUrl) { Content = content };
        using var answer = await SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw FailureOf(answer);
    }

    /// <inheritdoc cref="RespondAsync(Uri, HttpContent, CancellationToken)"/>
    public async Task RespondAsync(Uri responseUrl, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        await RespondAsync(responseUrl, content, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.CreateClient(Client).SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError == HttpRequestError.ConnectionError)
        {
            throw new ChatException(ChatFailure.Unreachable, SlackErrors.NotSent); // without the inner: it names the address
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ChatException(ChatFailure.Unreachable, "no_answer");
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            var body = document.RootElement.Clone();
            if (body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
                return body;
            var error = body.TryGetProperty("error", out var code) ? code.GetString() ?? "unknown" : "unknown";
            throw new ChatException(SlackErrors.KindOf(error), error, ComeBackAfter(answer));
        }
        catch (Exception broken)
            when (broken is JsonException or IOException or HttpRequestException or InvalidOperationException)
        {
            throw new ChatException(ChatFailure.Unreachable, "answer_unreadable");
        }
    }

    private ChatException FailureOf(HttpResponseMessage answer)
    {
        var (failure, code) = answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => (ChatFailure.Throttled, "ratelimited"),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => (ChatFailure.Gone, CodeOf(answer)),
            >= HttpStatusCode.InternalServerError => (ChatFailure.Unreachable, CodeOf(answer)),
            _ => (ChatFailure.Refused, CodeOf(answer)),
        };
        return new ChatException(failure, code, ComeBackAfter(answer));
    }

    private TimeSpan? ComeBackAfter(HttpResponseMessage answer) =>
        RetryAfter.Of(
            answer.Headers.RetryAfter?.Delta,
            answer.Headers.RetryAfter?.Date,
            answer.Headers.Date ?? clock.GetUtcNow()
        );

    private static string CodeOf(HttpResponseMessage answer) => $"http_{(int)answer.StatusCode}";
}

/// <summary>Slack's error codes; the list is not closed.</summary>
internal static class SlackErrors
{
    /// <summary>Ours: the connection could not be made, so nothing was sent.</summary>
    public const string NotSent = "not_sent";

    public static ChatFailure KindOf(string code) =>
        code switch
        {
            "ratelimited" => ChatFailure.Throttled,
            "channel_not_found"
            or "not_in_channel"
            or "is_archived"
            or "user_not_found"
            or "user_disabled"
            or "user_not_in_channel"
            or "message_not_found"
            or "not_found"
            or "hash_conflict"
            or "cant_update_message"
            or "edit_window_closed"
            or "account_inactive"
            or "token_revoked" => ChatFailure.Gone,
            "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org" =>
                ChatFailure.Unreachable,
            _ => ChatFailure.Refused,
        };
}
