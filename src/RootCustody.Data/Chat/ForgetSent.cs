using Microsoft.EntityFrameworkCore;

namespace RootCustody.Data.Chat;

/// <summary>Forgets what was sent 30 days ago. Until then the last card of each place is kept, for it tells what stands there; those before it go when it is sent.</summary>
public sealed class ForgetSent(CustodyDb db)
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var before = db.Now - Keep;
                var sent = await db.Outbox.Where(r => r.SentAt < before).ExecuteDeleteAsync(cancellationToken);
                // nothing is ever shown again at a place for one card
                await db
                    .CardPlaces.Where(p =>
                        p.Purpose == Purpose.Notice || p.Purpose == Purpose.Undelivered || p.Purpose == Purpose.Step
                    )
                    .Where(p => !db.Outbox.Any(r => r.PlaceId == p.Id))
                    .ExecuteDeleteAsync(cancellationToken);
                return sent;
            },
            cancellationToken
        );
}
