using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Transfers;

namespace RootCustody.Couriers.Transfers;

/// <summary>What a vault keeps of an account that was handed over, and of its IAM users, is destroyed, once two people of the provider have ended its custody. May die anywhere, and may run twice.</summary>
public sealed class DestroyTransferred(CustodyDb db, IEnumerable<IVaultGenerations> vaults)
{
    /// <exception cref="VaultException">It was not finished; it is tried again.</exception>
    public async Task HandleAsync(TransferId id, Half half, CancellationToken cancellationToken)
    {
        var transfer = await db.Transfers.AsNoTracking().SingleAsync(t => t.Id == id, cancellationToken);
        if (!transfer.IsToBeDestroyed || transfer.DestroyedAt(half) is not null)
            return;
        var vault = vaults.Single(v => v.Half == half);
        var left = new List<StoredSecret>();
        foreach (var account in await OfAsync(transfer, cancellationToken))
            left.AddRange(await vault.EndAsync(account, cancellationToken));
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
        {
            var accounts = await OfAsync(transfer, cancellationToken);
            db.OldPasswords.RemoveRange(
                await db.OldPasswords.Where(o => accounts.Contains(o.Account)).ToListAsync(cancellationToken)
            );
        }
        db.Record(
            "transfer.destroyed",
            Recording.System,
            ("transfer", id),
            ("account", transfer.Account),
            ("half", half)
        );
        return true;
    }

    /// <summary>The account, and its IAM users that were handed over with it.</summary>
    private async Task<List<AccountId>> OfAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == transfer.Account, cancellationToken);
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        return [account.Id, .. users.Where(u => u.HandedOverAt is not null).Select(u => u.Id)];
    }

    private async Task<bool> TellAsync(
        Transfer transfer,
        Half half,
        IReadOnlyList<StoredSecret> left,
        CancellationToken cancellationToken
    )
    {
        if (db.Now < transfer.OperatorsToldAt + LeftForOperators.Every)
            return false;
        transfer.OperatorsWereTold(db.Now);
        var account = await db.Accounts.SingleAsync(a => a.Id == transfer.Account, cancellationToken);
        await db.AlertThoseInChargeAsync(
            LeftForOperators.CardOf(
                transfer.Name,
                half,
                $"Account {account.Number} ({account.Name}) was handed over.",
                left,
                "The certificate is made once it is gone."
            ),
            cancellationToken
        );
        return true;
    }
}
