using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Writes down what came of a row of the outbox. Whoever has lost the claim meanwhile writes down what is news, and nothing else.</summary>
internal static class SendingNotes
{
    /// <summary>The card stands. What was shown at its place before, or waits there from before, is over.</summary>
    public static Task NoteAsync(this CustodyDb db, OutboxClaim claim, PostedMessage posted) =>
        db.DecideQuietlyAsync(
            async () =>
            {
                var row = await db.Outbox.SingleOrDefaultAsync(r => r.Id == claim.Row);
                var place = await db.CardPlaces.SingleOrDefaultAsync(p => p.Id == claim.Place);
                if (row?.Claim != claim.Number && place?.Posted == posted)
                    await ShowLastAsync(db, place, claim);
                if (place is { Posted: null })
                {
                    place.Stands(posted);
                    await db.HurryStepsAsync(place.Id); // what waits in its thread later on, waits for the platform
                }
                if (row is { SentAt: null })
                    row.Sent(db.Now);
                await db.Outbox.Where(r => r.PlaceId == claim.Place && r.Id < claim.Row).ExecuteDeleteAsync();
                return true;
            },
            CancellationToken.None
        );

    /// <summary>The card does not stand, as far as we know.</summary>
    /// <param name="chance">From 0 to 1: see <see cref="Backoff.Wait"/>.</param>
    public static Task NoteAsync(this CustodyDb db, OutboxClaim claim, ChatException failure, double chance) =>
        db.NoteAsync(
            claim,
            row =>
            {
                if (failure.Failure is ChatFailure.Gone or ChatFailure.Refused && row.Place.FallBackToUser())
                {
                    row.GiveBack();
                    row.Afresh(db.Now);
                }
                else
                    row.Failed(failure, db.Now, chance);
            }
        );

    public static Task NoteUnreadableAsync(this CustodyDb db, OutboxClaim claim) =>
        db.NoteAsync(claim, row => row.Park("card_unreadable"));

    private static Task NoteAsync(this CustodyDb db, OutboxClaim claim, Action<OutboxRow> note) =>
        db.DecideQuietlyAsync(
            async () =>
            {
                var row = await db
                    .Outbox.Include(r => r.Place)
                    .SingleOrDefaultAsync(r => r.Id == claim.Row && r.Claim == claim.Number && r.SentAt == null);
                if (row is null)
                    return false;
                note(row);
                if (row.Parked)
                    await db.ParkedAsync(row);
                return true;
            },
            CancellationToken.None
        );

    /// <summary>A change that came late may have covered a later one, which another node has made: that one is shown once more.</summary>
    private static async Task ShowLastAsync(CustodyDb db, CardPlace place, OutboxClaim late)
    {
        var last = await db
            .Outbox.Where(r => r.PlaceId == place.Id && r.Id > late.Row)
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync();
        if (last is { SentAt: not null })
            db.Outbox.Add(OutboxRow.Of(place, last.Card, db.Now));
    }
}
