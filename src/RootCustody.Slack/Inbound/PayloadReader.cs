using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Outbound;

namespace RootCustody.Slack.Inbound;

/// <summary>What a signed payload is.</summary>
internal abstract record Payload
{
    private Payload() { } // closed: these and no other

    public sealed record Pressed(Interaction Interaction) : Payload;

    public sealed record Submitted(Interaction Interaction) : Payload;

    /// <summary>Our app is not installed where it comes from.</summary>
    public sealed record UnknownWorkspace(Uri? ResponseUrl) : Payload;

    /// <summary>Nothing that asks for an answer.</summary>
    public sealed record Ignored : Payload;

    /// <summary>Not what Slack sends, or for another app.</summary>
    public sealed record Malformed : Payload;
}

/// <summary>Reads what a signed request holds. The signature proves that Slack sent it; what is in it is the client's word.</summary>
internal sealed class PayloadReader(SlackSettings settings, SlackSurfaces surfaces)
{
    public Payload ReadCommand(IReadOnlyDictionary<string, string> form, Bot bot)
    {
        var (team, user) = (form.GetValueOrDefault("team_id"), form.GetValueOrDefault("user_id"));
        var channel = form.GetValueOrDefault("channel_id");
        if (team is not { Length: > 0 } || user is not { Length: > 0 } || channel is not { Length: > 0 })
            return new Payload.Malformed();
        if (settings.IsOfOtherApp(bot, form.GetValueOrDefault("api_app_id")))
            return new Payload.Malformed();
        var responseUrl = UrlOf(form.GetValueOrDefault("response_url"), team);
        if (!settings.Of(bot).Workspaces.ContainsKey(team))
            return new Payload.UnknownWorkspace(responseUrl);

        // at any white space: what people paste has tabs, line ends and no-break spaces in it
        var words = form.GetValueOrDefault("text", "")
            .Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var trigger = form.GetValueOrDefault("trigger_id");
        var click = new Click
        {
            Key = KeyOf(bot, user, trigger, form.GetValueOrDefault("response_url")),
            Bot = bot,
            By = new ChatUser(ChatPlatform.Slack, team, user),
            Where = new ChatPlace(ChatPlatform.Slack, team, channel),
            InPrivate = IsDirect(channel),
            Action = words.Length == 0 ? Actions.Help : Actions.OfPerson(words[0].ToLowerInvariant()),
            Inputs = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["text"] = words.Length == 2 ? words[1] : "",
            },
        };
        return new Payload.Pressed(new Interaction(click, trigger, responseUrl, null));
    }

    public Payload ReadInteraction(JsonElement payload, Bot bot)
    {
        var type = payload.Text("type");
        if (payload.ValueKind != JsonValueKind.Object || type is null)
            return new Payload.Malformed();
        if (type is not ("block_actions" or "view_submission"))
            return new Payload.Ignored();
        if (settings.IsOfOtherApp(bot, payload.Text("api_app_id")))
            return new Payload.Malformed();
        if (
            payload.Text("user", "id") is not { } user
            || (payload.Text("user", "team_id") ?? payload.Text("team", "id")) is not { } home
        )
            return new Payload.Malformed();
        if (InstallationOf(payload, bot) is not { } workspace)
            return new Payload.UnknownWorkspace(null);

        var by = new ChatUser(ChatPlatform.Slack, home, user);
        return type == "block_actions"
            ? ReadPress(payload, bot, by, workspace)
            : ReadSubmission(payload, bot, by, workspace);
    }

    private Payload ReadPress(JsonElement payload, Bot bot, ChatUser by, string workspace)
    {
        if (
            payload.First("actions") is not { ValueKind: JsonValueKind.Object } press
            || press.Text("action_id") is not { } id
        )
            return new Payload.Malformed();
        var view = payload.Text("view", "id");
        var channel = view is null
            ? payload.Text("container", "channel_id") ?? payload.Text("channel", "id")
            : OriginOf(payload).Channel;
        if (channel is null)
            return new Payload.Malformed();

        var responseUrl = UrlOf(payload.Text("response_url"), workspace);
        var ephemeral = payload.TryGet("container", "is_ephemeral") is { ValueKind: JsonValueKind.True };
        var trigger = payload.Text("trigger_id");
        var click = new Click
        {
            Key = KeyOf(bot, by.User, trigger, press.Text("action_ts")),
            Bot = bot,
            By = by,
            Where = new ChatPlace(ChatPlatform.Slack, workspace, channel),
            InPrivate = IsDirect(channel),
            Action = Actions.OfPerson(id.Split(':')[0]),
            Subject = press.Text("value") ?? "",
            Surface = ephemeral && responseUrl is not null ? surfaces.Ephemeral(responseUrl) : null,
        };
        return new Payload.Pressed(new Interaction(click, trigger, responseUrl, view));
    }

    private Payload ReadSubmission(JsonElement payload, Bot bot, ChatUser by, string workspace)
    {
        var (channel, subject) = OriginOf(payload);
        if (
            payload.Text("view", "id") is not { } view
            || payload.Text("view", "callback_id") is not { } action
            || channel is null
        )
            return new Payload.Malformed();
        var where = new ChatPlace(ChatPlatform.Slack, workspace, channel);
        var trigger = payload.Text("trigger_id");
        var click = new Click
        {
            Key = KeyOf(bot, by.User, trigger, $"{view}-{payload.Text("view", "hash")}"),
            Bot = bot,
            By = by,
            Where = where,
            InPrivate = IsDirect(channel),
            Action = Actions.OfPerson(action),
            Subject = subject,
            Submits = true,
            Inputs = InputsOf(payload),
            Surface = surfaces.Modal(bot, where, by.User, view),
        };
        return new Payload.Submitted(new Interaction(click, trigger, null, view));
    }

    private static Dictionary<string, string> InputsOf(JsonElement payload)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (payload.TryGet("view", "state", "values") is not { ValueKind: JsonValueKind.Object } blocks)
            return inputs;
        foreach (var block in blocks.EnumerateObject().Where(b => b.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (var element in block.Value.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.Object))
            {
                if (ValueOf(element.Value) is { } value)
                    inputs[block.Name] = value;
            }
        }
        return inputs;
    }

    private static string? ValueOf(JsonElement element) =>
        element.Text("type") switch
        {
            "static_select" => element.Text("selected_option", "value"),
            "checkboxes" => element.TryGet("selected_options") is { ValueKind: JsonValueKind.Array } options
                ? string.Join(',', options.EnumerateArray().Select(o => o.Text("value")).OfType<string>())
                : null,
            "datetimepicker" => element.TryGet("selected_date_time") is { ValueKind: JsonValueKind.Number } time
                ? time.GetRawText()
                : null,
            _ => element.Text("value"),
        };

    /// <summary>The workspace in which our app is installed. In Slack Connect <c>team</c> is the other side.</summary>
    private string? InstallationOf(JsonElement payload, Bot bot) =>
        new[]
        {
            payload.Text("view", "app_installed_team_id"),
            payload.Text("message", "team"),
            payload.Text("team", "id"),
        }
            .OfType<string>()
            .FirstOrDefault(settings.Of(bot).Workspaces.ContainsKey);

    private Uri? UrlOf(string? url, string workspace) => settings.Allows(url, workspace) ? new Uri(url!) : null;

    private static (string? Channel, string Subject) OriginOf(JsonElement payload) =>
        Origin.Read(payload.Text("view", "private_metadata"));

    private static bool IsDirect(string channel) => channel.StartsWith('D');

    /// <summary>A hash: triggers and response URLs are capabilities and must not be stored (law 8).</summary>
    internal static string KeyOf(Bot bot, string user, string? trigger, string? more) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"slack:{bot}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user}\n{trigger}\n{more}")).AsSpan(0, 16))}"
        );
}

/// <summary>Reads hostile JSON without exceptions.</summary>
internal static class JsonReading
{
    public static JsonElement? TryGet(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element;
    }

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        try
        {
            return element.TryGet(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair, which System.Text.Json finds only when it is read
        }
    }

    public static JsonElement? First(this JsonElement element, string list) =>
        element.TryGet(list) is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() > 0
            ? items[0]
            : null;
}
