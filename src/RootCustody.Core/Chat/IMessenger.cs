namespace RootCustody.Chat;

/// <summary>Posts and changes the messages that stay, on one platform.</summary>
public interface IMessenger
{
    ChatPlatform Platform { get; }

    /// <summary>Posts a card with the bot's own token.</summary>
    /// <param name="inThreadOf">The message in whose thread it goes, if the platform has threads.</param>
    /// <exception cref="ChatException">It was not posted, or it is not known whether it was.</exception>
    Task<PostedMessage> PostAsync(
        Bot bot,
        ChatPlace place,
        Card card,
        PostedMessage? inThreadOf,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces the content of a message that this bot posted.</summary>
    /// <exception cref="ChatException">It was not changed, or it is not known whether it was.</exception>
    Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken);
}

/// <summary>Why a platform did not do what was asked.</summary>
public enum ChatFailure
{
    /// <summary>Too many calls; <see cref="ChatException.RetryAfter"/> mostly says when to come back.</summary>
    Throttled,

    /// <summary>No answer, or a broken one. It may have happened all the same.</summary>
    Unreachable,

    /// <summary>The place cannot be reached any more: the bot was removed, the channel is gone, the message was deleted.</summary>
    Gone,

    /// <summary>The platform refuses what we sent; sending it again changes nothing.</summary>
    Refused,

    /// <summary>Ours: we failed at making the message, or at reading the answer.</summary>
    Broken,
}

/// <param name="code">The platform's own error code, without any payload.</param>
public sealed class ChatException(
    ChatFailure failure,
    string code,
    TimeSpan? retryAfter = null,
    Exception? inner = null
) : Exception($"The chat platform answered '{code}'.", inner)
{
    public ChatFailure Failure => failure;
    public string Code => code;

    /// <summary>How long the platform wants us to wait, if it says so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
