namespace RootCustody.Chat;

public enum ChatPlatform
{
    Slack = 1,
    Teams = 2,
}

/// <summary>Each of the three is an app of its own on each platform, with its own endpoint, token and signing key (design 4).</summary>
public enum Bot
{
    Desk = 1,
    Password = 2,
    Mfa = 3,
}

public static class Bots
{
    /// <summary>The bot of the courier that may answer for this half.</summary>
    public static Bot Courier(this Half half) =>
        half switch
        {
            Half.Password => Bot.Password,
            Half.Mfa => Bot.Mfa,
        };
}

/// <summary>A chat identity by its stable ids. It decides nothing: rules take the person it is linked to (law 2).</summary>
/// <param name="Realm">Slack: the person's home workspace (<c>user.team_id</c>). Teams: the tenant id.</param>
/// <param name="User">Slack: the user id. Teams: the Entra object id (<c>aadObjectId</c>).</param>
public sealed record ChatUser(ChatPlatform Platform, string Realm, string User)
{
    /// <summary>As people are told of it; the ids are all that we know of it.</summary>
    public string Shown() =>
        Platform switch
        {
            ChatPlatform.Slack => $"Slack user {User} of workspace {Realm}",
            ChatPlatform.Teams => $"Teams user {User} of tenant {Realm}",
        };
}

/// <summary>A conversation in which a bot can post.</summary>
/// <param name="Realm">Slack: the workspace in which our app is installed, which is not always the person's own. Teams: the tenant.</param>
/// <param name="Conversation">Slack: a channel id, or a user id, which stands for the direct messages with that user.</param>
/// <param name="ServiceUrl">Teams only: the address that the last authenticated activity named.</param>
public sealed record ChatPlace(ChatPlatform Platform, string Realm, string Conversation, string? ServiceUrl = null);

/// <summary>A message that stays, by which it can be changed later.</summary>
/// <param name="Message">Slack: the <c>ts</c>. Teams: the activity id.</param>
public sealed record PostedMessage(ChatPlace Place, string Message);
