using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>
/// Tells the duty managers of parked rows: in the decision that parks one, whichever process that is, and at most once an
/// hour; what is parked in between a sweep tells of. A parked alert is no reason for another one.
/// </summary>
public sealed class AlertParked(CustodyDb db)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                await db.AlertParkedAsync(cancellationToken);
                return true;
            },
            cancellationToken
        );
}

internal static class Parking
{
    private const int MostFacts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>What follows when a row was parked, as part of that decision.</summary>
    public static async Task ParkedAsync(this CustodyDb db, OutboxRow row)
    {
        db.Record(
            "outbox.parked",
            Recording.System,
            ("row", row.Id),
            ("bot", row.Bot),
            ("platform", row.Place.Platform),
            ("purpose", row.Place.Purpose),
            ("request", row.Place.Request),
            ("tries", row.Tries),
            ("code", row.LastCode)
        );
        await db.HurryStepsAsync(row.PlaceId);
        await db.SaveChangesAsync(); // so that it is counted
        await db.AlertParkedAsync(CancellationToken.None);
    }

    public static async Task AlertParkedAsync(this CustodyDb db, CancellationToken cancellationToken)
    {
        var untold = db.Outbox.Where(r => r.Parked && !r.Alerted && r.Place.Purpose != Purpose.Undelivered);
        if (!await untold.AnyAsync(cancellationToken))
            return;
        var since = db.Now - Pause;
        if (
            await db.Outbox.AnyAsync(
                r => r.Place.Purpose == Purpose.Undelivered && r.WrittenAt > since,
                cancellationToken
            )
        )
            return;
        var kinds = await untold
            .GroupBy(r => new
            {
                r.Bot,
                r.Place.Platform,
                r.LastCode,
            })
            .Select(kind => new { kind.Key, Count = kind.Count() })
            .ToListAsync(cancellationToken);
        await db
            .Outbox.Where(r => r.Parked && !r.Alerted)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.Alerted, true), cancellationToken);

        var card = CardOf([
            .. kinds
                .OrderByDescending(kind => kind.Count)
                .Select(kind => ($"{kind.Key.Bot} on {kind.Key.Platform}: {kind.Key.LastCode}", kind.Count)),
        ]);
        await db.AlertDutyAsync(card, Purpose.Undelivered, cancellationToken);
    }

    private static Card CardOf(IReadOnlyList<(string Kind, int Count)> kinds)
    {
        var all = kinds.Sum(kind => kind.Count);
        return new Card(
            all == 1 ? "A message could not be delivered" : $"{all} messages could not be delivered",
            [
                "They are parked: nobody sees them until an operator sends them again. The operator looks with: outbox list. Then: outbox retry, or outbox drop. Call the people concerned another way if it is urgent.",
            ],
            [
                .. kinds
                    .Take(MostFacts)
                    .Select(kind => new Fact(kind.Kind, kind.Count.ToString(CultureInfo.InvariantCulture))),
            ],
            []
        );
    }
}
