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

    /// <summary>The requester changes what is asked for.</summary>
    public const string Edit = "edit";

    /// <summary>A second contact of the customer, or a duty manager, approves besides the custodians.</summary>
    public const string Endorse = "endorse";

    /// <summary>A holder gives their half back.</summary>
    public const string HandBack = "handback";

    /// <summary>A duty manager takes a half from a holder who does not act.</summary>
    public const string Replace = "replace";

    /// <summary>Asks for a longer window.</summary>
    public const string Extend = "extend";

    /// <summary>A duty manager freezes whom a request names as the danger.</summary>
    public const string Bar = "bar";

    /// <summary>Typed: where an emergency would find too few people.</summary>
    public const string Readiness = "readiness";

    /// <summary>Typed: an exercise on one account.</summary>
    public const string Drill = "drill";

    /// <summary>On the ephemeral message that a courier offers in Slack after the step-up.</summary>
    public const string Show = "show";

    /// <summary>"Hide now" in Slack, "I have it" in Teams.</summary>
    public const string Hide = "hide";

    /// <summary>The bot was added to a personal chat, or was heard there; never pressed by a person.</summary>
    public const string Installed = "installed";

    /// <summary>The bot was removed from a personal chat.</summary>
    public const string Uninstalled = "uninstalled";

    /// <summary>Whether pressing or typing this opens a form.</summary>
    /// <remarks>The adapters must know before any work: Slack's <c>trigger_id</c> dies after 3 s, and a Teams button is of another kind.</remarks>
    public static bool Asks(string action) =>
        action
            is Request
                or Enrol
                or Confirm
                or Deny
                or Revoke
                or Done
                or Reveal
                or Edit
                or HandBack
                or Replace
                or Extend
                or Bar;

    /// <summary>Whether the answer to a submitted form goes onto a reveal surface, and so comes after the acknowledgement.</summary>
    public static bool Reveals(string action) => action is Reveal or Enrol;
}
