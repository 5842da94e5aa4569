using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>Finds a key that serves by what people type.</summary>
internal static class HeldKeys
{
    public const string NoSuch = "No account with this number has a key of this name in the register. Check both.";

    /// <returns>Nothing for whoever may not know whose it is (law 12).</returns>
    public static async Task<(Account?, MfaDevice?, Standing?)> FindKeyAsync(
        this CustodyDb db,
        string accountNumber,
        string label,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        if (
            await db.Accounts.SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken) is not { } account
            || await db.StandingAsync(by, account, cancellationToken, through) is not { IsOutsider: false } standing
        )
            return (null, null, null);
        var devices = await db.MfaDevices.Where(d => d.Account == account.Id).ToListAsync(cancellationToken);
        var device = devices.Find(d =>
            d.IsHeldOutside && d.Serves && d.Label.Equals(label, StringComparison.OrdinalIgnoreCase)
        );
        return (account, device, standing);
    }
}
