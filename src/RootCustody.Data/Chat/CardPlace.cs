using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>What a card is for; with its request and recipient it says which card is meant.</summary>
public enum Purpose
{
    /// <summary>The customer's thread: its first message.</summary>
    Thread = 1,

    /// <summary>One step in the customer's thread.</summary>
    Step = 2,

    /// <summary>Asks a custodian to approve, or to rotate.</summary>
    Approval = 3,

    /// <summary>Leads a holder to their half; never holds it.</summary>
    Pointer = 4,

    /// <summary>Calls a duty manager.</summary>
    DutyCall = 5,

    /// <summary>Reminds a custodian of what they were asked; with the same buttons, on a message of its own, so that it rings.</summary>
    Reminder = 6,

    /// <summary>Asks a second contact of the customer, or a duty manager, to approve besides the custodians.</summary>
    Endorsement = 7,

    /// <summary>Asks an administrator to confirm a proposal.</summary>
    Proposal = 8,

    /// <summary>Tells one person something that is about no request.</summary>
    Notice = 9,

    /// <summary>Tells a duty manager that messages could not be delivered.</summary>
    Undelivered = 10,

    /// <summary>Asks a custodian of the MFA half for the second word on a device.</summary>
    Device = 11,

    /// <summary>Asks who was told where a key is whether it is back.</summary>
    KeyOut = 12,

    /// <summary>Tells a contact of the customer that a half of a handover goes to them, and what they do with it.</summary>
    Receiving = 13,
}

/// <summary>One place where one bot shows one card about one request; the card changes, the place stays, so that everyone sees the outcome on the card they got.</summary>
public sealed class CardPlace
{
    public const int LongestWhy = 1000;

    private CardPlace() { }

    public long Id { get; private set; }

    /// <summary>The request that the card is about, if it is about one.</summary>
    public RequestId? Request { get; private set; }

    /// <summary>The proposal that the card is about, if it is about one.</summary>
    public ProposalId? Proposal { get; private set; }

    /// <summary>The MFA device that the card is about, if it is about one.</summary>
    public DeviceId? Device { get; private set; }

    public Purpose Purpose { get; private set; }
    public Bot Bot { get; private set; }

    /// <summary>Whose card it is; null for a thread.</summary>
    public PersonId? Person { get; private set; }

    /// <summary>Why a duty manager was called, so that their card can be drawn again.</summary>
    public string? Why { get; private set; }

    public ChatPlatform Platform { get; private set; }
    public string Realm { get; private set; } = "";

    /// <summary>The user whose direct messages with the bot serve where no <see cref="Conversation"/> is given.</summary>
    public string? User { get; private set; }

    public string? Conversation { get; private set; }

    /// <summary>The place whose message begins the thread.</summary>
    public CardPlace? ThreadOf { get; private set; }

    public long? ThreadOfId { get; private set; }

    /// <summary>Its person takes no part in it any more: it says so, without buttons, whatever comes after.</summary>
    public bool Withdrawn { get; private set; }

    /// <summary>Where the message stands, once it was posted.</summary>
    public string? PostedConversation { get; private set; }

    public string? PostedServiceUrl { get; private set; }
    public string? PostedMessage { get; private set; }

    public PostedMessage? Posted =>
        PostedMessage is null
            ? null
            : new PostedMessage(new ChatPlace(Platform, Realm, PostedConversation!, PostedServiceUrl), PostedMessage);

    public static CardPlace With(RequestId request, Purpose purpose, Bot bot, PersonId person, ChatUser user) =>
        new()
        {
            Request = request,
            Purpose = purpose,
            Bot = bot,
            Person = person,
            Platform = user.Platform,
            Realm = user.Realm,
            User = user.User,
        };

    /// <summary>Where an administrator is asked to confirm a proposal.</summary>
    public static CardPlace With(ProposalId proposal, PersonId person, ChatUser user)
    {
        var place = Notice(person, user);
        place.Proposal = proposal;
        place.Purpose = Purpose.Proposal;
        return place;
    }

    /// <summary>Where the MFA courier asks a custodian about a device.</summary>
    public static CardPlace With(DeviceId device, PersonId person, ChatUser user, Purpose purpose)
    {
        var place = Notice(person, user, purpose);
        place.Device = device;
        place.Bot = Bot.Mfa;
        return place;
    }

    /// <summary>Where the desk tells a person something that is about no request.</summary>
    public static CardPlace Notice(PersonId person, ChatUser user, Purpose purpose = Purpose.Notice) =>
        new()
        {
            Purpose = purpose,
            Bot = Bot.Desk,
            Person = person,
            Platform = user.Platform,
            Realm = user.Realm,
            User = user.User,
        };

    /// <summary>The customer's thread begins where the request was asked; if the bot may not post there, in the requester's direct messages.</summary>
    public static CardPlace Thread(RequestId request, ChatPlace asked, ChatUser requester) =>
        new()
        {
            Request = request,
            Purpose = Purpose.Thread,
            Bot = Bot.Desk,
            Platform = asked.Platform,
            Realm = asked.Realm,
            Conversation = asked.Conversation,
            User = requester.User,
        };

    public static CardPlace StepIn(CardPlace thread) =>
        new()
        {
            Request = thread.Request,
            Purpose = Purpose.Step,
            Bot = thread.Bot,
            Platform = thread.Platform,
            Realm = thread.Realm,
            ThreadOf = thread,
        };

    /// <summary>The bot may not post in the conversation: the direct messages with the user serve instead.</summary>
    /// <returns>False if that was tried already.</returns>
    public bool FallBackToUser()
    {
        if (Conversation is null || User is null || PostedMessage is not null)
            return false;
        Conversation = null;
        return true;
    }

    /// <summary>Says why the duty manager is called; of several reasons in one transaction each is said.</summary>
    public void CalledBecause(string why)
    {
        var all = Why is null || Why == why ? why : $"{Why} {why}";
        Why = all.Length <= LongestWhy ? all : all[..LongestWhy];
    }

    public void Withdraw() => Withdrawn = true;

    /// <summary>Whether this identity sees it in its own chat with the bot.</summary>
    public bool IsIn(ChatUser identity) =>
        Platform == identity.Platform && Realm == identity.Realm && User == identity.User;

    public void Stands(PostedMessage posted)
    {
        PostedConversation = posted.Place.Conversation;
        PostedServiceUrl = posted.Place.ServiceUrl;
        PostedMessage = posted.Message;
    }
}

/// <summary>Where a bot last heard of a user in a personal chat; without it no bot can write to anyone in Teams.</summary>
public sealed class ChatAddress
{
    private ChatAddress() { }

    public Bot Bot { get; private set; }
    public ChatPlatform Platform { get; private set; }
    public string Realm { get; private set; } = "";
    public string User { get; private set; } = "";
    public string Conversation { get; private set; } = "";
    public string? ServiceUrl { get; private set; }

    public static ChatAddress Of(Bot bot, ChatUser user, ChatPlace place) =>
        new()
        {
            Bot = bot,
            Platform = user.Platform,
            Realm = user.Realm,
            User = user.User,
            Conversation = place.Conversation,
            ServiceUrl = place.ServiceUrl,
        };

    public void Moved(ChatPlace place)
    {
        Conversation = place.Conversation;
        ServiceUrl = place.ServiceUrl;
    }
}
