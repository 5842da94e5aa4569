using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Slack.Drawing;

/// <summary>Draws modals.</summary>
internal static class Views
{
    private const string Title = "RootCustody";

    /// <summary>Opened at once, before any work: the trigger dies after 3 s.</summary>
    public static JsonObject Loading(string channel) => Frame(Title, Blocks.Say("One moment …"), channel);

    public static JsonObject Say(string sentence, string channel) => Frame(Title, Blocks.Say(sentence), channel);

    public static JsonObject Draw(Card card, string channel) => Frame(card.Title, Blocks.Draw(card), channel);

    /// <param name="channel">Where it all began; comes back when the form is sent.</param>
    /// <param name="errors">What was wrong, where it cannot stand at its field.</param>
    public static JsonObject Draw(Form form, string channel, IEnumerable<string>? errors = null)
    {
        var blocks = (errors ?? [])
            .Select(e => Blocks.Paragraph($"⚠ {e}"))
            .Concat(form.Lines.Select(Blocks.Paragraph))
            .Concat(form.Fields.Select(Blocks.Draw));
        var view = Frame(form.Title, new JsonArray([.. blocks]), channel, form.Subject);
        view["callback_id"] = form.Action;
        view["submit"] = Text.Plain(form.Submit, 24);
        return view;
    }

    private static JsonObject Frame(string title, JsonArray blocks, string channel, string subject = "") =>
        new()
        {
            ["type"] = "modal",
            ["title"] = Text.Plain(title, 24),
            ["close"] = Text.Plain("Close", 24),
            ["private_metadata"] = Origin.Write(channel, subject),
            ["blocks"] = blocks,
        };
}
