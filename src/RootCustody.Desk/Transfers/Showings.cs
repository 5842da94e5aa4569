using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>One contact of the customer who was shown, or maybe shown, a half in a window of a transfer.</summary>
/// <param name="At">Each time.</param>
public sealed record ContactShown(Half Half, string Name, IReadOnlyList<DateTimeOffset> At);

/// <summary>By which way an account is handed over, and who of the customer was shown what on it.</summary>
/// <param name="InHalves">Whether the newest window is one in two halves; null before any was asked for.</param>
/// <param name="Receivers">Who was named for it, by half.</param>
/// <param name="Shown">In any of its windows.</param>
public sealed record HandoverWay(
    bool? InHalves,
    IReadOnlyDictionary<Half, string> Receivers,
    IReadOnlyList<ContactShown> Shown
);

internal static class Showings
{
    /// <summary>The requests by which a transfer tried to hand its account over.</summary>
    public static Task<List<RequestId>> HandoversAsync(
        this CustodyDb db,
        Transfer transfer,
        CancellationToken cancellationToken
    ) =>
        db
            .Requests.Where(r =>
                r.Account == transfer.Account
                && (r.Task == RootTask.HandOver.Id || r.Task == RootTask.HandOverInHalves.Id)
                && r.AskedAt >= transfer.AskedAt
            )
            .OrderBy(r => r.AskedAt)
            .Select(r => r.Id)
            .ToListAsync(cancellationToken);

    public static async Task<HandoverWay> WayOfAsync(
        this CustodyDb db,
        Transfer transfer,
        CancellationToken cancellationToken
    )
    {
        var handovers = await db.HandoversAsync(transfer, cancellationToken);
        var contacts = await db
            .People.Where(p => p.Customer == transfer.Customer)
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var exposures = await db
            .Exposures.AsNoTracking()
            .Where(e => e.Request != null && handovers.Contains(e.Request.Value) && e.Outcome != RevealOutcome.NotShown)
            .OrderBy(e => e.At)
            .ToListAsync(cancellationToken);
        var newest = await db
            .Requests.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == transfer.Handover, cancellationToken);
        return new HandoverWay(
            newest?.GoesToContacts,
            ((Half[])[Half.Password, Half.Mfa])
                .Where(half => newest?.ReceiverOf(half) is not null)
                .ToDictionary(half => half, half => contacts.GetValueOrDefault(newest!.ReceiverOf(half)!.Value, "-")),
            [
                .. exposures
                    .Where(e => contacts.ContainsKey(e.Person))
                    .GroupBy(e => (e.Half, e.Person))
                    .OrderBy(g => g.Key.Half)
                    .Select(g => new ContactShown(
                        g.Key.Half,
                        contacts[g.Key.Person],
                        [.. g.Select(e => e.At).Distinct()]
                    )),
            ]
        );
    }
}
