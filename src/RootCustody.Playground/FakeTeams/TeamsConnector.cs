using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeTeams;

/// <summary>The Bot Connector and the token authority: takes what the bots post and keeps every version of it, as a tenant's retention does.</summary>
public sealed class TeamsConnector
{
    private const int LargestActivity = 100 * 1024;
    private readonly FakeTeamsTenant tenant;
    private readonly Changes changes = new();
    private readonly ConcurrentDictionary<string, Bot> issued = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> gone = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly List<TeamsMessage> messages = [];
    private readonly List<string> stored = [];
    private int last;

    internal TeamsConnector(FakeTeamsTenant tenant)
    {
        this.tenant = tenant;
    }

    /// <summary>Every version of every message that was ever posted.</summary>
    public IReadOnlyList<string> Stored
    {
        get
        {
            lock (gate)
                return [.. stored];
        }
    }

    /// <summary>The messages as they stand now.</summary>
    public IReadOnlyList<TeamsMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <inheritdoc cref="Changes.SecondWaited"/>
    public Action? SecondWaited
    {
        get => changes.SecondWaited;
        set => changes.SecondWaited = value;
    }

    public IEnumerable<TeamsMessage> ChatOf(TeamsPerson person, Bot bot) =>
        Messages.Where(m => m.Conversation == FakeTeamsTenant.ConversationOf(person, bot));

    /// <summary>Waits for a message in someone's chat with a bot.</summary>
    public Task<TeamsMessage> WaitForAsync(TeamsPerson person, Bot bot, string words, string? button = null) =>
        changes.WaitForAsync(
            () =>
                ChatOf(person, bot)
                    .LastOrDefault(m =>
                        m.Text.Contains(words, StringComparison.Ordinal)
                        && (button is null || m.Buttons.Contains(button, StringComparer.Ordinal))
                    ),
            $"'{words}' with {(button is null ? "or without buttons" : $"a button '{button}'")} in the chat of {person.Name} with {bot}",
            () => string.Join(" // ", ChatOf(person, bot).Select(m => $"{m.Text} [{string.Join('|', m.Buttons)}]"))
        );

    internal void Uninstalled(string conversation) => gone[conversation] = 0;

    internal void Map(WebApplication app)
    {
        app.MapPost(
            "/{tenant}/oauth2/v2.0/token",
            (Delegate)((HttpContext context) => tenant.Faults.AroundAsync(context, "token", () => TokenAsync(context)))
        );
        app.MapPost(
            "/v3/conversations/{conversation}/activities",
            (HttpContext context, string conversation) =>
                tenant.Faults.AroundAsync(context, "post", () => PostAsync(context, conversation))
        );
        app.MapPost(
            "/v3/conversations/{conversation}/activities/{activity}",
            (HttpContext context, string conversation, string activity) =>
                tenant.Faults.AroundAsync(context, "post", () => PostAsync(context, conversation))
        );
        app.MapPut(
            "/v3/conversations/{conversation}/activities/{activity}",
            (HttpContext context, string conversation, string activity) =>
                tenant.Faults.AroundAsync(context, "put", () => PutAsync(context, conversation, activity))
        );
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        foreach (var bot in Enum.GetValues<Bot>())
        {
            if (
                form["client_id"] != FakeTeamsTenant.AppIdOf(bot)
                || form["client_secret"] != FakeTeamsTenant.SecretOf(bot)
            )
                continue;
            var token = $"teams-bearer-of-{bot}-{Interlocked.Increment(ref last)}-7d21e0";
            issued[token] = bot;
            return Results.Json(
                new
                {
                    token_type = "Bearer",
                    expires_in = 3600,
                    access_token = token,
                }
            );
        }
        return Results.Json(new { error = "invalid_client" }, statusCode: 401);
    }

    private async Task<IResult> PostAsync(HttpContext context, string conversation)
    {
        var (bot, card, refusal) = await ReadAsync(context, conversation);
        if (refusal is not null)
            return refusal;
        var id = (1795000000000 + Interlocked.Increment(ref last)).ToString(CultureInfo.InvariantCulture);
        lock (gate)
            messages.Add(new TeamsMessage(id, bot, conversation, card!));
        changes.Happened();
        return Results.Json(new { id }, statusCode: 201);
    }

    private async Task<IResult> PutAsync(HttpContext context, string conversation, string activity)
    {
        var (bot, card, refusal) = await ReadAsync(context, conversation);
        if (refusal is not null)
            return refusal;
        lock (gate)
        {
            var at = messages.FindIndex(m => m.Id == activity && m.Conversation == conversation && m.Bot == bot);
            if (at < 0)
                return Error(404, "ActivityNotFoundInConversation");
            messages[at] = messages[at] with { Card = card! };
        }
        changes.Happened();
        return Results.Json(new { id = activity });
    }

    private async Task<(Bot, JsonObject?, IResult? Refusal)> ReadAsync(HttpContext context, string conversation)
    {
        var token = context.Request.Headers.Authorization.ToString();
        if (
            !token.StartsWith("Bearer ", StringComparison.Ordinal)
            || !issued.TryGetValue(token["Bearer ".Length..], out var bot)
        )
            return (default, null, Error(401, "BotNotRegistered"));
        if (gone.ContainsKey(conversation) || !conversation.StartsWith($"a:{bot}-", StringComparison.Ordinal))
            return (bot, null, Error(403, "BotNotInConversationRoster")); // not this bot's chat

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (Encoding.Unicode.GetByteCount(body) > LargestActivity)
            return (bot, null, Error(413, "MessageSizeTooBig"));
        lock (gate)
            stored.Add(body);
        try
        {
            var attachment = JsonNode.Parse(body)?["attachments"]?[0];
            return attachment?["content"] is JsonObject card
                ? (bot, card.DeepClone().AsObject(), null)
                : (bot, null, Error(400, "BadSyntax"));
        }
        catch (JsonException)
        {
            return (bot, null, Error(400, "BadSyntax"));
        }
    }

    private static IResult Error(int status, string code) =>
        Results.Json(new { error = new { code, message = code } }, statusCode: status);
}
