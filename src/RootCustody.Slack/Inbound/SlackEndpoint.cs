using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;

namespace RootCustody.Slack.Inbound;

/// <summary>Takes what Slack posts to one app: proves the signature over the raw bytes, reads, acknowledges within 3 s, hands on.</summary>
internal sealed partial class SlackEndpoint(
    SlackSettings settings,
    PayloadReader reader,
    EventReader events,
    SlackWork work,
    TimeProvider clock,
    ILogger<SlackEndpoint> logger
)
{
    public const int LongestBody = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5); // Slack waits 3

    public async Task CommandAsync(HttpContext context, Bot bot)
    {
        if (await BodyAsync(context, bot) is not { } body)
            return;
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        var fields = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        await TakeAsync(context, bot, reader.ReadCommand(fields, bot));
    }

    public async Task InteractionAsync(HttpContext context, Bot bot)
    {
        if (await BodyAsync(context, bot) is not { } body)
            return;
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        if (
            Parse(form.TryGetValue("payload", out var payload) ? Encoding.UTF8.GetBytes(payload.ToString()) : [])
            is not { } json
        )
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        await TakeAsync(context, bot, Read(json, bot));
    }

    private Payload Read(JsonElement json, Bot bot)
    {
        try
        {
            return reader.ReadInteraction(json, bot);
        }
        catch (InvalidOperationException)
        {
            return new Payload.Malformed(); // half of a surrogate pair in the name of a property
        }
    }

    /// <summary>The Events API: the proof that this address is ours, and what happened to people. Nobody reads an answer.</summary>
    public async Task EventAsync(HttpContext context, Bot bot)
    {
        if (await BodyAsync(context, bot) is not { } body)
            return;
        if (Parse(body) is not { } json)
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (json.Text("type") == "url_verification" && json.Text("challenge") is { } challenge)
            await context.Response.WriteAsJsonAsync(new JsonObject { ["challenge"] = challenge });
        else
            context.Response.StatusCode = await TakeAsync(ReadEvent(json, bot), bot);
    }

    private Told ReadEvent(JsonElement json, Bot bot)
    {
        try
        {
            return events.Read(json, bot);
        }
        catch (InvalidOperationException)
        {
            return new Told.Malformed(); // as above
        }
    }

    /// <returns>The status; Slack sends again, up to three times, what got no 200.</returns>
    private async Task<int> TakeAsync(Told told, Bot bot)
    {
        switch (told)
        {
            case Told.Malformed:
                return StatusCodes.Status400BadRequest;
            case Told.UnknownWorkspace:
                Log.UnknownWorkspace(logger, bot);
                break;
            case Told.Disconnected:
                Log.Disconnected(logger, bot);
                break;
            case Told.OfPerson person:
                return await IsDoneAsync(person.Click)
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status503ServiceUnavailable;
        }
        return StatusCodes.Status200OK;
    }

    /// <summary>That someone left must not be lost, and nobody would tell it again: so Slack is not told that we have it before we have (law 11).</summary>
    private async Task<bool> IsDoneAsync(Click click)
    {
        try
        {
            return await work.TryAsync(click).WaitAsync(Patience, clock) is not null;
        }
        catch (TimeoutException)
        {
            return false; // it goes on; what comes again has the same key, so it has one effect
        }
    }

    private async Task TakeAsync(HttpContext context, Bot bot, Payload payload)
    {
        switch (payload)
        {
            case Payload.Malformed:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                break;
            case Payload.UnknownWorkspace:
                Log.UnknownWorkspace(logger, bot);
                await WriteAsync(
                    context,
                    new JsonObject
                    {
                        ["response_type"] = "ephemeral",
                        ["text"] =
                            "This workspace is not connected to RootCustody. Ask the provider to install the app here.",
                    }
                );
                break;
            case Payload.Pressed pressed:
                if (!work.Take(pressed.Interaction))
                    await WriteAsync(
                        context,
                        new JsonObject { ["response_type"] = "ephemeral", ["text"] = SlackWork.NotNow }
                    );
                break;
            case Payload.Submitted submitted:
                await SubmitAsync(context, bot, submitted.Interaction);
                break;
        }
    }

    private async Task SubmitAsync(HttpContext context, Bot bot, Interaction interaction)
    {
        var click = interaction.Click;
        var channel = click.Where.Conversation;
        if (Actions.Reveals(click.Action))
        {
            // what goes onto a surface comes after the acknowledgement, and must not overtake it
            await WriteAsync(
                context,
                new JsonObject { ["response_action"] = "update", ["view"] = Views.Loading(channel) }
            );
            await context.Response.CompleteAsync();
            if (!work.Take(interaction))
                Log.Full(logger, bot);
            return;
        }
        var reply = await AskInboxAsync(click);
        if (SlackReplies.ToSubmission(click, reply) is { } answer)
            await WriteAsync(context, answer);
    }

    private async Task<Reply> AskInboxAsync(Click click)
    {
        try
        {
            return await work.AskAsync(click).WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return new Reply.Said("This takes longer than usual. Look at /root status in a moment.");
        }
    }

    /// <returns>The raw bytes, if Slack signed them; else the refusal has been written.</returns>
    private async Task<byte[]?> BodyAsync(HttpContext context, Bot bot)
    {
        byte[] body;
        try
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            body = buffer.ToArray();
        }
        catch (BadHttpRequestException tooLong)
        {
            context.Response.StatusCode = tooLong.StatusCode;
            return null;
        }
        var app = settings.Of(bot);
        var headers = context.Request.Headers;
        if (
            SlackSignature.Holds(
                [app.SigningSecret, app.PreviousSigningSecret],
                headers["X-Slack-Request-Timestamp"],
                headers["X-Slack-Signature"],
                body,
                clock.GetUtcNow()
            )
        )
            return body;
        Log.NoSignature(logger, bot);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return null;
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task WriteAsync(HttpContext context, JsonObject answer) => context.Response.WriteAsJsonAsync(answer);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A request to the Slack app {Bot} had no valid signature.")]
        public static partial void NoSignature(ILogger logger, Bot bot);

        [LoggerMessage(2, LogLevel.Warning, "A request to the Slack app {Bot} came from a workspace without a token.")]
        public static partial void UnknownWorkspace(ILogger logger, Bot bot);

        [LoggerMessage(
            3,
            LogLevel.Warning,
            "The Slack app {Bot} was removed from a workspace, or a token was revoked."
        )]
        public static partial void Disconnected(ILogger logger, Bot bot);

        [LoggerMessage(4, LogLevel.Error, "Too much waits at the Slack app {Bot}; a form was not answered.")]
        public static partial void Full(ILogger logger, Bot bot);
    }
}
