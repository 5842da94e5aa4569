using System.Net.Http.Headers;

namespace RootCustody.Chat;

/// <summary>When a platform says to come back.</summary>
/// <remarks>RFC 9110, section 10.2.3: a number of seconds, or a moment.</remarks>
public static class RetryAfter
{
    /// <param name="now">Counts for a moment if the answer has no <c>Date</c>: the platform's clock need not be ours.</param>
    /// <returns>Null if it says nothing that can be read; never negative.</returns>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var told = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - (headers.Date ?? now);
        return told < TimeSpan.Zero ? TimeSpan.Zero : told;
    }
}
