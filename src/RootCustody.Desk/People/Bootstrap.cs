using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.People;

/// <summary>Before the first half is in a vault there is nothing to steal: the command line acts at once. From then on it only proposes.</summary>
internal static class Bootstrap
{
    /// <summary>Whether it lasts; that it does has to stay true until the commit (law 9).</summary>
    public static async Task<bool> LastsAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        var accounts = await db.Accounts.ToListAsync(cancellationToken);
        if (accounts.Exists(a => a.PasswordGeneration > 0 || a.MfaGeneration != 0))
            return false;
        accounts.ForEach(db.Raise);
        return true;
    }
}
