using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Sends what is due in the outbox for the bots that this process plays, each row with its own bot.</summary>
public sealed partial class SendOutbox(CustodyDb db, IEnumerable<IMessenger> messengers, ILogger<SendOutbox> logger)
{
    private const int Batch = 50;

    /// <summary>Sends up to a batch on one platform. At each place the rows go out in their order; a row that fails holds up its own place only.</summary>
    /// <param name="stopping">Ends it between two rows: a post that has begun is finished and noted, or the next process would post it again.</param>
    /// <returns>How many were sent.</returns>
    public async Task<int> RunAsync(IReadOnlyCollection<Bot> bots, ChatPlatform platform, CancellationToken stopping)
    {
        var now = db.Now;
        var due = await db
            .Outbox.AsNoTracking()
            .Where(r => r.SentAt == null && !r.Parked && r.DueAt <= now && bots.Contains(r.Bot))
            .Where(r => r.Place.Platform == platform)
            .Where(r => !db.Outbox.Any(e => e.PlaceId == r.PlaceId && e.Id < r.Id && e.SentAt == null && !e.Parked))
            .OrderBy(r => r.DueAt)
            .ThenBy(r => r.Id)
            .Select(r => r.Id)
            .Take(Batch)
            .ToListAsync(stopping);

        var sent = 0;
        foreach (var id in due)
        {
            stopping.ThrowIfCancellationRequested();
            if (await SendAsync(id))
                sent++;
        }
        return sent;
    }

    private async Task<bool> SendAsync(long id)
    {
        db.ChangeTracker.Clear();
        var row = await db
            .Outbox.AsNoTracking()
            .Include(r => r.Place)
                .ThenInclude(p => p.ThreadOf)
            .SingleAsync(r => r.Id == id);
        var (posted, failure) = await MeasuredAsync(row);

        return await db.DecideQuietlyAsync(
            async () =>
            {
                var mine = await db.Outbox.Include(r => r.Place).SingleAsync(r => r.Id == id);
                if (posted is not null)
                    await StandsAsync(mine, posted);
                else if (failure is null)
                    mine.NotYet(db.Now);
                else if (failure.Failure is ChatFailure.Gone or ChatFailure.Refused && mine.Place.FallBackToUser())
                    mine.Again(db.Now);
                else
                    mine.Failed(failure, db.Now);
                return posted is not null;
            },
            CancellationToken.None
        );
    }

    private async Task StandsAsync(OutboxRow row, PostedMessage posted)
    {
        var first = row.Place.Posted is null;
        row.Place.Stands(posted);
        row.Sent(db.Now);
        if (!first)
            return; // what waits in its thread now, waits for the platform
        foreach (
            var step in await db.Outbox.Where(r => r.Place.ThreadOfId == row.PlaceId && r.SentAt == null).ToListAsync()
        )
            step.Again(db.Now);
    }

    private async Task<(PostedMessage? Posted, ChatException? Failure)> MeasuredAsync(OutboxRow row)
    {
        using var measured = Telemetry.Send(row.Bot, row.Place.Platform);
        var (posted, failure) = await TryAsync(row);
        measured.Outcome =
            posted is not null ? "Sent"
            : failure is null ? "NotYet"
            : failure.Failure.ToString();
        return (posted, failure);
    }

    private async Task<(PostedMessage? Posted, ChatException? Failure)> TryAsync(OutboxRow row)
    {
        var messenger = messengers.Single(m => m.Platform == row.Place.Platform);
        try
        {
            if (row.Place.Posted is { } standing)
            {
                await messenger.UpdateAsync(row.Bot, standing, row.Card, CancellationToken.None);
                return (standing, null);
            }

            var thread = row.Place.ThreadOf?.Posted;
            var place = thread?.Place ?? await WhereAsync(row.Place);
            return place is null
                ? (null, null)
                : (await messenger.PostAsync(row.Bot, place, row.Card, thread, CancellationToken.None), null);
        }
        catch (ChatException failure)
        {
            return (null, failure);
        }
#pragma warning disable CA1031 // one poisoned row must not stop the others
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, row.Id);
            return (null, new ChatException(ChatFailure.Unreachable, broken.GetType().Name));
        }
    }

    /// <returns>Null if the bot has not met the user yet, or the thread has not begun.</returns>
    private async Task<ChatPlace?> WhereAsync(CardPlace place)
    {
        if (place.ThreadOf is { } thread)
        {
            // a thread whose first message the platform refused never begins: its steps go out on their own
            var comes = await db.Outbox.AnyAsync(r => r.PlaceId == thread.Id && !r.Parked);
            return comes ? null : await WhereAsync(thread);
        }
        if (place.Conversation is { } conversation)
            return new ChatPlace(place.Platform, place.Realm, conversation);
        if (place.Platform == ChatPlatform.Slack)
            return new ChatPlace(place.Platform, place.Realm, place.User!);

        var address = await db
            .ChatAddresses.AsNoTracking()
            .SingleOrDefaultAsync(a =>
                a.Bot == place.Bot && a.Platform == place.Platform && a.Realm == place.Realm && a.User == place.User
            );
        return address is null
            ? null
            : new ChatPlace(place.Platform, place.Realm, address.Conversation, address.ServiceUrl);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Row {Row} of the outbox could not be sent; it is tried again later.")]
        public static partial void Broken(ILogger logger, Exception exception, long row);
    }
}
