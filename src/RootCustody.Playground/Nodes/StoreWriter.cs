using System.Globalization;
using RootCustody.Couriers.Passwords;

namespace RootCustody.Playground.Nodes;

/// <summary>Writes passwords into an embedded store, destroys old ones and changes the key, until it is killed. What is done is said, a line each, after it is done.</summary>
internal static class StoreWriter
{
    private const int Kept = 3;
    private const int RekeyEvery = 4;

    public static async Task<int> RunAsync(string directory, IEnumerable<string> accounts)
    {
        await using var done = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var vault = new SealedPasswordVault(directory);
        AccountId[] ids = [.. accounts.Select(a => new AccountId(Guid.Parse(a)))];
        for (var turn = 1; ; turn++)
        {
            foreach (var account in ids)
            {
                var latest = await vault.LatestAsync(account, CancellationToken.None);
                using var password = Secret.OfText(Password(account, latest + 1));
                var written = await vault.WriteAsync(account, latest, password, CancellationToken.None);
                await done.WriteLineAsync(Line("written", account, written));
                if (written <= Kept)
                    continue;
                await vault.DestroyAsync(account, written - Kept, CancellationToken.None);
                await done.WriteLineAsync(Line("destroyed", account, written - Kept));
            }
            if (turn % RekeyEvery != 0)
                continue;
            await vault.Upkeep.RekeyAsync(null, CancellationToken.None);
            await done.WriteLineAsync("rekeyed");
        }
    }

    /// <summary>What this generation has to be, so that whoever reads it later can tell whether it is.</summary>
    private static string Password(AccountId account, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{account}/{generation}");

    private static string Line(string what, AccountId account, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {account} {generation}");
}
