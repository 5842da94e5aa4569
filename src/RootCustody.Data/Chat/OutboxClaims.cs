using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>The right of one node to send one row, for as long as it lasts.</summary>
/// <param name="Number">Another number at the row means that it has been claimed anew.</param>
internal sealed record OutboxClaim(long Row, long Place, int Number, DateTimeOffset Until)
{
    /// <summary>Whether a call that begins now is over before the claim is.</summary>
    public bool LeavesTimeAt(DateTimeOffset now) => now + SendOutbox.LongestCall + SendOutbox.Margin <= Until;
}

/// <summary>
/// Many nodes send one outbox. Each claims what it is about to send, in one commit for a batch, and then alone may send it.
/// Only the first row that waits at a place can be claimed, and it stays the first until it was sent or parked: so a place
/// belongs to one node at a time, and its cards keep their order.
/// </summary>
internal static class OutboxClaims
{
    private const int Batch = 50;

    public static async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(
        this CustodyDb db,
        IReadOnlyCollection<Bot> bots,
        ChatPlatform platform,
        CancellationToken cancellationToken
    )
    {
        // most sweeps find nothing, and to look takes no lock
        if (!await db.Due(bots, platform).AnyAsync(cancellationToken))
            return [];
        return await db.DecideQuietlyAsync(
            async () =>
            {
                var due = await db.Due(bots, platform)
                    .OrderBy(r => r.DueAt)
                    .ThenBy(r => r.Id)
                    .Take(Batch)
                    .ToListAsync(cancellationToken);
                var until = db.Now + SendOutbox.Lease;
                return due.ConvertAll(r => r.ClaimFor(until));
            },
            cancellationToken
        );
    }

    /// <summary>Other nodes may have these rows at once.</summary>
    /// <param name="waiting">Those that cannot be sent yet; unless they can by now, they are put off.</param>
    public static async Task GiveBackAsync(
        this CustodyDb db,
        IReadOnlyCollection<OutboxClaim> untouched,
        IReadOnlyCollection<OutboxClaim> waiting
    )
    {
        var claims = untouched.Concat(waiting).ToDictionary(c => c.Row);
        if (claims.Count == 0)
            return;
        await db.DecideQuietlyAsync(
            async () =>
            {
                var rows = await db.Outbox.Include(r => r.Place).Where(r => claims.Keys.Contains(r.Id)).ToListAsync();
                foreach (var row in rows.Where(r => r.Claim == claims[r.Id].Number))
                {
                    row.GiveBack();
                    if (waiting.Contains(claims[row.Id]) && await db.DestinationAsync(row.Place) is null)
                        row.NotYet(db.Now);
                }
                return rows.Count;
            },
            CancellationToken.None
        );
    }

    private static IQueryable<OutboxRow> Due(this CustodyDb db, IReadOnlyCollection<Bot> bots, ChatPlatform platform)
    {
        var now = db.Now;
        return db
            .Outbox.Where(r => r.SentAt == null && !r.Parked && r.DueAt <= now && bots.Contains(r.Bot))
            .Where(r => r.ClaimedUntil == null || r.ClaimedUntil <= now)
            .Where(r => r.Place.Platform == platform)
            .Where(r => !db.Outbox.Any(e => e.PlaceId == r.PlaceId && e.Id < r.Id && e.SentAt == null && !e.Parked));
    }
}
