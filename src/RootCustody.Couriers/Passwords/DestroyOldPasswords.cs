using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Couriers.Passwords;

/// <summary>Old generations of one account whose time is over are destroyed in the vault. May die anywhere, and may run twice.</summary>
public sealed class DestroyOldPasswords(CustodyDb db, PasswordVault vault)
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(6);

    /// <exception cref="VaultException">It was not finished; it is tried again later.</exception>
    public async Task HandleAsync(AccountId account, int through, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindDeadAsync(account, through, cancellationToken) is not { } old)
                return;
            await RefuseAnOlderVaultAsync(old, cancellationToken);
            for (var generation = old.From; generation <= old.Through; generation++)
                await vault.DestroyAsync(account, generation, cancellationToken);
            await RecordAsync(account, through, cancellationToken);
        }
        catch (VaultException)
        {
            await PutOffAsync(account, through, cancellationToken); // else they would stand before those that can be destroyed
            throw;
        }
    }

    /// <returns>What is to be destroyed; null if another was faster, or if some of it may live.</returns>
    private Task<OldPasswords?> FindDeadAsync(AccountId id, int through, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var old = await FindAsync(id, through, cancellationToken);
                if (old is null || old.DestroyAt > db.Now)
                    return null;
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var pending = await db
                    .Requests.Where(r =>
                        r.Account == id
                        && r.PendingGeneration != null
                        && (
                            r.State == RequestState.Asked
                            || r.State == RequestState.Approved
                            || r.State == RequestState.Open
                        )
                    )
                    .Select(r => r.PendingGeneration!.Value)
                    .ToListAsync(cancellationToken);
                if (old.AreDead(account, pending))
                    return old;
                old.PutOff(db.Now + Later); // the database was put back to where they still lived
                return null;
            },
            cancellationToken
        );

    /// <summary>What it counts as old may be its newest, which a vault that was put back would give away again.</summary>
    private async Task RefuseAnOlderVaultAsync(OldPasswords old, CancellationToken cancellationToken)
    {
        if (await vault.LatestAsync(old.Account, cancellationToken) <= old.Through)
            throw new VaultException(
                VaultFailure.Behind,
                gaveNoHalf: true,
                "The vault is older than the database: nothing of it is destroyed. Restore it from its newest backup."
            );
    }

    private Task<bool> RecordAsync(AccountId account, int through, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                if (await FindAsync(account, through, cancellationToken) is not { } old)
                    return false; // another was faster, and has recorded it
                db.OldPasswords.Remove(old);
                for (var generation = old.From; generation <= old.Through; generation++)
                    db.Record("password.destroyed", Recording.System, ("account", account), ("generation", generation));
                return true;
            },
            cancellationToken
        );

    private Task<bool> PutOffAsync(AccountId account, int through, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                (await FindAsync(account, through, cancellationToken))?.PutOff(db.Now + Later);
                return true;
            },
            cancellationToken
        );

    private Task<OldPasswords?> FindAsync(AccountId account, int through, CancellationToken cancellationToken) =>
        db.OldPasswords.SingleOrDefaultAsync(o => o.Account == account && o.Through == through, cancellationToken);
}
