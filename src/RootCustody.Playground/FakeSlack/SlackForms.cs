using System.Globalization;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeSlack;

/// <summary>Fills a form in as a person does, by what is written on it.</summary>
internal static class SlackForms
{
    public static JsonObject Fill(JsonArray blocks, IReadOnlyList<(string Label, string Value)> inputs)
    {
        foreach (var (label, _) in inputs.Where(i => !BlockReader.InputsOf(blocks).Any(b => LabelOf(b) == i.Label)))
            throw new InvalidOperationException($"There is no input '{label}' in: {BlockReader.TextOf(blocks)}");

        var values = new JsonObject();
        foreach (var block in BlockReader.InputsOf(blocks))
        {
            var element = block["element"]!.AsObject();
            var typed = inputs.Where(i => i.Label == LabelOf(block)).Select(i => i.Value).FirstOrDefault();
            values[block["block_id"]!.GetValue<string>()] = new JsonObject
            {
                [element["action_id"]!.GetValue<string>()] = Value(element, typed),
            };
        }
        return values;
    }

    private static JsonObject Value(JsonObject element, string? typed)
    {
        var type = element["type"]!.GetValue<string>();
        var value = new JsonObject { ["type"] = type };
        switch (type)
        {
            case "static_select":
                value["selected_option"] = (
                    typed is null ? element["initial_option"] : OptionOf(element, typed)
                )?.DeepClone();
                break;
            case "checkboxes":
                value["selected_options"] = typed is null
                    ? new JsonArray()
                    : new JsonArray(OptionOf(element, typed).DeepClone());
                break;
            case "datetimepicker":
                value["selected_date_time"] = typed is null ? null : long.Parse(typed, CultureInfo.InvariantCulture);
                break;
            default:
                value["value"] = typed;
                break;
        }
        return value;
    }

    private static JsonNode OptionOf(JsonObject element, string text) =>
        element["options"]!.AsArray().FirstOrDefault(o => o!["text"]!["text"]!.GetValue<string>() == text)
        ?? throw new InvalidOperationException($"There is no option '{text}'.");

    private static string LabelOf(JsonObject block) => block["label"]!["text"]!.GetValue<string>();
}
