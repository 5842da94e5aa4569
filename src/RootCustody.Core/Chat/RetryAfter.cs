namespace RootCustody.Chat;

/// <summary>When a platform says to come back.</summary>
/// <remarks>RFC 9110, section 10.2.3: a number of seconds, or a moment.</remarks>
public static class RetryAfter
{
    /// <param name="delay">The number of seconds, if it says one.</param>
    /// <param name="moment">The moment, if it says one.</param>
    /// <param name="now">The time by the platform's own clock (<c>Date</c>) if it tells it: that need not be ours.</param>
    /// <returns>Null if it says neither; never negative.</returns>
    public static TimeSpan? Of(TimeSpan? delay, DateTimeOffset? moment, DateTimeOffset now)
    {
        var told = delay ?? moment - now;
        return told < TimeSpan.Zero ? TimeSpan.Zero : told;
    }
}
