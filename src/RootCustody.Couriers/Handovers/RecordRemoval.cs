using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Records how a half left the screen.</summary>
public sealed class RecordRemoval(CustodyDb db)
{
    public Task HandleAsync(
        IReadOnlyCollection<ExposureId> ids,
        Removal removal,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                foreach (
                    var exposure in await db.Exposures.Where(e => ids.Contains(e.Id)).ToListAsync(cancellationToken)
                )
                {
                    if (exposure.Leave(removal))
                        db.Record("exposure.ended", Recording.System, ("exposure", exposure.Id), ("removal", removal));
                }
                return true;
            },
            cancellationToken
        );
}
