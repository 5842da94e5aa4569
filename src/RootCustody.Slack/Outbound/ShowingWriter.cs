using System.Text.Json;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;

namespace RootCustody.Slack.Outbound;

/// <summary>Writes the blocks of a half: preformatted text is literal, so that every symbol arrives byte for byte.</summary>
internal static class ShowingWriter
{
    public static void WriteBlocks(Utf8JsonWriter json, Showing showing)
    {
        json.WriteStartArray("blocks");
        WriteSection(json, showing.Sentence);
        foreach (var line in showing.Lines)
        {
            WriteSection(json, line.Label);
            if (line.Scan is { } qr)
                WriteScan(json, qr);
            WriteSecret(json, line.Value);
        }
        WriteButton(json, showing.Hide);
        json.WriteEndArray();
    }

    public static void WritePlain(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "plain_text");
        json.WriteString("text", text);
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "section");
        WritePlain(json, "text", text);
        json.WriteEndObject();
    }

    private static void WriteSecret(Utf8JsonWriter json, Secret secret) =>
        WritePreformatted(json, () => json.WriteString("text", secret.Bytes));

    private static void WriteScan(Utf8JsonWriter json, QrMatrix qr)
    {
        using var drawn = QrText.Draw(qr);
        WritePreformatted(
            json,
            () =>
            {
                json.WritePropertyName("text");
                json.WriteRawValue(drawn.Bytes, skipInputValidation: true);
            }
        );
    }

    private static void WritePreformatted(Utf8JsonWriter json, Action writeText)
    {
        json.WriteStartObject();
        json.WriteString("type", "rich_text");
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "rich_text_preformatted");
        json.WriteNumber("border", 0);
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "text");
        writeText();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter json, Choice hide)
    {
        json.WriteStartObject();
        json.WriteString("type", "actions");
        json.WriteStartArray("elements");
        json.WriteStartObject();
        json.WriteString("type", "button");
        json.WriteString("action_id", hide.Action);
        json.WriteString("value", hide.Subject);
        WritePlain(json, "text", hide.Label);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
