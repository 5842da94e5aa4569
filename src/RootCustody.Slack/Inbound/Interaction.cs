using RootCustody.Chat;

namespace RootCustody.Slack.Inbound;

/// <summary>A click with the handles by which it can be answered. They are bearer capabilities: they live in memory only and print nothing (law 8).</summary>
internal sealed class Interaction(Click click, string? trigger, Uri? responseUrl, string? view)
{
    public Click Click => click;

    /// <summary>Opens one modal, within 3 s.</summary>
    public string? Trigger => trigger;

    /// <summary>Answers the message or command, 5 times within 30 minutes.</summary>
    public Uri? ResponseUrl => responseUrl;

    /// <summary>The modal in which it happened.</summary>
    public string? View => view;
}
