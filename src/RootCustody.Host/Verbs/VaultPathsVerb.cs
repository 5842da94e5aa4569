using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Data;

namespace RootCustody.Host.Verbs;

/// <summary><c>vault paths</c>: where the halves lie in the vault, to be printed and kept with the runbook for the day when nobody can ask here.</summary>
internal static class VaultPathsVerb
{
    public static Command Make()
    {
        var paths = new Command(
            "paths",
            "Print for each account under which name and generation its halves lie in HashiCorp Vault or OpenBao. Keep it with the runbook. No secret is in it."
        );
        paths.Does(
            async (_, services, cancellationToken) =>
            {
                var settings = services.GetRequiredService<CustodySettings>();
                var db = services.GetRequiredService<CustodyDb>();
                var accounts = await db.Accounts.AsNoTracking().OrderBy(a => a.Number).ToListAsync(cancellationToken);
                var devices = (
                    await db.MfaDevices.AsNoTracking().OrderBy(d => d.Generation).ToListAsync(cancellationToken)
                )
                    .Where(d => d.Serves)
                    .ToLookup(d => d.Account);
                var keepers = await KeepersAsync(db, cancellationToken);
                foreach (var account in accounts)
                {
                    Console.WriteLine($"{account.Number}  {account.Name}");
                    Console.WriteLine(
                        account.PasswordGeneration == 0
                            ? "  password  none"
                            : $"  password  {settings.PasswordVault.Mount}  {KvPasswordVault.NameOf(account.Id)}  generation {account.PasswordGeneration}"
                    );
                    if (!devices.Contains(account.Id))
                        Console.WriteLine("  MFA       none");
                    foreach (var device in devices[account.Id])
                        Console.WriteLine(
                            device.IsHeldOutside
                                ? $"  MFA       held outside by {keepers[device.Id]}  generation {device.Generation}  {device.Label}"
                                : $"  MFA       {settings.MfaVault.Mount}  {TotpMfaVault.NameOf(account.Id, device.Generation)}  {device.Label}"
                        );
                }
                return Verb.Ok;
            }
        );
        return paths;
    }

    /// <summary>Who keeps which key, by their key: whoever has to do without us asks them where it is.</summary>
    private static Task<Dictionary<DeviceId, string>> KeepersAsync(CustodyDb db, CancellationToken cancellationToken) =>
        (
            from key in db.HeldKeys
            join person in db.People on key.Keeper equals person.Id
            select new { key.Device, person.Key }
        ).ToDictionaryAsync(k => k.Device, k => k.Key, cancellationToken);
}
