using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.Requests;

namespace RootCustody.Desk.Rotation;

/// <summary>How far a rotation got, in words: while it runs, and where it stopped if it did.</summary>
internal static class RotationProgress
{
    public static string Say(RequestView view)
    {
        var request = view.Request;
        string[] said = [.. Said(view, Half.Password), .. Said(view, Half.Mfa)];
        return InHand(request) + string.Concat(said.Select(s => $" {s}"));
    }

    /// <summary>Where the rotation before this one stopped; null if this is none, or if that one came to its end.</summary>
    public static async Task<string?> LastStopAsync(
        this CustodyDb db,
        Request request,
        CancellationToken cancellationToken
    )
    {
        if (request.Kind != RequestKind.Rotation || request.IsOver)
            return null;
        var before = await db
            .Requests.AsNoTracking()
            .Where(r =>
                r.Account == request.Account
                && r.Kind == RequestKind.Rotation
                && r.Opens != null
                && r.Id != request.Id
                && r.AskedAt <= request.AskedAt
            )
            .OrderByDescending(r => r.AskedAt)
            .FirstOrDefaultAsync(cancellationToken);
        if (before is null || before.IsSettled && before.PasswordFound == before.PendingGeneration)
            return null;
        return before.IsSettled
            ? $"{before.Name} found that AWS has not taken the new password."
            : $"{before.Name} stopped halfway. {InHand(before)}";
    }

    private static string InHand(Request request) =>
        (request.PasswordInHandAt, request.MfaInHandAt) switch
        {
            (null, null) => "No half is in hand.",
            (null, _) => "The code is in hand, the passwords are not.",
            (_, null) => "The passwords are in hand, the code is not.",
            _ => "Both halves are in hand.",
        };

    private static IEnumerable<string> Said(RequestView view, Half half)
    {
        var request = view.Request;
        if (request.FoundBy(half) is not { } found)
            yield break;
        var what =
            found == Request.NoneSignsIn ? "none of the passwords signs in"
            : found == request.PendingGeneration ? "it is changed"
            : "it is not changed";
        yield return $"{view.ApproverOf(half)} says: {what}.";
    }
}
