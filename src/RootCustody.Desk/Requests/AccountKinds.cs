using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Desk.Requests;

internal static class AccountKinds
{
    /// <summary>Where an account stands, as far as the directory says.</summary>
    public static async Task<AccountKind> KindOfAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    ) =>
        account.GovCloudOf is not null ? AccountKind.GovCloud
        : account.Management is not null ? AccountKind.Member
        : await db.Accounts.AnyAsync(a => a.Management == account.Id, cancellationToken) ? AccountKind.Management
        : AccountKind.Standalone;
}
