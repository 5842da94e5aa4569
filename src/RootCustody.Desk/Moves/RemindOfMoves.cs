using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.Moves;

/// <summary>Finds the moves that nobody has moved on for a while, and tells those who could.</summary>
public sealed class RemindOfMoves(CustodyDb db, TellOfMove tell)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(3);

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = db.Now - Every;
        var waiting = await db
            .Moves.UnderWay()
            .Where(m => m.ToldAt <= before)
            .OrderBy(m => m.ToldAt)
            .Select(m => m.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in waiting)
            await db.DecideAsync(() => RemindAsync(id, before, cancellationToken), cancellationToken);
    }

    private async Task<bool> RemindAsync(MoveId id, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var move = await db.Moves.SingleAsync(m => m.Id == id, cancellationToken);
        if (move.IsOver || move.ToldAt > before)
            return false; // another was faster
        var account = await db.Accounts.SingleAsync(a => a.Id == move.Account, cancellationToken);
        var beginner = await db
            .People.Include(p => p.Identities)
            .SingleAsync(p => p.Id == move.BegunBy, cancellationToken);
        await tell.RemindAsync(await db.OfAsync(move, account, beginner, cancellationToken), cancellationToken);
        return true;
    }
}
