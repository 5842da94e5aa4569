using System.Collections.Frozen;
using System.Reflection;

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

    /// <summary>Links a chat account to its person, with a one-time code.</summary>
    public const string Link = "link";

    /// <summary>"This was not me": freezes the person everywhere (law 15). Pressed with a question before it, so that it asks for no form.</summary>
    public const string NotMe = "notme";

    public const string Approve = "approve";
    public const string Deny = "deny";
    public const string Revoke = "revoke";

    /// <summary>Changes a request before its second approval.</summary>
    public const string Edit = "edit";

    /// <summary>A second contact or a duty manager stands behind a request.</summary>
    public const string Endorse = "endorse";

    /// <summary>Asks for a longer window.</summary>
    public const string Extend = "extend";

    /// <summary>A custodian agrees to a longer window.</summary>
    public const string Lengthen = "lengthen";

    /// <summary>A holder gives their half back and takes no further part.</summary>
    public const string HandBack = "handback";

    /// <summary>Puts another custodian in a holder's place.</summary>
    public const string Replace = "replace";

    /// <summary>Keeps a person from one half of an account.</summary>
    public const string Bar = "bar";
    public const string Done = "done";

    /// <summary>A holder says that AWS has the new password.</summary>
    public const string Rotated = "rotated";

    /// <summary>A holder says that AWS has not, or finds out which password it has.</summary>
    public const string NotRotated = "notrotated";

    /// <summary>Begins a rotation that is due soon; asks which.</summary>
    public const string RotateNow = "rotatenow";

    /// <summary>Puts a rotation off; asks which, for how long and why.</summary>
    public const string Snooze = "snooze";

    /// <summary>Asks for the address of the calendar of rotations, or ends it.</summary>
    public const string Calendar = "calendar";

    /// <summary>Asks what deviates at the root users of accounts.</summary>
    public const string Posture = "posture";

    /// <summary>Brings what a credential report says of a root user.</summary>
    public const string Report = "report";

    /// <summary>Says how the alternate contacts of an account are.</summary>
    public const string Contacts = "contacts";

    /// <summary>The second word on what somebody else brought about a root user.</summary>
    public const string Witness = "witness";

    /// <summary>Asks how an account stands that is being taken into custody, or which ones there are.</summary>
    public const string Onboard = "onboard";

    /// <summary>Begins to take an account into custody.</summary>
    public const string OnboardBegin = "onboardbegin";

    /// <summary>Asks the custodians for the ceremony that comes next.</summary>
    public const string OnboardNext = "onboardnext";

    /// <summary>Says how an item is, or why it is to be waived.</summary>
    public const string OnboardItem = "onboarditem";

    /// <summary>The second word on an item.</summary>
    public const string OnboardAgree = "onboardagree";

    /// <summary>Takes an account into custody whose items are settled.</summary>
    public const string OnboardFinish = "onboardfinish";

    /// <summary>Asks how an account stands that leaves custody, or which ones there are.</summary>
    public const string Transfer = "transfer";

    /// <summary>A contact asks that an account leaves custody.</summary>
    public const string TransferAsk = "transferask";

    /// <summary>A second contact agrees.</summary>
    public const string TransferAgree = "transferagree";

    /// <summary>A contact takes it back.</summary>
    public const string TransferWithdraw = "transferwithdraw";

    /// <summary>Says how a step is.</summary>
    public const string TransferSay = "transfersay";

    /// <summary>The second word on a step.</summary>
    public const string TransferConfirm = "transferconfirm";

    /// <summary>A contact asks for the window in which the account is handed over.</summary>
    public const string TransferHandover = "transferhandover";

    /// <summary>The other of the two who held the halves says too that it was handed over.</summary>
    public const string TransferSecond = "transfersecond";

    /// <summary>A contact says that the receiver has the account.</summary>
    public const string TransferReceived = "transferreceived";

    /// <summary>A contact says that the receiver does not have it.</summary>
    public const string TransferFailed = "transferfailed";

    /// <summary>Asks who keeps the root mailbox and the root phone of an account, or which of them are on the move.</summary>
    public const string Channel = "channel";

    /// <summary>An administrator begins to move one of them to another person.</summary>
    public const string ChannelMove = "channelmove";

    /// <summary>Says that it was handed over.</summary>
    public const string ChannelHanded = "channelhanded";

    /// <summary>The new keeper says that they have it, with a step-up code.</summary>
    public const string ChannelTaken = "channeltaken";

    /// <summary>Another administrator confirms the end.</summary>
    public const string ChannelEnd = "channelend";

    /// <summary>An administrator stops it.</summary>
    public const string ChannelCancel = "channelcancel";

    public const string Reveal = "reveal";

    /// <summary>Brings an MFA device of an account into custody, at the MFA courier.</summary>
    public const string Device = "device";

    /// <summary>Says that AWS has an MFA device no more.</summary>
    public const string Retire = "retire";

    /// <summary>Enters a key that the MFA group keeps into the register, at the MFA courier.</summary>
    public const string Key = "key";

    /// <summary>Says that such a key has another place, seal or keeper.</summary>
    public const string Move = "move";

    /// <summary>Says that such a key is back in its place under a new seal.</summary>
    public const string Sealed = "sealed";

    /// <summary>Reports that the seal of such a key was broken outside of a window.</summary>
    public const string Broken = "broken";

    /// <summary>The second word on what someone else proposed about an MFA device.</summary>
    public const string Vouch = "vouch";

    /// <summary>Says that what was proposed about an MFA device is wrong.</summary>
    public const string Disown = "disown";

    /// <summary>On the ephemeral message that a courier offers in Slack after the step-up.</summary>
    public const string Show = "show";

    /// <summary>"Hide now" in Slack, "I have it" in Teams.</summary>
    public const string Hide = "hide";

    /// <summary>What an administrator types, with the change as its text; asks for a step-up code.</summary>
    public const string Admin = "admin";

    /// <summary>Another administrator confirms what one proposed; asks for a step-up code.</summary>
    public const string Agree = "agree";

    /// <summary>Another administrator turns down what one proposed.</summary>
    public const string Reject = "reject";

    /// <summary>A custodian cannot be reached until a moment that they name.</summary>
    public const string Away = "away";

    /// <summary>A custodian can be reached again.</summary>
    public const string Back = "back";

    /// <summary>Asks whether each account could be opened now.</summary>
    public const string Readiness = "readiness";

    /// <summary>Asks who keeps what leads to the root user of one account.</summary>
    public const string Register = "register";

    /// <summary>Starts a drill.</summary>
    public const string Drill = "drill";

    /// <summary>The bot was added to a personal chat, or was heard there; never pressed by a person.</summary>
    public const string Installed = "installed";

    /// <summary>The bot was removed from a personal chat.</summary>
    public const string Uninstalled = "uninstalled";

    /// <summary>The platform says that this account was deactivated. Nobody waits for an answer.</summary>
    public const string Left = "left";

    private static readonly FrozenSet<string> All = typeof(Actions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether this is one of ours, and nothing that a client made up.</summary>
    public static bool Knows(string action) => All.Contains(action);

    /// <summary>Whether pressing or typing this opens a form.</summary>
    /// <remarks>The adapters must know before any work: Slack's <c>trigger_id</c> dies after 3 s, and a Teams button is of another kind.</remarks>
    public static bool Asks(string action) =>
        action
            is Request
                or Enrol
                or Confirm
                or Link
                or Deny
                or Revoke
                or Edit
                or Extend
                or HandBack
                or Replace
                or Bar
                or Done
                or NotRotated
                or RotateNow
                or Snooze
                or Report
                or Contacts
                or Witness
                or OnboardItem
                or OnboardAgree
                or TransferAsk
                or TransferSay
                or TransferConfirm
                or TransferHandover
                or ChannelMove
                or ChannelHanded
                or ChannelTaken
                or ChannelEnd
                or ChannelCancel
                or Reveal
                or Device
                or Retire
                or Key
                or Move
                or Sealed
                or Broken
                or Vouch
                or Admin
                or Agree;

    /// <summary>Whether this says "not me", by a button or in one of the ways that people type it.</summary>
    public static bool SaysNotMe(Click click) =>
        click.Action == NotMe
        || (
            click.Action == "not"
            && click.Inputs.GetValueOrDefault("text", "").Trim().Equals("me", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether the answer to a submitted form goes onto a reveal surface, and so comes after the acknowledgement.</summary>
    public static bool Reveals(string action) => action is Reveal or Enrol;

    /// <summary>What a person named, by a word or a button: nothing if only the platform may say it.</summary>
    public static string OfPerson(string name) => name is Installed or Uninstalled or Left ? "" : name;
}
