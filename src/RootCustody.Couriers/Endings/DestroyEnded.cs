using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;

namespace RootCustody.Couriers.Endings;

/// <summary>What a vault keeps of a closed account is destroyed, once two administrators have ended it. May die anywhere, and may run twice.</summary>
public sealed class DestroyEnded(CustodyDb db, IEnumerable<IVaultGenerations> vaults)
{
    /// <exception cref="VaultException">It was not finished; it is tried again.</exception>
    public async Task HandleAsync(AccountId id, Half half, CancellationToken cancellationToken)
    {
        var ending = await db.Endings.AsNoTracking().SingleOrDefaultAsync(e => e.Account == id, cancellationToken);
        if (ending?.DecidedAt is null || ending.DestroyedAt(half) is not null)
            return;
        var left = await vaults.Single(v => v.Half == half).EndAsync(id, cancellationToken);
        await db.DecideAsync(() => RecordAsync(id, half, left, cancellationToken), cancellationToken);
    }

    private async Task<bool> RecordAsync(
        AccountId id,
        Half half,
        IReadOnlyList<StoredSecret> left,
        CancellationToken cancellationToken
    )
    {
        var ending = await db.Endings.SingleAsync(e => e.Account == id, cancellationToken);
        if (ending.DestroyedAt(half) is not null)
            return false; // another was faster, and has recorded it
        if (left.Count > 0)
            return await TellAsync(ending, half, left, cancellationToken);
        ending.Destroyed(half, db.Now);
        if (half == Half.Password)
            db.OldPasswords.RemoveRange(
                await db.OldPasswords.Where(o => o.Account == id).ToListAsync(cancellationToken)
            );
        db.Record("account.destroyed", Recording.System, ("account", id), ("half", half));
        return true;
    }

    private async Task<bool> TellAsync(
        Ending ending,
        Half half,
        IReadOnlyList<StoredSecret> left,
        CancellationToken cancellationToken
    )
    {
        if (db.Now < ending.ToldAt + LeftForOperators.Every)
            return false;
        ending.WasTold(db.Now);
        var account = await db.Accounts.SingleAsync(a => a.Id == ending.Account, cancellationToken);
        await db.AlertThoseInChargeAsync(
            LeftForOperators.CardOf(
                $"Account {account.Number}",
                half,
                $"Account {account.Number} ({account.Name}) was ended.",
                left
            ),
            cancellationToken
        );
        return true;
    }
}
