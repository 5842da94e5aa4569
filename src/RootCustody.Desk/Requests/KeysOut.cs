using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Desk.Requests;

/// <summary>A key that somebody was told the place of, and that is not confirmed back. The place itself the desk never reads.</summary>
/// <param name="Label">The name of the device.</param>
/// <param name="With">The name of whom it is with.</param>
internal sealed record KeyOut(Account Account, string Label, string With, DateTimeOffset Since);

internal static class KeysOut
{
    /// <param name="request">Those of its window only; null for all.</param>
    public static async Task<List<KeyOut>> KeysOutAsync(
        this CustodyDb db,
        IQueryable<Account> accounts,
        RequestId? request,
        CancellationToken cancellationToken
    ) =>
        await (
            from key in db.HeldKeys
            join device in db.MfaDevices on key.Device equals device.Id
            join account in accounts on key.Account equals account.Id
            join person in db.People on key.OutWith equals person.Id
            where request == null || key.OutIn == request
            orderby key.OutSince
            select new KeyOut(account, device.Label, person.Name, key.OutSince!.Value)
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
}
