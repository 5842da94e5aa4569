using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Couriers.Passwords;

/// <summary>Books a password before it gets in, so that no two accounts ever get the same: by its fingerprint, which only its vault can make.</summary>
public sealed class BookPassword(CustodyDb db, PasswordVault vault)
{
    /// <returns>Null: it is booked, and was never before. Otherwise for what it was booked before.</returns>
    /// <exception cref="Vault.VaultException">The vault could not make the fingerprint.</exception>
    public async Task<KnownPassword?> HandleAsync(
        AccountId account,
        int generation,
        Secret password,
        CancellationToken cancellationToken
    )
    {
        var fingerprint = await vault.FingerprintAsync(password, cancellationToken);
        return await db.DecideAsync(
            async () =>
            {
                var known = await db
                    .KnownPasswords.AsNoTracking()
                    .SingleOrDefaultAsync(k => k.Fingerprint == fingerprint.Value, cancellationToken);
                if (known is null)
                    db.KnownPasswords.Add(KnownPassword.Of(fingerprint, account, generation));
                return known;
            },
            cancellationToken
        );
    }
}
