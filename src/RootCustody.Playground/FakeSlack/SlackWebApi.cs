using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeSlack;

/// <summary>The Web API and the response URLs. Keeps every version of what stays apart from what does not.</summary>
public sealed class SlackWebApi
{
    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ResponseUrlLife = TimeSpan.FromMinutes(30);
    private const int ResponseUrlUses = 5;

    private readonly FakeSlackPlatform slack;
    private readonly Changes changes = new();
    private readonly Lock gate = new();
    private readonly List<SlackMessage> messages = [];
    private readonly List<SlackEphemeral> ephemerals = [];
    private readonly List<SlackModal> modals = [];
    private readonly List<string> stored = [];
    private readonly ConcurrentDictionary<string, Trigger> triggers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResponseUrl> responseUrls = new(StringComparer.Ordinal);
    private readonly HashSet<string> shutOut = new(StringComparer.Ordinal);
    private int last;

    internal SlackWebApi(FakeSlackPlatform slack)
    {
        this.slack = slack;
    }

    /// <summary>Every version of every message that was ever posted: what an export of the workspace holds.</summary>
    public IReadOnlyList<string> Stored
    {
        get
        {
            lock (gate)
                return [.. stored];
        }
    }

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    public IReadOnlyList<SlackEphemeral> Ephemerals
    {
        get
        {
            lock (gate)
                return [.. ephemerals];
        }
    }

    public IReadOnlyList<SlackModal> Modals
    {
        get
        {
            lock (gate)
                return [.. modals];
        }
    }

    /// <summary>Told of each half when it arrives, before the platform answers: by which bot, for which user.</summary>
    public Func<Bot, string, Task>? OnHalf { get; set; }

    /// <inheritdoc cref="Changes.SecondWaited"/>
    public Action? SecondWaited
    {
        get => changes.SecondWaited;
        set => changes.SecondWaited = value;
    }

    /// <summary>The bots may not post in this channel.</summary>
    public void ShutOut(string channel) => shutOut.Add(channel);

    public Task<SlackMessage> WaitForMessageAsync(string channel, string words) =>
        changes.WaitForAsync(
            () => Messages.LastOrDefault(m => m.Channel == channel && m.Text.Contains(words, StringComparison.Ordinal)),
            $"'{words}' in {channel}",
            () => string.Join(" // ", Messages.Where(m => m.Channel == channel).Select(m => m.Text))
        );

    public Task<SlackEphemeral> WaitForEphemeralAsync(SlackPerson person, string words) =>
        changes.WaitForAsync(
            () =>
                Ephemerals.LastOrDefault(m =>
                    m.User == person.User && m.Text.Contains(words, StringComparison.Ordinal)
                ),
            $"'{words}' for {person.Name} alone",
            () => string.Join(" // ", Ephemerals.Where(m => m.User == person.User).Select(m => m.Text))
        );

    /// <summary>Waits for any message that only this person sees.</summary>
    public Task<SlackEphemeral> WaitForEphemeralAsync(SlackPerson person, Func<SlackEphemeral, bool> isMeant) =>
        changes.WaitForAsync(
            () => Ephemerals.LastOrDefault(m => m.User == person.User && isMeant(m)),
            $"an ephemeral message for {person.Name}",
            () => string.Join(" // ", Ephemerals.Where(m => m.User == person.User).Select(m => m.Text))
        );

    /// <summary>Waits for any modal of this person.</summary>
    public Task<SlackModal> WaitForModalAsync(SlackPerson person, Func<SlackModal, bool> isMeant) =>
        changes.WaitForAsync(
            () => Modals.LastOrDefault(m => m.User == person.User && isMeant(m)),
            $"a modal for {person.Name}",
            () => string.Join(" // ", Modals.Where(m => m.User == person.User).Select(m => m.Text))
        );

    /// <summary>Waits until a message that only this person saw is gone.</summary>
    public Task WaitForRemovalAsync(SlackEphemeral message) =>
        changes.WaitForAsync(
            () => Ephemerals.Any(m => m.Ts == message.Ts && m.User == message.User) ? null : message,
            "the removal of an ephemeral message",
            () => "it is still there"
        );

    public Task<SlackModal> WaitForModalAsync(SlackPerson person, string words) =>
        changes.WaitForAsync(
            () => Modals.LastOrDefault(m => m.User == person.User && m.Text.Contains(words, StringComparison.Ordinal)),
            $"a modal with '{words}' for {person.Name}",
            () => string.Join(" // ", Modals.Where(m => m.User == person.User).Select(m => m.Text))
        );

    internal string NewTrigger(Bot bot, SlackPerson person)
    {
        var id = $"trigger-{Interlocked.Increment(ref last)}-c0ffee";
        triggers[id] = new Trigger(bot, person, slack.Clock.GetUtcNow());
        return id;
    }

