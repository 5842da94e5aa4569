using System.Text.Json.Nodes;

namespace RootCustody.Slack.Drawing;

/// <summary>The only maker of text on the wire, so that no drawing can forget to escape or to cut.</summary>
internal static class Text
{
    public static JsonObject Plain(string text, int most = 3000) =>
        new()
        {
            ["type"] = "plain_text",
            ["text"] = Cut(text.Length == 0 ? " " : text, most),
            ["emoji"] = false,
        };

    /// <summary>Slack's mrkdwn, with whatever people typed in it escaped.</summary>
    public static JsonObject Markdown(string escaped) => new() { ["type"] = "mrkdwn", ["text"] = Cut(escaped, 3000) };

    /// <summary>Without this <c>&lt;!channel&gt;</c> in a justification would call everyone.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }
}
