using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;

namespace RootCustody.Teams.Inbound;

/// <summary>Takes what the Bot Connector posts to one bot: proves where it comes from, reads it, hands it on, and draws the answer.</summary>
internal sealed partial class TeamsEndpoint(
    TokenCheck tokens,
    TeamsSettings settings,
    TeamsWork work,
    ILogger<TeamsEndpoint> logger
)
{
    public const int LongestBody = 256 * 1024;
    internal const string NotNow =
        "Not now: something on our side is broken. Nothing was lost; click again in a moment.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 32 };

    public async Task HandleAsync(HttpContext context, Bot bot)
    {
        var cancellationToken = context.RequestAborted;
        var verdict = await tokens.JudgeAsync(
            context.Request.Headers.Authorization,
            settings.Of(bot).AppId,
            cancellationToken
        );
        if (verdict is not TokenVerdict.Valid token)
        {
            Log.NoToken(logger, bot);
            context.Response.StatusCode = verdict is TokenVerdict.Unknown ? 503 : 401;
            return;
        }
        var (activity, status) = await ReadAsync(context, cancellationToken);
        if (activity is null)
        {
            context.Response.StatusCode = status;
            return;
        }
        if (!IsTrusted(activity, token))
        {
            Log.Foreign(logger, bot);
            context.Response.StatusCode = 403;
            return;
        }
        await AnswerAsync(context, activity, bot);
    }

    /// <summary>The order of the Bot Framework's own rules: channel, service URL, endorsement, host, tenant.</summary>
    private bool IsTrusted(Activity activity, TokenVerdict.Valid token) =>
        activity is { ChannelId: "msteams", ServiceUrl: { } serviceUrl, Tenant: { } tenant }
        && token.ServiceUrl is { } claimed
        && claimed.TrimEnd('/').Equals(serviceUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        && token.Endorsements.Contains(activity.ChannelId, StringComparer.Ordinal)
        && settings.Hosts.Allows(serviceUrl)
        && settings.Tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext context, Activity activity, Bot bot)
    {
        if (activity.Type != "invoke")
        {
            if (ActivityReader.Read(activity, bot, null) is { } said)
                context.Response.StatusCode = work.Take(said, answers: activity.Type == "message") ? 200 : 503;
            return; // what we do not know is fine (200)
        }
        if (activity.Name is not (InvokeNames.CardAction or InvokeNames.Fetch or InvokeNames.Submit))
        {
            context.Response.StatusCode = 501;
            return;
        }
        if (IsAutomatic(activity))
        {
            await WriteAsync(context, Answers.Say(activity.Name, "Nothing has changed."));
            return;
        }

        var surface = new TeamsDialogSurface(context);
        if (ActivityReader.Read(activity, bot, surface) is not { } click)
        {
            await WriteAsync(context, Answers.Say(activity.Name, "I cannot read this, or cannot tell who you are."));
            return;
        }
        var reply = await AskInboxAsync(context, click);
        if (!surface.Used)
            await WriteAsync(context, Answers.To(activity.Name, reply));
    }

    private async Task<Reply> AskInboxAsync(HttpContext context, Click click)
    {
        try
        {
            var inbox = context.RequestServices.GetRequiredKeyedService<IInbox>(click.Bot);
            // a person who hangs up must not leave the work half done
            return await inbox.HandleAsync(click, CancellationToken.None);
        }
#pragma warning disable CA1031 // the edge: the person is told, and nothing of the exception leaves the log
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, click.Bot, click.Action is { Length: < 30 } action ? action : "?");
            return new Reply.Said(NotNow);
        }
    }

    private static bool IsAutomatic(Activity activity) =>
        activity.Value.ValueKind == JsonValueKind.Object
        && activity.Value.TryGetProperty("trigger", out var trigger)
        && trigger.ValueKind == JsonValueKind.String
        && trigger.GetString() == "automatic";

    private static async Task<(Activity?, int Status)> ReadAsync(
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.Request.ContentLength > LongestBody)
            return (null, 413);
        try
        {
            var activity = await JsonSerializer.DeserializeAsync<Activity>(
                context.Request.Body,
                Json,
                cancellationToken
            );
            return (activity, 400);
        }
        catch (BadHttpRequestException tooLong)
        {
            return (null, tooLong.StatusCode);
        }
        catch (JsonException)
        {
            return (null, 400);
        }
    }

    private static Task WriteAsync(HttpContext context, System.Text.Json.Nodes.JsonObject? answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        return answer is null ? Task.CompletedTask : context.Response.WriteAsJsonAsync(answer, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to the Teams bot {Bot} had no valid token.")]
        public static partial void NoToken(ILogger logger, Bot bot);

        [LoggerMessage(
            2,
            LogLevel.Warning,
            "A request to the Teams bot {Bot} came from a foreign tenant, channel or service."
        )]
        public static partial void Foreign(ILogger logger, Bot bot);

        [LoggerMessage(3, LogLevel.Error, "A click on {Action} at the Teams bot {Bot} failed.")]
        public static partial void Broken(ILogger logger, Exception exception, Bot bot, string action);
    }
}
