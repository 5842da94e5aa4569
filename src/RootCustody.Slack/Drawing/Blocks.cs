using System.Globalization;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Slack.Drawing;

/// <summary>Draws cards and forms in Block Kit, within its limits (docs.slack.dev, Block Kit reference).</summary>
internal static class Blocks
{
    private const int MostBlocks = 50;
    private const int MostButtons = 25;

    public static JsonArray Draw(Card card)
    {
        var blocks = new List<JsonObject> { Header(card.Title) };
        blocks.AddRange(card.Lines.Select(Paragraph));
        blocks.AddRange(card.Facts.Select(FactLine));
        blocks = [.. blocks.Take(MostBlocks - 1)];
        if (card.Choices.Count > 0)
            blocks.Add(ActionRow(card.Choices));
        return new JsonArray([.. blocks]);
    }

    public static JsonArray Say(string sentence) => new(Paragraph(sentence));

    public static JsonObject Header(string title) => new() { ["type"] = "header", ["text"] = Text.Plain(title, 150) };

    public static JsonObject Paragraph(string text) => new() { ["type"] = "section", ["text"] = Text.Plain(text) };

    public static JsonObject ActionRow(IReadOnlyList<Choice> choices) =>
        new() { ["type"] = "actions", ["elements"] = new JsonArray([.. choices.Take(MostButtons).Select(Button)]) };

    public static JsonObject Draw(Field field) =>
        field switch
        {
            Field.Text text => Input(
                field,
                new JsonObject
                {
                    ["type"] = "plain_text_input",
                    ["multiline"] = text.Multiline,
                    ["max_length"] = Math.Min(text.MaxLength, 3000),
                }
            ),
            Field.Pick pick => Input(field, Select(pick)),
            Field.Checks checks => Input(
                field,
                new JsonObject
                {
                    ["type"] = "checkboxes",
                    ["options"] = new JsonArray([.. checks.Options.Take(10).Select(Draw)]),
                }
            ),
            Field.Moment => Input(field, new JsonObject { ["type"] = "datetimepicker" }),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The reader's own time zone comes from Slack's date format.</summary>
    private static JsonObject FactLine(Fact fact)
    {
        var value = Text.Escape(fact.Value);
        if (fact.Time is { } time)
            value = string.Create(
                CultureInfo.InvariantCulture,
                $"<!date^{time.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time}}|{value}>"
            );
        return new JsonObject
        {
            ["type"] = "section",
            ["text"] = Text.Markdown($"*{Text.Escape(fact.Name)}:* {value}"),
        };
    }

    private static JsonObject Button(Choice choice, int index)
    {
        var button = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = string.Create(CultureInfo.InvariantCulture, $"{choice.Action}:{index}"), // unique in its block
            ["text"] = Text.Plain(choice.Label, 75),
            ["value"] = choice.Subject,
        };
        if (choice.Style != ChoiceStyle.Plain)
            button["style"] = choice.Style == ChoiceStyle.Good ? "primary" : "danger";
        if (choice.Confirm is { } question)
            button["confirm"] = new JsonObject
            {
                ["title"] = Text.Plain("Are you sure?", 100),
                ["text"] = Text.Plain(question, 300),
                ["confirm"] = Text.Plain("Yes", 30),
                ["deny"] = Text.Plain("No", 30),
            };
        return button;
    }

    private static JsonObject Input(Field field, JsonObject element)
    {
        element["action_id"] = "in";
        var input = new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = field.Id,
            ["label"] = Text.Plain(field.Label, 2000),
            ["optional"] = field.Optional,
            ["element"] = element,
        };
        if (field.Hint is { } hint)
            input["hint"] = Text.Plain(hint, 2000);
        return input;
    }

    private static JsonObject Select(Field.Pick pick)
    {
        var select = new JsonObject
        {
            ["type"] = "static_select",
            ["options"] = new JsonArray([.. pick.Options.Take(100).Select(Draw)]),
        };
        if (pick.Options.FirstOrDefault(o => o.Value == pick.Initial) is { } initial)
            select["initial_option"] = Draw(initial);
        return select;
    }

    private static JsonObject Draw(Option option)
    {
        var drawn = new JsonObject { ["text"] = Text.Plain(option.Text, 75), ["value"] = option.Value };
        if (option.Description is { } description)
            drawn["description"] = Text.Plain(description, 75);
        return drawn;
    }
}
