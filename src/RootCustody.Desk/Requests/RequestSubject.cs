using System.Globalization;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>What the button Approve says it is about: the request, and how often it had been edited when the card was drawn. Client-controlled when it comes back.</summary>
internal static class RequestSubject
{
    public static string Of(Request request) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Id}.{request.Edits}");

    /// <returns>Null if it names no request; without a count it is the request as it was first asked.</returns>
    public static (RequestId Id, int Read)? Parse(string subject) =>
        subject.Split('.') switch
        {
            [var id] when Id.Read<RequestId>(id) is { } request => (request, 0),
            [var id, var edits]
                when Id.Read<RequestId>(id) is { } request
                    && int.TryParse(edits, NumberStyles.None, CultureInfo.InvariantCulture, out var read) => (
                request,
                read
            ),
            _ => null,
        };
}
