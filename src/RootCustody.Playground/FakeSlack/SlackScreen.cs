using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeSlack;

/// <summary>Someone in a workspace.</summary>
/// <param name="Workspace">Their home (<c>user.team_id</c>).</param>
public sealed record SlackPerson(string Name, string Workspace, string User)
{
    /// <summary>Their direct messages with a bot.</summary>
    public string DirectWith(Bot bot) => $"D{bot}{User}".ToUpperInvariant();
}

/// <summary>A message that stays, in its last version.</summary>
public sealed record SlackMessage(
    Bot Bot,
    string Workspace,
    string Channel,
    string Ts,
    string? Thread,
    string Fallback,
    JsonArray Blocks
)
{
    public string Text => BlockReader.TextOf(Blocks);

    public IReadOnlyList<string> Buttons => [.. BlockReader.ButtonsOf(Blocks).Select(BlockReader.LabelOf)];
}

/// <summary>A message that one person sees and that does not stay.</summary>
public sealed record SlackEphemeral(Bot Bot, string Workspace, string Channel, string User, string Ts, JsonArray Blocks)
{
    public string Text => BlockReader.TextOf(Blocks);

    /// <summary>The text of preformatted elements: what is shown literally.</summary>
    public IReadOnlyList<string> Literals => [.. BlockReader.LiteralsOf(Blocks)];
}

/// <summary>An open modal.</summary>
public sealed record SlackModal(Bot Bot, string Workspace, string User, string Id, string Hash, JsonObject View)
{
    public JsonArray Blocks => View["blocks"]!.AsArray();

    public string Text => BlockReader.TextOf(Blocks);

    /// <inheritdoc cref="SlackEphemeral.Literals"/>
    public IReadOnlyList<string> Literals => [.. BlockReader.LiteralsOf(Blocks)];
}

/// <summary>What came back to Slack at once.</summary>
/// <param name="Errors">By block id, if a form was refused.</param>
public sealed record SlackAnswer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Errors);

/// <summary>Reads what blocks show, as a client would.</summary>
internal static class BlockReader
{
    public static string TextOf(JsonArray blocks) => string.Join('\n', blocks.SelectMany(b => Words(b!)));

    public static IEnumerable<string> LiteralsOf(JsonArray blocks) =>
        blocks
            .Where(b => TypeOf(b!) == "rich_text")
            .SelectMany(b => b!["elements"]!.AsArray())
            .Where(e => TypeOf(e!) == "rich_text_preformatted")
            .Select(e => string.Concat(e!["elements"]!.AsArray().Select(t => t!["text"]!.GetValue<string>())));

    public static IEnumerable<JsonObject> ButtonsOf(JsonArray blocks) =>
        blocks
            .Where(b => TypeOf(b!) == "actions")
            .SelectMany(b => b!["elements"]!.AsArray())
            .Select(e => e!.AsObject());

    public static IEnumerable<JsonObject> InputsOf(JsonArray blocks) =>
        blocks.Where(b => TypeOf(b!) == "input").Select(b => b!.AsObject());

    public static string LabelOf(JsonObject button) => button["text"]!["text"]!.GetValue<string>();

    private static IEnumerable<string> Words(JsonNode block)
    {
        if (block["text"]?["text"] is { } text)
            yield return Unescape(text.GetValue<string>());
        if (block["label"]?["text"] is { } label)
            yield return label.GetValue<string>();
        if (TypeOf(block) == "rich_text")
        {
            foreach (var literal in LiteralsOf(new JsonArray(block.DeepClone())))
                yield return literal;
        }
    }

    /// <summary>What is left of mrkdwn once a client has drawn it; of a date its fallback.</summary>
    private static string Unescape(string text) =>
        Regex
            .Replace(
                text,
                @"<!date\^\d+\^[^|>]*\|([^>]*)>|^\*([^*]+)\*",
                "$1$2",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    private static string TypeOf(JsonNode node) => node["type"]?.GetValue<string>() ?? "";
}
