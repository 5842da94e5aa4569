using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.Chat;

/// <summary>What waits in the outbox or is parked, for operators.</summary>
public sealed class ListOutbox(CustodyDb db)
{
    public Task<List<OutboxEntry>> AllAsync(CancellationToken cancellationToken) =>
        db.Entries(null).ToListAsync(cancellationToken);

    /// <returns>Null if there is no such row, or it was sent.</returns>
    public Task<OutboxEntry?> OneAsync(long row, CancellationToken cancellationToken) =>
        db.Entries(row).SingleOrDefaultAsync(cancellationToken);
}
