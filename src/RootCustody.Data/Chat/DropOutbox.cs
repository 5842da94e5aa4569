using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.Chat;

/// <summary>An operator gives up a row of the outbox for good. What waited behind it goes on without it.</summary>
public sealed class DropOutbox(CustodyDb db)
{
    public Task<RowOrder> HandleAsync(long row, CancellationToken cancellationToken) =>
        db.DecideAsync<RowOrder>(
            async () =>
            {
                var entry = await db.Entries(row).SingleOrDefaultAsync(cancellationToken);
                if (entry is null)
                    return RowOrder.Unknown(row);
                if (entry.Claimed)
                    return new RowOrder.Refused($"Row {row} is being sent at this moment. Look again in a minute.");
                var found = await db.Outbox.Include(r => r.Place).SingleAsync(r => r.Id == row, cancellationToken);
                db.Outbox.Remove(found);
                await db.HurryStepsAsync(found.PlaceId);
                db.Record(
                    "outbox.dropped",
                    Recording.Operator,
                    ("row", row),
                    ("bot", found.Bot),
                    ("platform", found.Place.Platform),
                    ("purpose", found.Place.Purpose),
                    ("request", found.Place.Request),
                    ("person", found.Place.Person),
                    ("code", found.LastCode)
                );
                return new RowOrder.Done($"Row {row} is dropped. {entry.Loss}");
            },
            cancellationToken
        );
}
