using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The seed of an MFA device gets in, once, checked by two consecutive codes. Who brought it in knows it from birth. It makes no codes before a custodian of the MFA half has vouched for it.</summary>
public sealed class TakeSeed(
    CustodyDb db,
    MfaVault vault,
    RecordBirth recordBirth,
    TellOfDevice tell,
    StrandDevices strand,
    TimeProvider clock
)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        /// <param name="Drift">How far the clock of the device is ahead, in steps of 30 s.</param>
        /// <param name="Asked">How many people were asked to vouch for it.</param>
        public sealed record Taken(DeviceId Device, int Generation, int Drift, int Asked) : Outcome;

        /// <param name="Field">Which of <see cref="DeviceForms"/> was wrong.</param>
        public sealed record Refused(string Field, string Why) : Outcome;
    }

    /// <summary>Says what is wrong with the codes; null if they prove the seed.</summary>
    public Outcome.Refused? WhyUnproven(Secret seed, (string First, string Second) codes) =>
        WhyUnproven(TwoCodes.DriftOf(seed, codes.First, codes.Second, clock.GetUtcNow()));

    private static Outcome.Refused? WhyUnproven(int? drift) =>
        drift switch
        {
            null => new Outcome.Refused(
                DeviceForms.Second,
                "These are not two consecutive codes of this seed. Type one code, wait for the next one, type that too, and send the form at once."
            ),
            { } found when !TwoCodes.Fits(found) => new Outcome.Refused(
                DeviceForms.Second,
                $"{TwoCodes.Say(found)} AWS takes no codes that are so far off. Let the device set its clock by the network, then type two new codes."
            ),
            _ => null,
        };

    /// <param name="codes">The code that an authenticator with this seed shows, and the one after it.</param>
    /// <param name="through">The chat identity through which they act.</param>
    /// <exception cref="VaultException">The vault or the courier's journal refused. That they know the seed may be on record.</exception>
    public async Task<Outcome> HandleAsync(
        string accountNumber,
        string label,
        SeedText.Accepted seed,
        (string First, string Second) codes,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var drift = TwoCodes.DriftOf(seed.Seed, codes.First, codes.Second, clock.GetUtcNow());
        if (WhyUnproven(drift) is { } unproven)
            return unproven;
        var (account, refused, why) = await LookAsync(accountNumber, label, by, through, cancellationToken);
        if (refused is not null)
            return refused;

        var latest = await vault.LatestAsync(account!.Id, cancellationToken);
        var barred = await recordBirth.HandleAsync(account.Id, Half.Mfa, latest + 1, [by], cancellationToken);
        if (barred.Count > 0)
            return new Outcome.Refused(
                DeviceForms.Account,
                "You know the password half of this account, so someone else has to bring in a device, and a new one: this seed is known to you. Remove it at AWS."
            );
        if (why is { } barring)
            return new Outcome.Refused(DeviceForms.Account, Sentences.For(barring));
        if (await WhyTwinAsync(account.Id, seed.Seed, cancellationToken) is { } twin)
            return twin;
        var bringing = new Bringing(account.Id, latest + 1, label, drift!.Value, by, through);
        var (device, taken) = await ExpectAsync(bringing, cancellationToken);
        if (taken is not null)
            return taken;
        try
        {
            await vault.SetSeedAsync(account.Id, latest, seed.Seed, seed.Shape, cancellationToken);
        }
        catch (VaultException)
        {
            await strand.HandleAsync(device, CancellationToken.None); // it may be there all the same
            throw;
        }
        return await ProposeAsync(device, bringing, cancellationToken);
    }

    /// <summary>What is to go in, without its seed.</summary>
    private sealed record Bringing(
        AccountId Account,
        int Generation,
        string Label,
        int Drift,
        PersonId By,
        ChatUser Through
    );

    /// <summary>The seeds cannot be read, but who makes the same code is the same.</summary>
    /// <remarks>Of one that is gone nobody is barred any more, and still its seed is known to some (law 1).</remarks>
    private async Task<Outcome.Refused?> WhyTwinAsync(
        AccountId account,
        Secret seed,
        CancellationToken cancellationToken
    )
    {
        var devices = await db
            .MfaDevices.AsNoTracking()
            .Where(d => d.Account == account)
            .ToListAsync(cancellationToken);
        foreach (
            var device in devices.Where(d =>
                !d.IsHeldOutside && (d.Serves || d.IsProposedAt(db.Now) || d.State == DeviceState.Gone)
            )
        )
        {
            if (await IsTwinAsync(device, seed, cancellationToken))
                return new Outcome.Refused(
                    DeviceForms.Seed,
                    device.State == DeviceState.Gone
                        ? $"This seed was in custody before, as {device.Label}, and is known to others. Remove it at AWS and set up a new device."
                        : $"This seed is in the vault already, as {device.Label}. Each device has one of its own: its codes could else be given to two people."
                );
        }
        return null;
    }

    private async Task<bool> IsTwinAsync(MfaDevice device, Secret seed, CancellationToken cancellationToken)
    {
        try
        {
            using var theirs = await vault.CodeAsync(
                device.Account,
                device.Generation,
                clock.GetUtcNow(),
                cancellationToken
            );
            using var ours = TotpCodes.Of(seed, TotpShape.Usual, TotpShape.Usual.StepAt(theirs.GoodUntil) - 1);
            return ours.Matches(theirs.Code.Bytes);
        }
        catch (VaultException missing) when (missing.Failure == VaultFailure.Missing)
        {
            return false; // a device that was lost there must not keep its successor out
        }
    }

    private Task<(Account?, Outcome.Refused?, Refusal?)> LookAsync(
        string accountNumber,
        string label,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(Account?, Outcome.Refused?, Refusal?)>(
            async () =>
            {
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);
                if (account is null)
                    return (null, Unknown(accountNumber), null);
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                if (standing.IsOutsider)
                    return (null, Unknown(accountNumber), null); // law 12: a contact does not learn whose it is
                var why = Eligibility.WhyNotBringIn(standing);
                if (why is { } refused)
                    await db.RefusedAsync(
                        by,
                        "device.refused",
                        cancellationToken,
                        ("account", account.Id),
                        ("why", refused)
                    );
                return (account, await WhyNoPlaceAsync(account, label, cancellationToken), why);
            },
            cancellationToken
        );

    private static Outcome.Refused Unknown(string accountNumber) =>
        new(DeviceForms.Account, DeviceRoom.Unknown(accountNumber));

    private async Task<Outcome.Refused?> WhyNoPlaceAsync(
        Account account,
        string label,
        CancellationToken cancellationToken
    ) =>
        await db.WhyNoRoomAsync(account, label, cancellationToken) is var (field, why)
            ? new Outcome.Refused(field, why)
            : null;

    /// <summary>The place is kept before the vault is asked: whatever dies afterwards, the seed is not forgotten there, and no other goes in under the same generation.</summary>
    private Task<(DeviceId, Outcome.Refused?)> ExpectAsync(Bringing bringing, CancellationToken cancellationToken) =>
        db.DecideAsync<(DeviceId, Outcome.Refused?)>(
            async () =>
            {
                var (id, generation, label, drift, by, _) = bringing;
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var device = await db.MfaDevices.SingleOrDefaultAsync(
                    d => d.Account == id && d.Generation == generation,
                    cancellationToken
                );
                if (device is not null && WhyNotInstead(device) is { } before)
                    return (default, before);
                if (await WhyNoPlaceAsync(account, label, cancellationToken) is { } taken)
                    return (default, taken); // by somebody else meanwhile
                if (device is null)
                    db.MfaDevices.Add(device = MfaDevice.Expected(id, generation, label, drift, by, db.Now));
                else
                    device.ExpectInstead(label, drift, by, db.Now);
                db.Record("device.expected", by, [.. TellOfDevice.Details(device), ("drift", drift)]);
                return (device.Id, null);
            },
            cancellationToken
        );

    /// <summary>The vault has no seed of this generation, but we know of a device.</summary>
    private Outcome.Refused? WhyNotInstead(MfaDevice device) =>
        device.IsArrivingAt(db.Now)
            ? new Outcome.Refused(
                DeviceForms.Account,
                "Another device of this account is on its way into the vault at this moment. Try it again in a few minutes."
            )
        : device.State is DeviceState.Arriving or DeviceState.Stranded ? null
        : new Outcome.Refused(
            DeviceForms.Account,
            $"The vault has lost the seed of {device.Label}: it is older than the database. An operator has to restore it from its newest backup first."
        );

    private Task<Outcome> ProposeAsync(DeviceId id, Bringing bringing, CancellationToken cancellationToken) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == bringing.Account, cancellationToken);
                var device = await db.MfaDevices.SingleAsync(d => d.Id == id, cancellationToken);
                var standing = await db.StandingAsync(bringing.By, account, cancellationToken, bringing.Through);
                if (Eligibility.WhyNotBringIn(standing) is { } why)
                {
                    if (device.Strand())
                        await tell.OfStrandedAsync(device, account, cancellationToken);
                    return new Outcome.Refused(DeviceForms.Account, Sentences.For(why)); // since a moment ago
                }
                if (!device.GotIn(db.Now))
                    return new Outcome.Refused(
                        DeviceForms.Seed,
                        "It took too long until it was in the vault, and was given up. Remove the device at AWS and set up a new one."
                    );
                db.Record("device.proposed", bringing.By, [.. TellOfDevice.Details(device), ("drift", device.Drift)]);
                var asked = await tell.AskAsync(device, account, cancellationToken);
                return new Outcome.Taken(device.Id, device.Generation, device.Drift, asked);
            },
            cancellationToken
        );
}
