using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using RootCustody.Data;

namespace RootCustody.Playground;

/// <summary>Brings an MFA device into custody: Dora has the seed and two codes of it, and a custodian vouches. As the forms in the chat would, which other tests play.</summary>
internal static class SeedIntake
{
    public const string Label = "Authenticator";

    /// <returns>The seed in Base32, for tests that look for it.</returns>
    /// <exception cref="InvalidOperationException">It did not get in.</exception>
    public static async Task<string> TakeAsync(IServiceProvider services, string number, TimeProvider clock)
    {
        var db = services.GetRequiredService<CustodyDb>();
        var dora = await db.People.AsNoTracking().Include(p => p.Identities).SingleAsync(p => p.Key == "dora");
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Number == number);
        var custodian = (await db.CustodiansAsync(account, Half.Mfa, CancellationToken.None))[0];
        var bytes = RandomNumberGenerator.GetBytes(20);
        var text = Base32Encoding.ToString(bytes);
        var totp = new Totp([.. bytes]);
        var now = clock.GetUtcNow().UtcDateTime;
        using var seed = new SeedText.Accepted(Secret.Take(bytes), TotpShape.Usual);
        var outcome = await services
            .GetRequiredService<TakeSeed>()
            .HandleAsync(
                number,
                Label,
                seed,
                (totp.ComputeTotp(now.AddSeconds(-30)), totp.ComputeTotp(now)),
                dora.Id,
                dora.Identities[0].ChatUser,
                CancellationToken.None
            );
        return
            outcome is TakeSeed.Outcome.Taken taken
            && await services
                .GetRequiredService<VouchForDevice>()
                .HandleAsync(taken.Device, "", custodian.Id, custodian.Identities[0].ChatUser, CancellationToken.None)
                is VouchForDevice.Outcome.Done
            ? text
            : throw new InvalidOperationException($"The MFA device of {number} did not get into custody.");
    }
}
