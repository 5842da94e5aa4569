using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Transfers;

namespace RootCustody.Couriers.Transfers;

/// <summary>What a vault keeps of an account that was handed over is destroyed, once two people of the provider have ended its custody. May die anywhere, and may run twice.</summary>
public sealed class DestroyTransferred(CustodyDb db, IEnumerable<IVaultGenerations> vaults)
{
    /// <summary>How often those in charge are told that something is left which only operators of the vault can destroy.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromDays(1);

    /// <exception cref="VaultException">It was not finished; it is tried again.</exception>
    public async Task HandleAsync(TransferId id, Half half, CancellationToken cancellationToken)
    {
        var transfer = await db.Transfers.AsNoTracking().SingleAsync(t => t.Id == id, cancellationToken);
        if (!transfer.IsToBeDestroyed || transfer.DestroyedAt(half) is not null)
            return;
        var left = await vaults.Single(v => v.Half == half).EndAsync(transfer.Account, cancellationToken);
        await db.DecideAsync(() => RecordAsync(id, half, left, cancellationToken), cancellationToken);
    }

    private async Task<bool> RecordAsync(
        TransferId id,
        Half half,
        IReadOnlyList<StoredSecret> left,
        CancellationToken cancellationToken
    )
    {
        var transfer = await db.Transfers.SingleAsync(t => t.Id == id, cancellationToken);
        if (transfer.DestroyedAt(half) is not null)
            return false; // another was faster, and has recorded it
        if (left.Count > 0)
            return await TellAsync(transfer, half, left, cancellationToken);
        transfer.Destroyed(half, db.Now);
        db.Raise(transfer);
        if (half == Half.Password)
            db.OldPasswords.RemoveRange(
                await db.OldPasswords.Where(o => o.Account == transfer.Account).ToListAsync(cancellationToken)
            );
        db.Record(
            "transfer.destroyed",
            Recording.System,
            ("transfer", id),
            ("account", transfer.Account),
            ("half", half)
        );
        return true;
    }

    private async Task<bool> TellAsync(
        Transfer transfer,
        Half half,
        IReadOnlyList<StoredSecret> left,
        CancellationToken cancellationToken
    )
    {
        if (db.Now < transfer.OperatorsToldAt + TellEvery)
            return false;
        transfer.OperatorsWereTold(db.Now);
        var account = await db.Accounts.SingleAsync(a => a.Id == transfer.Account, cancellationToken);
        await db.AlertThoseInChargeAsync(
            Card.Of(
                $"{transfer.Name}: an operator of the {half.Word()} vault has to destroy what is left",
                $"Account {account.Number} ({account.Name}) was handed over. The courier may not delete there, so that nobody who steals it can. Have an operator of the vault delete: {string.Join(", ", left.Select(s => s.Place))}. The certificate is made once it is gone."
            ),
            cancellationToken
        );
        return true;
    }
}
