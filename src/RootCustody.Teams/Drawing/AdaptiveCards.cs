using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Teams.Drawing;

/// <summary>Draws cards and forms as Adaptive Cards 1.5, the newest that Teams shows. Typed text is escaped in <see cref="Plain"/> and nowhere else.</summary>
internal static class AdaptiveCards
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>In characters; a card stays far below the 100 KB of a message with it.</summary>
    private const int LongestText = 2000;

    private const int MostFacts = 30;

    public static JsonObject Draw(Card card) =>
        Frame(
            [
                Heading(card.Title),
                .. card.Lines.Select(Paragraph),
                .. card.Facts.Count == 0 ? (JsonNode[])[] : [FactSet(card.Facts)],
            ],
            card.Choices.Select(Draw)
        );

    /// <param name="errors">What was wrong with the last try, by the id of the field.</param>
    public static JsonObject Draw(Form form, IReadOnlyDictionary<string, string>? errors = null)
    {
        var fields = form.Fields.SelectMany(field =>
            errors is not null && errors.TryGetValue(field.Id, out var error)
                ? Draw(field).Append(Attention(error))
                : Draw(field)
        );
        return Frame([.. form.Lines.Select(Paragraph), .. fields], [Submit(form.Submit, form.Action, form.Subject)]);
    }

    /// <summary>A card with one sentence.</summary>
    public static JsonObject Say(string sentence) => Frame([Paragraph(sentence)], []);

    /// <summary>A card whose button opens a form, where a form cannot be opened at once. What was typed is not in it: the card stays.</summary>
    public static JsonObject Opener(Form form) =>
        Frame([Heading(form.Title)], [Fetch("Open", form.Action, form.Subject, ChoiceStyle.Good)]);

    private static JsonObject Frame(IEnumerable<JsonNode> body, IEnumerable<JsonNode> actions)
    {
        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["body"] = new JsonArray([.. body]),
        };
        if (new JsonArray([.. actions]) is { Count: > 0 } buttons)
            card["actions"] = buttons;
        return card;
    }

    private static JsonObject Heading(string text) =>
        new()
        {
            ["type"] = "TextBlock",
            ["size"] = "Medium",
            ["weight"] = "Bolder",
            ["text"] = Plain(text),
            ["wrap"] = true,
        };

    private static JsonObject Paragraph(string text) =>
        new()
        {
            ["type"] = "TextBlock",
            ["text"] = Plain(text),
            ["wrap"] = true,
        };

    private static JsonObject Attention(string text)
    {
        var paragraph = Paragraph(text);
        paragraph["color"] = "Attention";
        return paragraph;
    }

    private static JsonObject FactSet(IReadOnlyList<Fact> facts) =>
        new() { ["type"] = "FactSet", ["facts"] = new JsonArray([.. facts.Take(MostFacts).Select(Draw)]) };

    private static JsonObject Draw(Fact fact)
    {
        // the functions of Adaptive Cards' text show the reader's own time zone; they take whole seconds of UTC
        var time = fact.Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["title"] = Plain(fact.Name),
            ["value"] = time is null ? Plain(fact.Value) : $"{{{{DATE({time},SHORT)}}}} {{{{TIME({time})}}}}",
        };
    }

    private static JsonObject Draw(Choice choice)
    {
        if (choice.Asks)
            return Fetch(choice.Label, choice.Action, choice.Subject, choice.Style);
        var execute = Styled(
            new JsonObject
            {
                ["type"] = "Action.Execute",
                ["title"] = Cut(choice.Label),
                ["verb"] = choice.Action,
                ["data"] = Data(choice.Action, choice.Subject),
            },
            choice.Style
        );
        if (choice.Confirm is not { } question)
            return execute;
        // Action.Execute cannot ask back by itself in version 1.5
        return Styled(
            new JsonObject
            {
                ["type"] = "Action.ShowCard",
                ["title"] = Cut(choice.Label),
                ["card"] = Frame([Paragraph(question)], [execute]),
            },
            choice.Style
        );
    }

    private static JsonObject Submit(string title, string action, string subject) =>
        new()
        {
            ["type"] = "Action.Submit",
            ["title"] = Cut(title),
            ["data"] = Data(action, subject),
        };

    /// <summary>A button behind which a dialog opens.</summary>
    private static JsonObject Fetch(string title, string action, string subject, ChoiceStyle style)
    {
        var button = Submit(title, action, subject);
        button["data"]!["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return Styled(button, style);
    }

    private static JsonObject Data(string action, string subject) =>
        new() { [CardData.Action] = action, [CardData.Subject] = subject };

    private static JsonObject Styled(JsonObject button, ChoiceStyle style)
    {
        if (style != ChoiceStyle.Plain)
            button["style"] = style == ChoiceStyle.Good ? "positive" : "destructive";
        return button;
    }

    private static IEnumerable<JsonObject> Draw(Field field) =>
        field switch
        {
            Field.Text text =>
            [
                Input(text, "Input.Text", ("isMultiline", text.Multiline), ("maxLength", text.MaxLength)),
                .. Hint(text),
            ],
            Field.Pick pick => [Choices(pick, pick.Options, false, pick.Initial), .. Hint(pick)],
            Field.Checks checks => [Choices(checks, checks.Options, true, null), .. Hint(checks)],
            Field.Moment moment =>
            [
                Part(moment, "Input.Date", CardData.DatePart),
                Part(moment, "Input.Time", CardData.TimePart),
                .. Hint(moment),
            ],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static JsonObject Input(Field field, string type, params (string Name, JsonNode Value)[] more)
    {
        var input = new JsonObject
        {
            ["type"] = type,
            ["id"] = CardData.Input + field.Id,
            ["label"] = Cut(field.Label),
            ["isRequired"] = !field.Optional,
        };
        if (!field.Optional)
            input["errorMessage"] = "This is needed.";
        foreach (var (name, value) in more)
            input[name] = value;
        return input;
    }

    private static JsonObject Choices(Field field, IReadOnlyList<Option> options, bool several, string? initial)
    {
        var choices = options.Select(o => new JsonObject
        {
            ["title"] = Cut(o.Description is null ? o.Text : $"{o.Text} ({o.Description})"),
            ["value"] = o.Value,
        });
        var input = Input(
            field,
            "Input.ChoiceSet",
            ("isMultiSelect", several),
            ("style", several ? "expanded" : "compact"),
            ("choices", new JsonArray([.. choices]))
        );
        if (initial is not null)
            input["value"] = initial;
        return input;
    }

    private static JsonObject Part(Field field, string type, string part)
    {
        var input = Input(field, type);
        input["id"] = CardData.Input + field.Id + part;
        return input;
    }

    private static IEnumerable<JsonObject> Hint(Field field)
    {
        if (field.Hint is null)
            yield break;
        var hint = Paragraph(field.Hint);
        hint["isSubtle"] = true;
        hint["size"] = "Small";
        yield return hint;
    }

    /// <summary>Text that is shown as it is: no Markdown, no <c>{{…}}</c> function, no link.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in Cut(text))
        {
            if (
                letter
                is '\\'
                    or '*'
                    or '_'
                    or '['
                    or ']'
                    or '('
                    or ')'
                    or '#'
                    or '`'
                    or '~'
                    or '>'
                    or '<'
                    or '-'
                    or '+'
                    or '!'
                    or '|'
            )
                plain.Append('\\');
            plain.Append(letter);
            if (letter == '{')
                plain.Append('\u200b'); // a zero-width space keeps {{DATE(…)}} from being one
        }
        return plain.ToString();
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
