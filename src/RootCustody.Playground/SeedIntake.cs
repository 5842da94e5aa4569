using System.Security.Cryptography;
using OtpNet;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;

namespace RootCustody.Playground;

/// <summary>Brings a fresh MFA seed into the vault, with the two codes that an authenticator would show.</summary>
internal static class SeedIntake
{
    /// <returns>The seed in Base32, for tests that look for it.</returns>
    /// <exception cref="InvalidOperationException">It did not get in.</exception>
    public static async Task<string> TakeAsync(TakeSeed take, string account, TimeProvider clock)
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        var text = Base32Encoding.ToString(bytes);
        var totp = new Totp([.. bytes]);
        var now = clock.GetUtcNow().UtcDateTime;
        using var seed = Secret.Take(bytes);
        var taken = await take.HandleAsync(
            account,
            seed,
            TotpShape.Usual,
            totp.ComputeTotp(now.AddSeconds(-30)),
            totp.ComputeTotp(now),
            "olaf",
            CancellationToken.None
        );
        return taken is TakeSeed.Outcome.Taken
            ? text
            : throw new InvalidOperationException($"The seed of {account} did not get into the vault.");
    }
}
