using System.Collections.Concurrent;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>When the loop of each platform last got through the outbox, whether or not there was anything to send: a loop that hangs or fails has no pulse.</summary>
public sealed class OutboxPulse
{
    private readonly ConcurrentDictionary<ChatPlatform, DateTimeOffset> last = new();

    public void Beat(ChatPlatform platform, DateTimeOffset now) => last[platform] = now;

    /// <returns>Null if it never got through.</returns>
    public DateTimeOffset? LastOf(ChatPlatform platform) => last.TryGetValue(platform, out var at) ? at : null;
}