    internal Uri NewResponseUrl(
        string kind,
        Bot bot,
        SlackPerson person,
        string channel,
        string? ephemeral,
        string? workspace = null
    )
    {
        var path =
            $"/{kind}/{workspace ?? person.Workspace}/{Interlocked.Increment(ref last)}/response-url-secret-e77a";
        responseUrls[path] = new ResponseUrl(bot, person, channel, ephemeral, slack.Clock.GetUtcNow());
        return new Uri(slack.Address, path);
    }

    internal string NextTs() =>
        string.Create(CultureInfo.InvariantCulture, $"1795000000.{Interlocked.Increment(ref last):000000}");

    /// <summary>The app answered a sent form.</summary>
    internal void Answered(SlackModal modal, string body)
    {
        var answer = body.Length == 0 ? null : JsonNode.Parse(body);
        lock (gate)
        {
            // an update that came meanwhile is newer than this answer
            var at = modals.FindIndex(m => m.Id == modal.Id && m.Hash == modal.Hash);
            if (at >= 0 && answer is null)
                modals.RemoveAt(at);
            else if (at >= 0 && answer!["response_action"]?.GetValue<string>() == "update")
                modals[at] = modal with { View = answer["view"]!.DeepClone().AsObject(), Hash = NextTs() };
        }
        changes.Happened();
    }

    internal void Map(WebApplication app)
    {
        app.MapPost(
            "/api/{method}",
            (HttpContext context, string method) =>
                slack.Faults.AroundAsync(context, method, () => CallAsync(context, method))
        );
        app.MapPost(
            "/{kind}/{workspace}/{id}/{secret}",
            (Delegate)(
                (HttpContext context) => slack.Faults.AroundAsync(context, "response_url", () => RespondAsync(context))
            )
        );
    }

    private async Task<IResult> CallAsync(HttpContext context, string method)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var owner = (
            from bot in Enum.GetValues<Bot>()
            from workspace in (string[])[FakeSlackPlatform.Provider, FakeSlackPlatform.Customer]
            where FakeSlackPlatform.TokenOf(bot, workspace) == token
            select new { bot, workspace }
        ).FirstOrDefault();
        if (owner is null)
            return Error("invalid_auth");
        if (await BodyAsync(context) is not { } body)
            return Error("invalid_json");
        if (SlackLimits.Broken(body) is { } limit)
            return Error(limit);
        if (
            method == "views.update"
            && Modals.FirstOrDefault(m => m.Id == body["view_id"]?.GetValue<string>()) is { } modal
        )
            await SeeAsync(owner.bot, modal.User, body["view"]?["blocks"]);

