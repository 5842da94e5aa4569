using System.Net;
using System.Net.Http.Headers;
using RootCustody.Chat;

namespace RootCustody.Tests.Chat;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("17", null, 17)]
    [InlineData("0", null, 0)]
    [InlineData("Mon, 23 Nov 2026 12:01:30 GMT", null, 90)]
    [InlineData("Mon, 23 Nov 2026 12:01:30 GMT", "Mon, 23 Nov 2026 12:01:00 GMT", 30)] // its clock is a minute ahead
    [InlineData("Mon, 23 Nov 2026 11:59:00 GMT", null, 0)]
    [InlineData("soon", null, null)]
    [InlineData("-5", null, null)]
    [InlineData(null, "Mon, 23 Nov 2026 12:01:00 GMT", null)]
    public void It_is_a_number_of_seconds_or_a_moment(string? told, string? date, int? seconds)
    {
        TimeSpan? wait = seconds is { } s ? TimeSpan.FromSeconds(s) : null;

        var headers = Headers(told, date);
        Assert.Equal(
            wait,
            RetryAfter.Of(headers.RetryAfter?.Delta, headers.RetryAfter?.Date, headers.Date ?? Stage.Noon)
        );
    }

    private static HttpResponseHeaders Headers(string? told, string? date)
    {
        var headers = new HttpResponseMessage(HttpStatusCode.TooManyRequests).Headers;
        if (told is not null)
            headers.TryAddWithoutValidation("Retry-After", told);
        if (date is not null)
            headers.TryAddWithoutValidation("Date", date);
        return headers;
    }
}
