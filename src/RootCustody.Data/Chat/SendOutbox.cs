using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Sends what is due in the outbox for the bots that this process plays, each row with its own bot.</summary>
public sealed class SendOutbox(CustodyDb db, IEnumerable<IMessenger> messengers)
{
    private const int Batch = 50;

    /// <summary>Sends up to a batch. At each place the rows go out in their order; a row that fails holds up its own place only.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<Bot> bots, CancellationToken cancellationToken)
    {
        var now = db.Now;
        var due = await db
            .Outbox.AsNoTracking()
            .Where(r => r.SentAt == null && !r.Parked && r.DueAt <= now && bots.Contains(r.Bot))
            .Where(r => !db.Outbox.Any(e => e.PlaceId == r.PlaceId && e.Id < r.Id && e.SentAt == null && !e.Parked))
            .OrderBy(r => r.Id)
            .Select(r => r.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);

        var sent = 0;
        foreach (var id in due)
        {
            if (await SendAsync(id, cancellationToken))
                sent++;
        }
        return sent;
    }

    private async Task<bool> SendAsync(long id, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var row = await db
            .Outbox.AsNoTracking()
            .Include(r => r.Place)
                .ThenInclude(p => p.ThreadOf)
            .SingleAsync(r => r.Id == id, cancellationToken);
        var (posted, failure) = await TryAsync(row, cancellationToken);

        return await db.DecideQuietlyAsync(
            async () =>
            {
                var mine = await db.Outbox.Include(r => r.Place).SingleAsync(r => r.Id == id, cancellationToken);
                if (failure?.Failure == ChatFailure.Gone && mine.Place.FallBackToUser())
                    mine.NotYet(db.Now);
                else if (failure is not null)
                    mine.Failed(failure, db.Now);
                else if (posted is null)
                    mine.NotYet(db.Now);
                else
                {
                    mine.Place.Stands(posted);
                    mine.Sent(db.Now);
                }
                return posted is not null;
            },
            cancellationToken
        );
    }

    private async Task<(PostedMessage? Posted, ChatException? Failure)> TryAsync(
        OutboxRow row,
        CancellationToken cancellationToken
    )
    {
        var messenger = messengers.Single(m => m.Platform == row.Place.Platform);
        try
        {
            if (row.Place.Posted is { } standing)
            {
                await messenger.UpdateAsync(row.Bot, standing, row.Card, cancellationToken);
                return (standing, null);
            }

            var thread = row.Place.ThreadOf?.Posted;
            var place = thread?.Place ?? await WhereAsync(row.Place, cancellationToken);
            return place is null
                ? (null, null)
                : (await messenger.PostAsync(row.Bot, place, row.Card, thread, cancellationToken), null);
        }
        catch (ChatException failure)
        {
            return (null, failure);
        }
    }

    /// <returns>Null if the bot has not met the user yet, or the thread has not begun.</returns>
    private async Task<ChatPlace?> WhereAsync(CardPlace place, CancellationToken cancellationToken)
    {
        if (place.ThreadOf is not null)
            return null;
        if (place.Conversation is { } conversation)
            return new ChatPlace(place.Platform, place.Realm, conversation);
        if (place.Platform == ChatPlatform.Slack)
            return new ChatPlace(place.Platform, place.Realm, place.User!);

        var address = await db
            .ChatAddresses.AsNoTracking()
            .SingleOrDefaultAsync(
                a =>
                    a.Bot == place.Bot
                    && a.Platform == place.Platform
                    && a.Realm == place.Realm
                    && a.User == place.User,
                cancellationToken
            );
        return address is null
            ? null
            : new ChatPlace(place.Platform, place.Realm, address.Conversation, address.ServiceUrl);
    }
}
