using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Couriers.Journals;

/// <summary>Books into the database again what it forgot: law 1 bars again, law 14 owes again, and reveals go on. What is there already is left as it is.</summary>
public sealed class RecordLost(CustodyDb db, CompareJournals compare, Policies policies)
{
    /// <returns>How many were booked; the others are there, or concern whom or what the database does not know.</returns>
    public async Task<int> HandleAsync(IEnumerable<LostExposure> lost, CancellationToken cancellationToken)
    {
        var recorded = 0;
        foreach (var exposure in lost.Where(l => l.Counts).OrderBy(l => l.Line.At))
        {
            if (await db.DecideAsync(() => RecordAsync(exposure, cancellationToken), cancellationToken))
                recorded++;
        }
        await compare.WhyClosedAsync(cancellationToken); // releases what is held, if nothing is lost any more
        return recorded;
    }

    private async Task<bool> RecordAsync(LostExposure lost, CancellationToken cancellationToken)
    {
        var line = lost.Line;
        if (await db.Exposures.AnyAsync(e => e.Id == line.Exposure, cancellationToken))
            return false;
        var account = await db.Accounts.SingleAsync(a => a.Id == lost.Account!.Id, cancellationToken);
        var person = await db.People.SingleAsync(p => p.Id == lost.Person!.Id, cancellationToken);
        await db.BookAsync(line, account, person, policies, "exposure.recovered", [], cancellationToken);
        return true;
    }
}
