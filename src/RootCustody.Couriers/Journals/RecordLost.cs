using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Reveals;

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
        db.Exposures.Add(
            Exposure.Recovered(
                line.Exposure,
                account.Id,
                line.Half,
                line.Generation,
                person.Id,
                line.Request,
                line.At,
                line.Until
            )
        );
        db.Raise(person); // law 9: whoever decides on what they know meets this
        db.Raise(account);
        db.Record(
            "exposure.recovered",
            Recording.Operator,
            ("exposure", line.Exposure),
            ("request", line.Request),
            ("account", account.Id),
            ("half", line.Half),
            ("generation", line.Generation),
            ("person", person.Id),
            ("shownAt", line.At.UtcDateTime.ToString("O"))
        );
        await OweAsync(line, account, cancellationToken);
        return true;
    }

    /// <summary>Whether it was in a rotation, which owes nothing new, is not known any more: then it is owed (law 14).</summary>
    private async Task OweAsync(JournalLine line, Account account, CancellationToken cancellationToken)
    {
        var lives = line.Generation != Exposure.Drill && line.Generation >= account.PasswordGeneration;
        if (line.Half != Half.Password || !lives)
            return;
        account.Owe(await policies.OfAsync(account, cancellationToken), db.Now);
        db.Record(
            "rotation.due",
            Recording.Operator,
            ("account", account.Id),
            ("request", line.Request),
            ("by", account.RotateBy!.Value.UtcDateTime.ToString("O"))
        );
    }
}
