namespace RootCustody.Chat;

/// <summary>The names of everything that a person can press, type or submit. On the wire they are client-controlled.</summary>
public static class Actions
{
    public const string Help = "help";
    public const string Request = "request";
    public const string Status = "status";
    public const string Enrol = "enrol";

    /// <summary>"I have added it": asks for the first code of a new authenticator.</summary>
    public const string Confirm = "confirm";
    public const string Approve = "approve";
    public const string Deny = "deny";
    public const string Revoke = "revoke";
    public const string Done = "done";
    public const string Rotated = "rotated";
    public const string Reveal = "reveal";

    /// <summary>On the ephemeral message that a courier offers in Slack after the step-up.</summary>
    public const string Show = "show";

    /// <summary>"Hide now" in Slack, "I have it" in Teams.</summary>
    public const string Hide = "hide";

    /// <summary>Links the chat identity that types it to a person, by a one-time code.</summary>
    public const string Link = "link";

    /// <summary>"Not me": freezes the person behind this chat identity everywhere (law 15).</summary>
    public const string NotMe = "notme";

    /// <summary>"away until ...": takes no part until then.</summary>
    public const string Away = "away";

    /// <summary>Ends <see cref="Away"/>.</summary>
    public const string Back = "back";

    /// <summary>The chat account was deleted on its platform; never pressed by a person.</summary>
    public const string Left = "left";

    /// <summary>The bot was added to a personal chat, or was heard there; never pressed by a person.</summary>
    public const string Installed = "installed";

    /// <summary>The bot was removed from a personal chat.</summary>
    public const string Uninstalled = "uninstalled";

    /// <summary>Whether pressing or typing this opens a form.</summary>
    /// <remarks>The adapters must know before any work: Slack's <c>trigger_id</c> dies after 3 s, and a Teams button is of another kind.</remarks>
    public static bool Asks(string action) =>
        action is Request or Enrol or Confirm or Deny or Revoke or Done or Reveal or Link;

    /// <summary>Whether this says "not me", by a button or in one of the ways that people type it.</summary>
    public static bool SaysNotMe(Click click) =>
        click.Action == NotMe
        || (
            click.Action == "not"
            && click.Inputs.GetValueOrDefault("text", "").Trim().Equals("me", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether the answer to a submitted form goes onto a reveal surface, and so comes after the acknowledgement.</summary>
    public static bool Reveals(string action) => action is Reveal or Enrol;
}
