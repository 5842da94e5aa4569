using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeTeams;

/// <summary>A Teams tenant with the three bots: signs what it sends with real keys, checks the tokens of what it gets, and misbehaves when told.</summary>
public sealed class FakeTeamsTenant : IAsyncDisposable
{
    private readonly TimeProvider clock;
    private readonly TeamsTokens tokens;
    private readonly HttpClient http = new();
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);
    private WebApplication server = null!;
    private Uri host = null!;

    private FakeTeamsTenant(TimeProvider clock)
    {
        this.clock = clock;
        tokens = new TeamsTokens(clock);
        Connector = new TeamsConnector(this);
    }

    public string TenantId => "72f988bf-86f1-41af-91ab-2d7cd011db47";

    public Uri Address { get; private set; } = null!;

    /// <summary>What the bots posted.</summary>
    public TeamsConnector Connector { get; }

    public Faults Faults { get; } = new();

    internal TimeProvider Clock => clock;

    public static async Task<FakeTeamsTenant> StartAsync(TimeProvider clock)
    {
        var tenant = new FakeTeamsTenant(clock);
        (tenant.server, tenant.Address) = await Loopback.StartAsync(app =>
        {
            app.MapGet("/openid/configuration", () => TeamsTokens.Metadata(tenant.Address));
            app.MapGet("/openid/keys", tenant.tokens.Keys);
            tenant.Connector.Map(app);
        });
        return tenant;
    }

    /// <summary>The settings with which a host reaches this tenant.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        yield return new("RootCustody:Teams:Tenants:0", TenantId);
        yield return new("RootCustody:Teams:OpenIdMetadata", new Uri(Address, "/openid/configuration").ToString());
        yield return new("RootCustody:Teams:TokenAuthority", Address.ToString());
        yield return new("RootCustody:Teams:ServiceHosts:0", Address.Authority);
        foreach (var bot in Enum.GetValues<Bot>())
        {
            yield return new($"RootCustody:Teams:{bot}:AppId", AppIdOf(bot));
            yield return new($"RootCustody:Teams:{bot}:TenantId", TenantId);
            yield return new($"RootCustody:Teams:{bot}:ClientSecret", SecretOf(bot));
        }
    }

    /// <inheritdoc cref="FakeSlack.FakeSlackPlatform.DeliversTwice"/>
    public Func<bool>? DeliversTwice { get; set; }

    /// <summary>Where the bots listen from now on.</summary>
    public void ConnectTo(Uri address) => host = address;

    public static string AppIdOf(Bot bot) => $"00000000-0000-4000-8000-0000000000b{(int)bot}";

    public static string SecretOf(Bot bot) => $"teams-client-secret-of-{bot}-5f3a9c";

    public static string ConversationOf(TeamsPerson person, Bot bot) => $"a:{bot}-{person.AadObjectId}";

    public async Task InstallAsync(TeamsPerson person, params IEnumerable<Bot> bots)
    {
        foreach (var bot in bots)
        {
            var activity = ActivityOf(person, bot, "installationUpdate");
            activity["action"] = "add";
            await SendAsync(bot, activity);
        }
    }

    public Task<(HttpStatusCode Status, string Body)> UninstallAsync(TeamsPerson person, Bot bot)
    {
        Connector.Uninstalled(ConversationOf(person, bot));
        var activity = ActivityOf(person, bot, "installationUpdate");
        activity["action"] = "remove";
        return SendAsync(bot, activity);
    }

    /// <summary>Types a message to a bot; the answer comes as a message.</summary>
    public Task<(HttpStatusCode Status, string Body)> TypeAsync(TeamsPerson person, Bot bot, string text)
    {
        var activity = ActivityOf(person, bot, "message");
        activity["text"] = text;
        return SendAsync(bot, activity);
    }

    /// <summary>Presses the button with this label on a card, also on one that was forwarded from someone else's chat.</summary>
    public Task<TeamsSeen> PressAsync(TeamsPerson person, TeamsMessage message, string label)
    {
        var button =
            AdaptiveCardReader.ButtonsOf(message.Card).FirstOrDefault(b => b["title"]!.GetValue<string>() == label)
            ?? throw new InvalidOperationException(
                $"There is no button '{label}' on: {message.Text} [{string.Join('|', message.Buttons)}]"
            );
        var data = button["data"]!.DeepClone().AsObject();
        return button["type"]!.GetValue<string>() == "Action.Execute"
            ? ExecuteAsync(person, message.Bot, button["verb"]!.GetValue<string>(), data)
            : FetchAsync(person, message.Bot, data);
    }

    /// <summary>Sends what a button of the kind Action.Execute sends, whether there is one or not.</summary>
    public async Task<TeamsSeen> ExecuteAsync(
        TeamsPerson person,
        Bot bot,
        string verb,
        JsonObject data,
        string trigger = "manual"
    )
    {
        var activity = ActivityOf(person, bot, "invoke");
        activity["name"] = "adaptiveCard/action";
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject
            {
                ["type"] = "Action.Execute",
                ["verb"] = verb,
                ["data"] = data,
            },
            ["trigger"] = trigger,
        };
        return Seen(bot, await SendAsync(bot, activity));
    }

    /// <summary>Asks for the dialog behind a button, whether there is one or not.</summary>
    public async Task<TeamsSeen> FetchAsync(TeamsPerson person, Bot bot, JsonObject data) =>
        Seen(bot, await SendAsync(bot, InvokeOf(person, bot, "task/fetch", data)));

    /// <summary>Fills a dialog in and presses its button.</summary>
    /// <param name="inputs">By the label of the input; what is left out keeps its value.</param>
    public async Task<TeamsSeen> SubmitAsync(
        TeamsPerson person,
        TeamsDialog dialog,
        params (string Label, string Value)[] inputs
    )
    {
        var button = AdaptiveCardReader.ButtonsOf(dialog.Card).Single();
        var data = button["data"]!.DeepClone().AsObject();
        foreach (var input in AdaptiveCardReader.InputsOf(dialog.Card))
        {
            if (input["value"] is { } value)
                data[input["id"]!.GetValue<string>()] = value.DeepClone();
        }
        foreach (var (label, value) in inputs)
        {
            var input =
                AdaptiveCardReader.InputsOf(dialog.Card).FirstOrDefault(i => i["label"]?.GetValue<string>() == label)
                ?? throw new InvalidOperationException($"There is no input '{label}' in: {dialog.Text}");
            data[input["id"]!.GetValue<string>()] = value;
        }
        return Seen(dialog.Bot, await SendAsync(dialog.Bot, InvokeOf(person, dialog.Bot, "task/submit", data)));
    }

    /// <summary>Sends any activity.</summary>
    public Task<(HttpStatusCode Status, string Body)> SendAsync(
        Bot bot,
        JsonObject activity,
        TokenFlaw flaw = TokenFlaw.None
    ) => SendRawAsync(bot, activity.ToJsonString(), flaw);

    /// <summary>Sends any bytes.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendRawAsync(
        Bot bot,
        string body,
        TokenFlaw flaw = TokenFlaw.None
    )
    {
        if (DeliversTwice?.Invoke() == true)
            _ = AgainAsync(bot, body);
        return await DeliverAsync(bot, body, flaw);
    }

    /// <summary>Nobody reads this answer.</summary>
    private async Task AgainAsync(Bot bot, string body)
    {
        try
        {
            await DeliverAsync(bot, body, TokenFlaw.None);
        }
        catch (HttpRequestException)
        {
            // the second delivery found nobody
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> DeliverAsync(Bot bot, string body, TokenFlaw flaw)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(host, $"/teams/{bot.ToString().ToLowerInvariant()}/api/messages")
        );
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (tokens.HeaderFor(AppIdOf(bot), Address.ToString(), flaw) is { } header)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(header);
        request.Headers.ConnectionClose = true; // a refused body may cost the connection, which must not cost the next request
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What every activity of this person in their personal chat with a bot has.</summary>
    public JsonObject ActivityOf(TeamsPerson person, Bot bot, string type) =>
        new()
        {
            ["type"] = type,
            ["id"] = $"f:{ids.AddOrUpdate(type, 1, (_, n) => n + 1)}-{type}",
            ["timestamp"] = clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["localTimezone"] = "Europe/Paris",
            ["serviceUrl"] = Address.ToString(),
            ["channelId"] = "msteams",
            ["from"] = new JsonObject { ["id"] = person.IdFor(bot), ["aadObjectId"] = person.AadObjectId },
            ["conversation"] = new JsonObject
            {
                ["conversationType"] = "personal",
                ["tenantId"] = TenantId,
                ["id"] = ConversationOf(person, bot),
            },
            ["recipient"] = new JsonObject { ["id"] = $"28:{AppIdOf(bot)}", ["name"] = "RootCustody" },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TenantId } },
        };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        tokens.Dispose();
    }

    private JsonObject InvokeOf(TeamsPerson person, Bot bot, string name, JsonObject data)
    {
        var activity = ActivityOf(person, bot, "invoke");
        activity["name"] = name;
        activity["value"] = new JsonObject
        {
            ["data"] = data,
            ["context"] = new JsonObject { ["theme"] = "default" },
        };
        return activity;
    }

    /// <summary>Draws the answer as a client would.</summary>
    private static TeamsSeen Seen(Bot bot, (HttpStatusCode Status, string Body) answer)
    {
        if (answer.Status != HttpStatusCode.OK || answer.Body.Length == 0)
            return new TeamsSeen(answer.Status, answer.Body, "", null);
        var body = JsonNode.Parse(answer.Body)!;
        if (body["task"] is JsonObject task)
        {
            if (task["type"]!.GetValue<string>() == "message")
                return new TeamsSeen(answer.Status, answer.Body, task["value"]!.GetValue<string>(), null);
            var value = task["value"]!;
            var dialog = new TeamsDialog(
                bot,
                value["title"]!.GetValue<string>(),
                value["card"]!["content"]!.AsObject()
            );
            return new TeamsSeen(answer.Status, answer.Body, dialog.Text, dialog);
        }
        var shown = body["value"] is JsonObject card
            ? AdaptiveCardReader.TextOf(card)
            : body["value"]!.GetValue<string>();
        return new TeamsSeen(answer.Status, answer.Body, shown, null);
    }
}
