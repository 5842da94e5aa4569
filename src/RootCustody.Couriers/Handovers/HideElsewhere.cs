using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>The holder hides a half that another process has put up: that one has its surface, but the click on Hide has one of its own.</summary>
public sealed class HideElsewhere(CustodyDb db, RecordRemoval recordRemoval, IHalfSource source)
{
    /// <returns>False if nothing of theirs stands under this id.</returns>
    public async Task<bool> HandleAsync(
        ExposureId id,
        PersonId person,
        RevealSurface? surface,
        CancellationToken cancellationToken
    )
    {
        var first = await db
            .Exposures.AsNoTracking()
            .SingleOrDefaultAsync(
                e => e.Id == id && e.Person == person && e.Half == source.Half && e.Removal == Removal.StillUp,
                cancellationToken
            );
        if (first is null || surface is null)
            return false;
        // old and new password of a rotation stand on one surface
        var together = await db
            .Exposures.Where(e =>
                e.Request == first.Request && e.Person == person && e.Half == first.Half && e.At == first.At
            )
            .Select(e => e.Id)
            .ToListAsync(cancellationToken);
        var removal = await surface.RemoveAsync(cancellationToken);
        await recordRemoval.HandleAsync(
            together,
            surface.CanRemove ? removal : Removal.ClosedByHolder,
            CancellationToken.None
        );
        return true;
    }
}
