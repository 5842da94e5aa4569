using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RootCustody.Chat;

namespace RootCustody.Playground.FakeTeams;

/// <summary>Someone in the tenant.</summary>
/// <param name="Name">What people call them.</param>
/// <param name="AadObjectId">The Entra object id.</param>
public sealed record TeamsPerson(string Name, string AadObjectId)
{
    /// <summary>Their id towards a bot: another one for each.</summary>
    public string IdFor(Bot bot) => $"29:{bot}-{AadObjectId}";
}

/// <summary>A message that stands in a chat, in its last version.</summary>
public sealed record TeamsMessage(string Id, Bot Bot, string Conversation, JsonObject Card)
{
    public string Text => AdaptiveCardReader.TextOf(Card);

    public IReadOnlyList<string> Buttons =>
        [.. AdaptiveCardReader.ButtonsOf(Card).Select(b => b["title"]!.GetValue<string>())];
}

/// <summary>An open dialog.</summary>
public sealed record TeamsDialog(Bot Bot, string Title, JsonObject Card)
{
    public string Text => AdaptiveCardReader.TextOf(Card);

    /// <summary>The bytes of the pictures that came with it.</summary>
    public IReadOnlyList<byte[]> Pictures => [.. AdaptiveCardReader.PicturesOf(Card)];
}

/// <summary>What a person sees after they did something.</summary>
/// <param name="Text">All words that they see in answer.</param>
/// <param name="Dialog">The dialog that is open now, if any.</param>
public sealed record TeamsSeen(HttpStatusCode Status, string Body, string Text, TeamsDialog? Dialog);

/// <summary>Reads what a card shows, as a client would.</summary>
internal static class AdaptiveCardReader
{
    private const string Picture = "data:image/png;base64,";

    /// <summary>All words of the card, a line each.</summary>
    public static string TextOf(JsonObject card) => string.Join('\n', Words(card));

    /// <summary>The buttons, also those behind a "show card".</summary>
    public static IEnumerable<JsonObject> ButtonsOf(JsonObject card) =>
        (card["actions"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .SelectMany(b =>
                b["type"]!.GetValue<string>() == "Action.ShowCard" ? ButtonsOf(b["card"]!.AsObject()) : [b]
            );

    public static IEnumerable<JsonObject> InputsOf(JsonObject card) =>
        (card["body"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(e => e["type"]!.GetValue<string>().StartsWith("Input.", StringComparison.Ordinal));

    /// <summary>A client asks no other server for a picture than the card itself.</summary>
    public static IEnumerable<byte[]> PicturesOf(JsonObject card) =>
        (card["body"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(e => e["type"]!.GetValue<string>() == "Image")
            .Select(e => e["url"]!.GetValue<string>())
            .Where(u => u.StartsWith(Picture, StringComparison.Ordinal))
            .Select(u => Convert.FromBase64String(u[Picture.Length..]));

    private static IEnumerable<string> Words(JsonObject element)
    {
        switch (element["type"]?.GetValue<string>())
        {
            case "TextBlock":
                yield return Unescape(element["text"]!.GetValue<string>());
                break;
            case "TextRun":
                yield return element["text"]!.GetValue<string>(); // literal
                break;
            case "FactSet":
                foreach (var fact in element["facts"]!.AsArray())
                    yield return $"{Unescape(fact!["title"]!.GetValue<string>())}: {Unescape(fact["value"]!.GetValue<string>())}";
                break;
            case { } input when input.StartsWith("Input.", StringComparison.Ordinal):
                yield return element["label"]?.GetValue<string>() ?? "";
                break;
        }
        foreach (
            var part in ((string[])["body", "inlines"])
                .SelectMany(p => element[p] as JsonArray ?? [])
                .OfType<JsonObject>()
        )
        {
            foreach (var word in Words(part))
                yield return word;
        }
    }

    /// <summary>What is left of a text block's Markdown once a client has drawn it.</summary>
    private static string Unescape(string text)
    {
        var seen = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && char.IsPunctuation(text[i + 1]) | char.IsSymbol(text[i + 1]))
                i++;
            if (text[i] != '\u200b')
                seen.Append(text[i]);
        }
        return Regex.Replace(
            seen.ToString(),
            @"\{\{DATE\((?<day>.{10})T(?<time>.{5}):..Z,SHORT\)\}\} \{\{TIME\([^)]*\)\}\}",
            "${day} ${time} UTC",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
    }
}
