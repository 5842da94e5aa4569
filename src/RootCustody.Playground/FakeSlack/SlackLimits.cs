using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeSlack;

/// <summary>The limits of Block Kit that Slack enforces with an error.</summary>
internal static class SlackLimits
{
    /// <returns>The error code, or null if all is within its limits.</returns>
    public static string? Broken(JsonObject body)
    {
        if (body["blocks"] is JsonArray blocks && (blocks.Count > 50 || blocks.Any(b => IsBroken(b!.AsObject()))))
            return "invalid_blocks";
        if (body["view"] is not JsonObject view)
            return null;
        var broken =
            view["blocks"] is not JsonArray parts
            || parts.Count > 100
            || parts.Any(b => IsBroken(b!.AsObject()))
            || Length(view["title"]) is 0 or > 24
            || Length(view["submit"]) > 24
            || Length(view["close"]) > 24
            || (view["private_metadata"]?.GetValue<string>().Length ?? 0) > 3000
            || (view["submit"] is null && parts.Any(b => b!["type"]!.GetValue<string>() == "input"));
        return broken ? "invalid_arguments" : null;
    }

    private static bool IsBroken(JsonObject block) =>
        block["type"]!.GetValue<string>() switch
        {
            "header" => Length(block["text"]) is 0 or > 150,
            // not documented for rich text; what holds for every other text is taken to hold here
            "rich_text" => BlockReader.LiteralsOf(new JsonArray(block.DeepClone())).Any(l => l.Length is 0 or > 3000),
            "section" => Length(block["text"]) is 0 or > 3000,
            "actions" => block["elements"]!.AsArray() is var buttons
                && (
                    buttons.Count is 0 or > 25
                    || buttons.Select(b => b!["action_id"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count()
                        != buttons.Count
                    || buttons.Any(b =>
                        Length(b!["text"]) is 0 or > 75 || (b["value"]?.GetValue<string>().Length ?? 0) > 2000
                    )
                ),
            "input" => Length(block["label"]) is 0 or > 2000 || IsBrokenElement(block["element"]!.AsObject()),
            _ => false,
        };

    private static bool IsBrokenElement(JsonObject element) =>
        element["options"] is JsonArray options
        && (
            options.Count is 0 or > 100
            || options.Any(o =>
                Length(o!["text"]) is 0 or > 75
                || o["value"]!.GetValue<string>().Length > 75
                || Length(o["description"]) > 75
            )
        );

    private static int Length(JsonNode? text) => text?["text"]?.GetValue<string>().Length ?? 0;
}
