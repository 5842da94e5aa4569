using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.People.Orders;

namespace RootCustody.Desk.Custody;

/// <summary>Tells those in charge of closed accounts that AWS cannot reopen any more and whose secrets are still kept: all of them on one card, again after a month.</summary>
public sealed class RemindOfClosed(CustodyDb db)
{
    private const int MostNamed = 20;
    private static readonly TimeSpan Every = TimeSpan.FromDays(30);

    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    public async Task RunAsync(CancellationToken cancellationToken) =>
        await db.DecideAsync(() => RemindAsync(cancellationToken), cancellationToken);

    private async Task<bool> RemindAsync(CancellationToken cancellationToken)
    {
        var (closedBefore, toldBefore) = (db.Now - Ending.MayReopenFor, db.Now - Every);
        var closed = await db
            .Accounts.Where(a => a.ClosedAt <= closedBefore && a.HandedOverAt == null && a.GovCloudOf == null)
            .Where(a => !db.Endings.Any(e => e.Account == a.Id && (e.DecidedAt != null || e.ToldAt > toldBefore)))
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);
        var waiting = await WithoutUsersOfAsync(closed, cancellationToken);
        foreach (var account in waiting)
        {
            if (await db.Endings.FindAsync([account.Id], cancellationToken) is not { } ending)
                db.Endings.Add(ending = Ending.Of(account.Id));
            ending.WasTold(db.Now);
        }
        if (waiting.Count > 0)
            await db.AlertThoseInChargeAsync(CardOf(waiting), cancellationToken);
        return waiting.Count > 0;
    }

    /// <summary>An IAM user whose account is closed too ends with that.</summary>
    private async Task<List<Account>> WithoutUsersOfAsync(List<Account> closed, CancellationToken cancellationToken)
    {
        var digits = closed.Where(a => a.User is not null).Select(a => a.Digits).ToList();
        var roots = await db
            .Accounts.Where(a => a.ClosedAt != null && digits.Contains(a.Number))
            .Select(a => a.Number)
            .ToListAsync(cancellationToken);
        return closed.FindAll(a => a.User is null || !roots.Contains(a.Digits));
    }

    private static Card CardOf(List<Account> waiting)
    {
        var more = waiting.Count > MostNamed ? $" and {waiting.Count - MostNamed} more" : "";
        return Card.Of(
            waiting.Count == 1 ? "A closed account can be ended" : $"{waiting.Count} closed accounts can be ended",
            $"AWS reopens an account for {Ending.MayReopenFor.TotalDays:0} days after it was closed, and these are past that: {string.Join(", ", waiting.Take(MostNamed).Select(a => a.Shown()))}{more}. Their secrets are still in the vaults. Two administrators have them destroyed, such as: end-account {waiting[0].Number}"
        );
    }
}
