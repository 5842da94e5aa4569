using RootCustody.Accounts;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Inventories;

/// <summary>What the database knows of devices whose seeds are in the vault, to hold the vault against.</summary>
internal sealed class BookedSeeds(IReadOnlyList<MfaDevice> devices, DateTimeOffset now)
{
    private readonly Dictionary<(AccountId, int), MfaDevice> booked = devices.ToDictionary(d =>
        (d.Account, d.Generation)
    );

    /// <summary>How many seeds are of devices that are gone, or were turned down.</summary>
    public int SpareOf(ILookup<Account, StoredSecret> stored) =>
        stored.Sum(of => of.Count(s => DeviceOf(of.Key, s)?.State is DeviceState.Gone or DeviceState.TurnedDown));

    public IEnumerable<Stray> StraysOf(
        Dictionary<AccountId, Account> accounts,
        ILookup<Account, StoredSecret> stored
    ) =>
        stored
            .SelectMany(of => of.Select(s => StrayOf(of.Key, s)))
            .Concat(devices.Select(d => MissingOf(d, accounts[d.Account], stored)))
            .OfType<Stray>()
            .OrderBy(s => s.Account, StringComparer.Ordinal)
            .ThenBy(s => s.Generation);

    private MfaDevice? DeviceOf(Account account, StoredSecret stored) =>
        booked.GetValueOrDefault((account.Id, stored.Generation));

    private Stray? StrayOf(Account account, StoredSecret stored) =>
        DeviceOf(account, stored) switch
        {
            null => Stray.UnknownGeneration(Half.Mfa, account.Number, stored),
            { State: DeviceState.Stranded } => Stray.NeverInUse(Half.Mfa, account.Number, stored),
            { State: DeviceState.Arriving } late when !late.IsArrivingAt(now) => Stray.NeverInUse(
                Half.Mfa,
                account.Number,
                stored
            ),
            { State: DeviceState.Waiting } late when !late.IsProposedAt(now) => Stray.NeverInUse(
                Half.Mfa,
                account.Number,
                stored
            ),
            _ => null,
        };

    private Stray? MissingOf(MfaDevice device, Account account, ILookup<Account, StoredSecret> stored) =>
        (device.Serves || device.IsProposedAt(now)) && stored[account].All(s => s.Generation != device.Generation)
            ? Stray.Missing(Half.Mfa, account.Number, device.Generation, device.Label)
            : null;
}
