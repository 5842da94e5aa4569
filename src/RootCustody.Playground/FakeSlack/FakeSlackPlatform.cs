using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeSlack;

/// <summary>Slack with two workspaces, the provider's and a customer's, and the three apps: signs what it sends, checks the tokens of what it gets, and misbehaves when told.</summary>
public sealed class FakeSlackPlatform : IAsyncDisposable
{
    public const string Provider = "T0PROVIDER";
    public const string Customer = "T0ACME";
    public const string Channel = "C0INCIDENTS";

    private readonly HttpClient http = new();
    private WebApplication server = null!;
    private Uri host = null!;

    private FakeSlackPlatform(TimeProvider clock)
    {
        Clock = clock;
        Api = new SlackWebApi(this);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What the bots made of it, and what each person sees.</summary>
    public SlackWebApi Api { get; }

    public Faults Faults { get; } = new();

    internal TimeProvider Clock { get; }

    /// <summary>The last request that a person's act sent, so that it can be sent again.</summary>
    public HttpReplay? Last { get; private set; }

    public static async Task<FakeSlackPlatform> StartAsync(TimeProvider clock)
    {
        var slack = new FakeSlackPlatform(clock);
        (slack.server, slack.Address) = await Loopback.StartAsync(slack.Api.Map);
        return slack;
    }

    /// <summary>The settings with which a host reaches this platform.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        yield return new("RootCustody:Slack:ApiAddress", new Uri(Address, "/api/").ToString());
        yield return new("RootCustody:Slack:ResponseUrlHosts:0", Address.Authority);
        foreach (var bot in Enum.GetValues<Bot>())
        {
            yield return new($"RootCustody:Slack:{bot}:AppId", AppIdOf(bot));
            yield return new($"RootCustody:Slack:{bot}:SigningSecret", SigningSecretOf(bot));
            foreach (var workspace in (string[])[Provider, Customer])
                yield return new($"RootCustody:Slack:{bot}:Workspaces:{workspace}", TokenOf(bot, workspace));
        }
    }

    /// <summary>Asked at each delivery whether it is delivered once more at the same time, as by a platform that lost patience.</summary>
    public Func<bool>? DeliversTwice { get; set; }

    /// <summary>Where the apps listen from now on.</summary>
    public void ConnectTo(Uri address) => host = address;

    public static string AppIdOf(Bot bot) => $"A0{bot}".ToUpperInvariant();

    public static string SigningSecretOf(Bot bot) => $"slack-signing-secret-of-{bot}-91b2c7";

    public static string TokenOf(Bot bot, string workspace) => $"xoxb-{bot}-{workspace}-4e8f1a";

