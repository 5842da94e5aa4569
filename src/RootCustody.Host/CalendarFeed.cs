using Microsoft.Net.Http.Headers;
using RootCustody.Desk.Rotation;

namespace RootCustody.Host;

/// <summary><c>GET /calendar/{token}.ics</c>: what falls due for whoever was given that address. What is not right about it is 404, whatever it is.</summary>
internal static class CalendarFeed
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapCalendar(this IEndpointRouteBuilder endpoints, CustodySettings settings)
    {
        if (settings.Played().Contains(Role.Desk) && settings.PublicAddress.Length > 0)
            endpoints.MapMethods("/calendar/{token}.ics", Methods, AnswerAsync);
        return endpoints;
    }

    private static async Task<IResult> AnswerAsync(string token, HttpContext context, DueCalendar calendar)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache"; // asked again each time, which an unchanged mark makes cheap
        headers["X-Content-Type-Options"] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (await calendar.ReadAsync(token, context.RequestAborted) is not { } content)
            return Results.NotFound();
        // 304 where the program has it already
        return Results.Bytes(
            content.Text,
            "text/calendar; charset=utf-8",
            entityTag: new EntityTagHeaderValue($"\"{content.Mark}\"")
        );
    }
}
