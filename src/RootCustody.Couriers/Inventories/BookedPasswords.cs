using RootCustody.Accounts;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Inventories;

/// <summary>What the database knows of passwords, to hold the vault against.</summary>
/// <param name="booked">Each generation that was ever made or typed.</param>
/// <param name="pending">Each generation that a rotation was about.</param>
/// <param name="old">Those that wait for their end.</param>
internal sealed class BookedPasswords(
    HashSet<(AccountId, int)> booked,
    HashSet<(AccountId, int)> pending,
    ILookup<AccountId, OldPasswords> old
)
{
    public IEnumerable<Stray> StraysOf(IEnumerable<Account> accounts, ILookup<Account, StoredSecret> stored) =>
        accounts
            .OrderBy(a => a.Number, StringComparer.Ordinal)
            .SelectMany(account =>
                stored[account].Select(s => StrayOf(account, s)).Append(MissingOf(account, stored[account]))
            )
            .OfType<Stray>();

    private Stray? StrayOf(Account account, StoredSecret stored)
    {
        var generation = stored.Generation;
        if (generation == account.PasswordGeneration)
            return stored.IsHidden ? Stray.Hidden(Half.Password, account.Number, stored) : null;
        if (generation > account.PasswordGeneration)
        {
            if (pending.Contains((account.Id, generation)))
                return null; // a rotation that stopped may have put it in force at AWS
            if (!booked.Contains((account.Id, generation)))
                return Stray.UnknownGeneration(Half.Password, account.Number, stored);
            return account.PasswordGeneration == 0 ? Stray.NeverInUse(Half.Password, account.Number, stored) : null;
        }
        return old[account.Id].Any(o => generation >= o.From && generation <= o.Through)
            ? null
            : Stray.Outlived(account.Number, stored);
    }

    private static Stray? MissingOf(Account account, IEnumerable<StoredSecret> stored) =>
        account.PasswordGeneration > 0 && stored.All(s => s.Generation != account.PasswordGeneration)
            ? Stray.Missing(Half.Password, account.Number, account.PasswordGeneration, "")
            : null;
}