        var result = method switch
        {
            "chat.postMessage" => Post(owner.bot, owner.workspace, body),
            "chat.update" => Update(owner.bot, owner.workspace, body),
            "chat.postEphemeral" => PostEphemeral(owner.bot, owner.workspace, body),
            "views.open" => Open(owner.bot, owner.workspace, body),
            "views.update" => UpdateView(owner.bot, body),
            _ => Error("unknown_method"),
        };
        changes.Happened();
        return result;
    }

    private IResult Post(Bot bot, string workspace, JsonObject body)
    {
        var channel = body["channel"]!.GetValue<string>();
        if (shutOut.Contains(channel))
            return Error("not_in_channel");
        if (channel[0] is 'U' or 'W')
            channel = new SlackPerson("", workspace, channel).DirectWith(bot);
        else if (channel[0] == 'D' && !channel.StartsWith($"D{bot}".ToUpperInvariant(), StringComparison.Ordinal))
            return Error("channel_not_found"); // another bot's direct messages
        var message = new SlackMessage(
            bot,
            workspace,
            channel,
            NextTs(),
            body["thread_ts"]?.GetValue<string>(),
            body["text"]?.GetValue<string>() ?? "",
            body["blocks"]!.DeepClone().AsArray()
        );
        lock (gate)
        {
            stored.Add(body.ToJsonString());
            messages.Add(message);
        }
        return Results.Json(
            new
            {
                ok = true,
                channel,
                ts = message.Ts,
            }
        );
    }

    private IResult Update(Bot bot, string workspace, JsonObject body)
    {
        lock (gate)
        {
            stored.Add(body.ToJsonString());
            var at = messages.FindIndex(m =>
                m.Channel == body["channel"]!.GetValue<string>()
                && m.Ts == body["ts"]!.GetValue<string>()
                && m.Workspace == workspace
            );
            if (at < 0)
                return Error("message_not_found");
            if (messages[at].Bot != bot)
                return Error("cant_update_message");
            messages[at] = messages[at] with
            {
                Blocks = body["blocks"]!.DeepClone().AsArray(),
                Fallback = body["text"]?.GetValue<string>() ?? "",
            };
        }
        return Results.Json(new { ok = true });
    }

    private IResult PostEphemeral(Bot bot, string workspace, JsonObject body)
    {
        var (channel, user) = (body["channel"]!.GetValue<string>(), body["user"]!.GetValue<string>());
        if (
            shutOut.Contains(channel)
            || (channel[0] == 'D' && channel != new SlackPerson("", workspace, user).DirectWith(bot))
        )
            return Error("user_not_in_channel");
        var ts = NextTs();
        lock (gate)
            ephemerals.Add(
                new SlackEphemeral(bot, workspace, channel, user, ts, body["blocks"]!.DeepClone().AsArray())
            );
        return Results.Json(new { ok = true, message_ts = ts });
    }

    private IResult Open(Bot bot, string workspace, JsonObject body)
    {
        var id = body["trigger_id"]!.GetValue<string>();
        if (!triggers.TryGetValue(id, out var trigger) || trigger.Bot != bot)
            return Error("invalid_trigger_id");
        if (slack.Clock.GetUtcNow() - trigger.Issued > TriggerLife)
            return Error("expired_trigger_id");
        if (!triggers.TryUpdate(id, trigger with { Used = true }, trigger with { Used = false }))
            return Error("exchanged_trigger_id");
        var view = body["view"]!.DeepClone().AsObject();
        var modal = new SlackModal(
            bot,
            workspace,
            trigger.Person.User,
            $"V{Interlocked.Increment(ref last)}",
            NextTs(),
            view
        );
        lock (gate)
            modals.Add(modal);
        return Results.Json(new { ok = true, view = new { id = modal.Id, hash = modal.Hash } });
    }

    private IResult UpdateView(Bot bot, JsonObject body)
    {
        lock (gate)
        {
            var at = modals.FindIndex(m => m.Id == body["view_id"]?.GetValue<string>() && m.Bot == bot);
            if (at < 0)
                return Error("not_found");
            modals[at] = modals[at] with { View = body["view"]!.DeepClone().AsObject(), Hash = NextTs() };
        }
        return Results.Json(new { ok = true, view = new { id = body["view_id"]!.GetValue<string>() } });
    }

    private async Task<IResult> RespondAsync(HttpContext context)
    {
        if (!responseUrls.TryGetValue(context.Request.Path, out var url))
            return Results.NotFound();
        if (
            Interlocked.Increment(ref url.Uses) > ResponseUrlUses
            || slack.Clock.GetUtcNow() - url.Issued > ResponseUrlLife
        )
            return Results.Json(new { ok = false, error = "expired_url" }, statusCode: 404);
        if (await BodyAsync(context) is not { } body)
            return Results.BadRequest();
        if (SlackLimits.Broken(body) is { } limit)
            return Results.Json(new { ok = false, error = limit }, statusCode: 500);
        await SeeAsync(url.Bot, url.Person.User, body["blocks"]);

        lock (gate)
        {
            var at = ephemerals.FindIndex(m => m.Ts == url.Ephemeral && m.User == url.Person.User);
            if (body["delete_original"]?.GetValue<bool>() == true)
            {
                if (at >= 0)
                    ephemerals.RemoveAt(at);
            }
            else if (body["replace_original"]?.GetValue<bool>() == true && at >= 0)
                ephemerals[at] = ephemerals[at] with { Blocks = body["blocks"]!.DeepClone().AsArray() };
            else if (body["response_type"]?.GetValue<string>() == "in_channel")
                stored.Add(body.ToJsonString());
            else
                ephemerals.Add(
                    new SlackEphemeral(
                        url.Bot,
                        url.Person.Workspace,
                        url.Channel,
                        url.Person.User,
                        NextTs(),
                        body["blocks"]?.DeepClone().AsArray() ?? []
                    )
                );
        }
        changes.Happened();
        return Results.Text("ok");
    }

    /// <summary>What is drawn literally by a courier is a half.</summary>
    private async Task SeeAsync(Bot bot, string user, JsonNode? blocks)
    {
        if (bot != Bot.Desk && OnHalf is { } told && blocks is JsonArray drawn && BlockReader.LiteralsOf(drawn).Any())
            await told(bot, user);
    }

    private static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        try
        {
            return JsonNode.Parse(await reader.ReadToEndAsync())?.AsObject();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IResult Error(string code) => Results.Json(new { ok = false, error = code });

    private sealed record Trigger(Bot Bot, SlackPerson Person, DateTimeOffset Issued, bool Used = false);

    private sealed record ResponseUrl(
        Bot Bot,
        SlackPerson Person,
        string Channel,
        string? Ephemeral,
        DateTimeOffset Issued
    )
    {
        public int Uses;
    }
}
