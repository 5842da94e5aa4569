using RootCustody.Chat;

namespace RootCustody.Tests.Data;

/// <summary>A platform that notes what was sent to it, and fails as told.</summary>
internal sealed class Post(ChatPlatform platform) : IMessenger
{
    public ChatPlatform Platform => platform;
    public List<(Bot Bot, string Where)> Posted { get; } = [];
    public List<(Bot Bot, string Message)> Updated { get; } = [];
    public Func<string, Exception?>? Fails { get; init; }
    public Action? Posting { get; init; }

    /// <summary>Runs while a post is on its way.</summary>
    public Func<Task>? PostingAsync { get; init; }

    public async Task<PostedMessage> PostAsync(
        Bot bot,
        ChatPlace place,
        Card card,
        PostedMessage? inThreadOf,
        CancellationToken cancellationToken
    )
    {
        if (Fails?.Invoke(place.Conversation) is { } failure)
            throw failure;
        Posting?.Invoke();
        if (PostingAsync is { } meanwhile)
            await meanwhile();
        cancellationToken.ThrowIfCancellationRequested();
        Posted.Add((bot, place.Conversation));
        return new PostedMessage(place, $"message-{Posted.Count}");
    }

    public Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken)
    {
        Updated.Add((bot, message.Message));
        return Task.CompletedTask;
    }
}
