using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.Chat;

/// <summary>What came of an operator's order about a row of the outbox.</summary>
public abstract record RowOrder
{
    private RowOrder() { } // closed: these two and no other

    public sealed record Done(string Text) : RowOrder;

    public sealed record Refused(string Why) : RowOrder;

    internal static Refused Unknown(long row) =>
        new($"No row {row} waits in the outbox: it was sent or dropped, or a later card took its place.");
}

/// <summary>An operator wants rows that failed tried again at once, as if they never had.</summary>
/// <remarks>Of the parked rows of one place the last one only: whoever sees its card needs those before it no more, and an earlier card must never cover a later one.</remarks>
public sealed class RetryOutbox(CustodyDb db)
{
    public Task<RowOrder> OneAsync(long row, CancellationToken cancellationToken) =>
        db.DecideAsync<RowOrder>(
            async () =>
            {
                var found = await db.Outbox.SingleOrDefaultAsync(
                    r => r.Id == row && r.SentAt == null,
                    cancellationToken
                );
                if (found is null)
                    return RowOrder.Unknown(row);
                if (found.Parked && await Later(found).AnyAsync(cancellationToken))
                    return new RowOrder.Refused(
                        $"Row {row} is not needed any more: a later card of the same place waits. Retry that one, if it is parked."
                    );
                found.Afresh(db.Now);
                db.Record("outbox.retried", Recording.Operator, ("row", row));
                return new RowOrder.Done($"Row {row} is tried again.");
            },
            cancellationToken
        );

    /// <summary>All that are parked or have failed.</summary>
    /// <returns>How many.</returns>
    public Task<int> AllAsync(CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var now = db.Now;
                var count = await db
                    .Outbox.Where(r => r.SentAt == null && (r.Parked || r.FailingSince != null))
                    .Where(r => !r.Parked || !db.Outbox.Any(l => l.PlaceId == r.PlaceId && l.Id > r.Id))
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(r => r.Parked, false)
                                .SetProperty(r => r.Alerted, false)
                                .SetProperty(r => r.Tries, 0)
                                .SetProperty(r => r.FailingSince, (DateTimeOffset?)null)
                                .SetProperty(r => r.DueAt, now),
                        cancellationToken
                    );
                if (count > 0)
                    db.Record("outbox.retried", Recording.Operator, ("count", count));
                return count;
            },
            cancellationToken
        );

    private IQueryable<OutboxRow> Later(OutboxRow row) =>
        db.Outbox.Where(l => l.PlaceId == row.PlaceId && l.Id > row.Id);
}