    /// <summary>Types a slash command.</summary>
    public Task<SlackAnswer> CommandAsync(SlackPerson person, string text, string channel = Channel, Bot bot = Bot.Desk)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["team_id"] = person.Workspace,
            ["channel_id"] = channel,
            ["user_id"] = person.User,
            ["command"] = "/root",
            ["text"] = text,
            ["api_app_id"] = AppIdOf(bot),
            ["trigger_id"] = Api.NewTrigger(bot, person),
            ["response_url"] = Api.NewResponseUrl("commands", bot, person, channel, null).ToString(),
        };
        return SendAsync(bot, "commands", Form(fields));
    }

    /// <summary>Presses a button on a message that stays.</summary>
    public Task<SlackAnswer> PressAsync(SlackPerson person, SlackMessage message, string label) =>
        PressAsync(
            person,
            message.Bot,
            message.Blocks,
            label,
            message.Workspace,
            message.Channel,
            message.Ts,
            ephemeral: false
        );

    /// <summary>Presses a button on a message that only this person sees.</summary>
    public Task<SlackAnswer> PressAsync(SlackPerson person, SlackEphemeral message, string label) =>
        PressAsync(
            person,
            message.Bot,
            message.Blocks,
            label,
            message.Workspace,
            message.Channel,
            message.Ts,
            ephemeral: true
        );

    /// <summary>Presses a button in a modal.</summary>
    public Task<SlackAnswer> PressAsync(SlackPerson person, SlackModal modal, string label)
    {
        var payload = PayloadOf(person, modal.Bot, "block_actions", modal.Workspace);
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = modal.Id };
        payload["view"] = ViewOf(modal);
        payload["actions"] = new JsonArray(ActionOf(ButtonOf(modal.Blocks, label)));
        return SendPayloadAsync(modal.Bot, payload);
    }

    /// <summary>Fills a modal in and sends it.</summary>
    /// <param name="inputs">By the label of the input; options by their text. What is left out keeps its value.</param>
    public async Task<SlackAnswer> SubmitAsync(
        SlackPerson person,
        SlackModal modal,
        params (string Label, string Value)[] inputs
    )
    {
        var payload = PayloadOf(person, modal.Bot, "view_submission", modal.Workspace);
        var view = ViewOf(modal);
        view["state"] = new JsonObject { ["values"] = SlackForms.Fill(modal.Blocks, inputs) };
        view["app_installed_team_id"] = modal.Workspace;
        payload["view"] = view;
        var answer = await SendPayloadAsync(modal.Bot, payload);
        if (answer.Status == HttpStatusCode.OK)
            Api.Answered(modal, answer.Body);
        return answer;
    }

    /// <summary>Sends any interaction.</summary>
    public Task<SlackAnswer> SendPayloadAsync(Bot bot, JsonObject payload, SignatureFlaw flaw = SignatureFlaw.None) =>
        SendAsync(
            bot,
            "interactions",
            Form(new Dictionary<string, string>(StringComparer.Ordinal) { ["payload"] = payload.ToJsonString() }),
            flaw
        );

    /// <summary>An administrator of the workspace deactivates someone's account, and Slack tells the desk.</summary>
    public Task<SlackAnswer> DeactivateAsync(SlackPerson person) =>
        SendEventAsync(
            Bot.Desk,
            person.Workspace,
            new JsonObject
            {
                ["type"] = "user_change",
                ["user"] = new JsonObject
                {
                    ["id"] = person.User,
                    ["team_id"] = person.Workspace,
                    ["name"] = person.Name,
                    ["deleted"] = true,
                },
                ["cache_ts"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
                ["event_ts"] = Api.NextTs(),
            }
        );

    /// <summary>Sends any event, once: another attempt is a replay.</summary>
    public Task<SlackAnswer> SendEventAsync(Bot bot, string workspace, JsonObject happened)
    {
        var envelope = new JsonObject
        {
            ["team_id"] = workspace,
            ["api_app_id"] = AppIdOf(bot),
            ["event"] = happened,
            ["type"] = "event_callback",
            ["event_id"] = $"Ev{Api.NextTs()}",
            ["event_time"] = Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = workspace, ["is_bot"] = true }),
        };
        return SendAsync(bot, "events", envelope.ToJsonString());
    }

    /// <summary>Sends any body to one of the addresses of an app: <c>commands</c>, <c>interactions</c>, <c>events</c>.</summary>
    public async Task<SlackAnswer> SendAsync(
        Bot bot,
        string address,
        string body,
        SignatureFlaw flaw = SignatureFlaw.None
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(host, $"/slack/{bot.ToString().ToLowerInvariant()}/{address}")
        );
        request.Content = new StringContent(
            body,
            Encoding.UTF8,
            address == "events" ? "application/json" : "application/x-www-form-urlencoded"
        );
        SlackSigning.Sign(request, SigningSecretOf(bot), body, Clock.GetUtcNow(), flaw);
        Last = HttpReplay.Of(request, body);
        request.Headers.ConnectionClose = true; // a refused body may cost the connection, which must not cost the next request
        if (DeliversTwice?.Invoke() == true)
            _ = AgainAsync(HttpReplay.Of(request, body));
        using var answer = await http.SendAsync(request);
        return await AnswerOfAsync(answer);
    }

    /// <summary>Nobody reads this answer.</summary>
    private async Task AgainAsync(HttpReplay recorded)
    {
        try
        {
            await ReplayAsync(recorded);
        }
        catch (HttpRequestException)
        {
            // the second delivery found nobody
        }
    }

    /// <summary>Sends the very same bytes and headers again, as someone would who recorded them.</summary>
    public async Task<SlackAnswer> ReplayAsync(HttpReplay recorded)
    {
        using var request = recorded.Again();
        using var answer = await http.SendAsync(request);
        return await AnswerOfAsync(answer);
    }

    /// <summary>What every interaction of a person has.</summary>
    public JsonObject PayloadOf(SlackPerson person, Bot bot, string type, string workspace) =>
        new()
        {
            ["type"] = type,
            ["user"] = new JsonObject
            {
                ["id"] = person.User,
                ["name"] = person.Name,
                ["team_id"] = person.Workspace,
            },
            ["api_app_id"] = AppIdOf(bot),
            ["team"] = new JsonObject { ["id"] = workspace },
            ["trigger_id"] = Api.NewTrigger(bot, person),
        };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    private Task<SlackAnswer> PressAsync(
        SlackPerson person,
        Bot bot,
        JsonArray blocks,
        string label,
        string workspace,
        string channel,
        string ts,
        bool ephemeral
    )
    {
        var payload = PayloadOf(person, bot, "block_actions", workspace);
        payload["container"] = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = ts,
            ["channel_id"] = channel,
            ["is_ephemeral"] = ephemeral,
        };
        payload["channel"] = new JsonObject { ["id"] = channel };
        if (!ephemeral)
            payload["message"] = new JsonObject { ["ts"] = ts, ["team"] = workspace };
        payload["response_url"] = Api.NewResponseUrl("actions", bot, person, channel, ephemeral ? ts : null, workspace)
            .ToString();
        payload["actions"] = new JsonArray(ActionOf(ButtonOf(blocks, label)));
        return SendPayloadAsync(bot, payload);
    }

    private JsonObject ActionOf(JsonObject button) =>
        new()
        {
            ["action_id"] = button["action_id"]!.DeepClone(),
            ["block_id"] = "b1",
            ["value"] = button["value"]?.DeepClone(),
            ["type"] = "button",
            ["action_ts"] = Api.NextTs(),
        };

    private static JsonObject ButtonOf(JsonArray blocks, string label) =>
        BlockReader.ButtonsOf(blocks).FirstOrDefault(b => BlockReader.LabelOf(b) == label)
        ?? throw new InvalidOperationException($"There is no button '{label}' on: {BlockReader.TextOf(blocks)}");

    private static JsonObject ViewOf(SlackModal modal)
    {
        var view = modal.View.DeepClone().AsObject();
        view["id"] = modal.Id;
        view["hash"] = modal.Hash;
        view["team_id"] = modal.Workspace;
        view["app_installed_team_id"] = modal.Workspace;
        return view;
    }

    private static async Task<SlackAnswer> AnswerOfAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Length > 0 && body[0] == '{' && JsonNode.Parse(body)?["errors"] is JsonObject told)
        {
            foreach (var (block, sentence) in told)
                errors[block] = sentence!.GetValue<string>();
        }
        return new SlackAnswer(answer.StatusCode, body, errors);
    }

    private static string Form(Dictionary<string, string> fields) =>
        string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
}

/// <summary>A recorded request.</summary>
public sealed record HttpReplay(Uri Address, string Body, string MediaType, IReadOnlyDictionary<string, string> Headers)
{
    internal static HttpReplay Of(HttpRequestMessage request, string body) =>
        new(
            request.RequestUri!,
            body,
            request.Content!.Headers.ContentType!.MediaType!,
            request.Headers.ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.Ordinal)
        );

    internal HttpRequestMessage Again()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new StringContent(Body, Encoding.UTF8, MediaType),
        };
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
