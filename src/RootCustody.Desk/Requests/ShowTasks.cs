using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Desk.Requests;

/// <summary>By what it is known how a task of root is done for one account.</summary>
public sealed class ShowTasks(CustodyDb db)
{
    /// <returns>Null if there is no such root user.</returns>
    public async Task<Ground?> OfAsync(string number, CancellationToken cancellationToken)
    {
        var account = await db
            .Accounts.AsNoTracking()
            .RootUsers()
            .SingleOrDefaultAsync(a => a.Number == number, cancellationToken);
        return account is null
            ? null
            : new Ground(
                account,
                await db.KindOfAsync(account, cancellationToken),
                await db
                    .Accounts.AsNoTracking()
                    .SingleOrDefaultAsync(a => a.Id == account.GovCloudOf, cancellationToken)
            );
    }

    /// <param name="Commercial">The account that opens it, if it is one of GovCloud.</param>
    public sealed record Ground(Account Account, AccountKind Kind, Account? Commercial);
}
