using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Where a card is posted that stands nowhere yet.</summary>
/// <param name="InThreadOf">The message that its thread begins with, if it goes into one.</param>
internal sealed record Destination(ChatPlace Place, PostedMessage? InThreadOf);

internal static class Destinations
{
    /// <returns>Null if the bot has not met the user yet, or the thread has not begun.</returns>
    public static async Task<Destination?> DestinationAsync(this CustodyDb db, CardPlace place)
    {
        if (place.ThreadOfId is { } first)
        {
            // in this order: what is sent in between is seen to stand
            var comes = await db.Outbox.AnyAsync(r => r.PlaceId == first && r.SentAt == null && !r.Parked);
            var thread = await db.CardPlaces.AsNoTracking().SingleAsync(p => p.Id == first);
            if (thread.Posted is { } standing)
                return new Destination(standing.Place, standing);
            // a thread whose first message was parked or dropped never begins: its steps go out on their own
            return comes ? null : await db.DestinationAsync(thread);
        }
        if (place.Conversation is { } conversation)
            return new Destination(new ChatPlace(place.Platform, place.Realm, conversation), null);
        if (place.Platform == ChatPlatform.Slack)
            return new Destination(new ChatPlace(place.Platform, place.Realm, place.User!), null);

        var address = await db
            .ChatAddresses.AsNoTracking()
            .SingleOrDefaultAsync(a =>
                a.Bot == place.Bot && a.Platform == place.Platform && a.Realm == place.Realm && a.User == place.User
            );
        return address is null
            ? null
            : new Destination(
                new ChatPlace(place.Platform, place.Realm, address.Conversation, address.ServiceUrl),
                null
            );
    }

    /// <summary>What waits in the thread of this place is tried at the next chance: the thread has begun, or never will.</summary>
    public static async Task HurryStepsAsync(this CustodyDb db, long place)
    {
        var steps = await db.Outbox.Where(r => r.Place.ThreadOfId == place && r.SentAt == null).ToListAsync();
        foreach (var step in steps)
            step.Again(db.Now);
    }
}
