using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Playground.Nodes;

/// <summary>What is broken in a node on purpose, so that the checks can be seen to find it.</summary>
public enum NodeFlaw
{
    None,

    /// <summary>A card is forgotten in the transaction that it tells of.</summary>
    LosesACard,

    /// <summary>The exposure is recorded when the half has been shown, not before.</summary>
    RevealsThenRecords,

    /// <summary>The exposure is recorded without its audit entry.</summary>
    KeepsNoLog,
}

/// <summary>Breaks what is saved.</summary>
internal sealed class Flawed(NodeFlaw flaw) : SaveChangesInterceptor
{
    private readonly Lock gate = new();
    private readonly List<object> late = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db)
        {
            lock (gate)
                Break(db);
        }
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    private void Break(DbContext db)
    {
        switch (flaw)
        {
            case NodeFlaw.LosesACard:
                Drop<OutboxRow>(db, row => row.Place.Purpose == Purpose.Pointer && row.Place.Bot == Bot.Password);
                break;
            case NodeFlaw.KeepsNoLog:
                Drop<AuditRow>(db, IsOfExposure);
                break;
            case NodeFlaw.RevealsThenRecords:
                RecordLate(db);
                break;
        }
    }

    private void RecordLate(DbContext db)
    {
        if (late.Count > 0 && db.ChangeTracker.Entries<Request>().Any())
        {
            // what became of it is recorded: it was shown
            db.AddRange(late);
            late.Clear();
            return;
        }
        List<object> now = [.. Drop<Exposure>(db, _ => true), .. Drop<AuditRow>(db, IsOfExposure)];
        late.AddRange(now);
    }

    private static bool IsOfExposure(AuditRow row) =>
        row.Entry.Contains("\"exposure.recorded\"", StringComparison.Ordinal);

    private static List<T> Drop<T>(DbContext db, Func<T, bool> isMeant)
        where T : class
    {
        var dropped = db
            .ChangeTracker.Entries<T>()
            .Where(e => e.State == EntityState.Added && isMeant(e.Entity))
            .ToList();
        foreach (var entry in dropped)
            entry.State = EntityState.Detached;
        return [.. dropped.Select(e => e.Entity)];
    }
}
