using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What custodians of the MFA half say about its devices: it is right, it is wrong, it is gone. Nothing comes of one person's word alone.</summary>
public sealed class VouchForDevice(CustodyDb db, RecordBirth recordBirth, TellOfDevice tell)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Done(string Sentence) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <summary>The device, if this person could vouch for it now.</summary>
    public Task<(MfaDevice? Device, string? WhyNot)> LookAsync(
        DeviceId id,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(MfaDevice?, string?)>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not var (device, account))
                    return (null, Sentences.For(Refusal.NotProposed));
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                return device.WhyNotVouch(standing, db.Now) is { } why
                    ? (null, await RefusedAsync(device, by, why, cancellationToken))
                    : (device, null);
            },
            cancellationToken
        );

    /// <summary>Whether who gives the second word on it has to have seen its seal.</summary>
    internal static bool AsksForSeal(MfaDevice device) =>
        device.IsHeldOutside && device.State is DeviceState.Waiting or DeviceState.Moving;

    /// <summary>The second word. Their step-up was asked for.</summary>
    /// <param name="seal">The number of the seal that they see, where it is asked for.</param>
    /// <exception cref="VaultException">The courier cannot write its journal. That they were at the key may be on record.</exception>
    public async Task<Outcome> HandleAsync(
        DeviceId id,
        string seal,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (device, why) = await LookAsync(id, by, through, cancellationToken);
        if (device is null)
            return new Outcome.Refused(why!);
        if (AsksForSeal(device))
        {
            if (await WhyNotSeenAsync(device, seal, by, cancellationToken) is { } unseen)
                return unseen;
            // whoever was at the key counts as having had it in hand (law 1); on record before it serves
            await recordBirth.HandleAsync(device.Account, Half.Mfa, device.Generation, [by], cancellationToken);
        }
        return await DecideAsync(id, by, through, cancellationToken);
    }

    private Task<Outcome.Refused?> WhyNotSeenAsync(
        MfaDevice device,
        string seal,
        PersonId by,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var key = await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken);
                if (seal == (device.State == DeviceState.Moving ? key.Next?.Seal : key.Seal))
                    return null;
                await db.RefusedAsync(
                    by,
                    "device.refused",
                    cancellationToken,
                    ("device", device.Id),
                    ("account", device.Account),
                    ("why", "OtherSeal")
                );
                return new Outcome.Refused(
                    "That is not the number that whoever proposed it typed. Look at the seal again; if it differs, press that it is wrong."
                );
            },
            cancellationToken
        );

    private Task<Outcome> DecideAsync(
        DeviceId id,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not var (device, account))
                    return new Outcome.Refused(Sentences.For(Refusal.NotProposed));
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                var moves = device.State == DeviceState.Moving;
                if (device.Vouch(standing, account, db.Now, out var retirement) is { } why)
                    return new Outcome.Refused(await RefusedAsync(device, by, why, cancellationToken));
                if (retirement is not null)
                    db.Retirements.Add(retirement);
                db.Record(
                    moves ? "key.moved"
                        : retirement is null ? "device.vouched"
                        : "device.gone",
                    by,
                    TellOfDevice.Details(device)
                );
                if (device.IsHeldOutside)
                    await EnterAsync(device, cancellationToken);
                var sentence = SayDecided(device, moves);
                await tell.OfOutcomeAsync(device, account, sentence, cancellationToken);
                return new Outcome.Done(sentence);
            },
            cancellationToken
        );

    private static string SayDecided(MfaDevice device, bool moves) =>
        (device.State, device.IsHeldOutside) switch
        {
            (DeviceState.Gone, false) => $"{device.Label} is gone: it makes no codes any more.",
            (DeviceState.Gone, true) => $"{device.Label} is gone: nobody is told where it is any more.",
            (_, false) => $"{device.Label} is in custody: it makes codes from now on.",
            (_, true) when moves => $"{device.Label} has moved: holders are told its new place from now on.",
            (_, true) => $"{device.Label} is in custody: holders are told where it is from now on.",
        };

    /// <summary>The register, and who keeps what opens this half without us (law 1), say the same.</summary>
    private async Task EnterAsync(MfaDevice device, CancellationToken cancellationToken)
    {
        var key = await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken);
        var kept = await db
            .Keepers.Where(k =>
                k.Account == device.Account && k.Thing == KeptThing.MfaDevice && k.Label == device.Label
            )
            .ToListAsync(cancellationToken);
        if (device.State == DeviceState.Gone)
        {
            db.Keepers.RemoveRange(kept.Where(k => k.Person == key.Keeper));
            db.HeldKeys.Remove(key);
            return;
        }
        var before = key.Keeper;
        key.Settle();
        if (before != key.Keeper)
            db.Keepers.RemoveRange(kept.Where(k => k.Person == before));
        if (!kept.Exists(k => k.Person == key.Keeper))
            db.Keepers.Add(Keeper.Of(device.Account, key.Keeper, KeptThing.MfaDevice, device.Label, db.Now));
    }

    /// <summary>It is wrong. That takes nobody's second word, for it gives nothing.</summary>
    public Task<Outcome> TurnDownAsync(
        DeviceId id,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not var (device, account))
                    return new Outcome.Refused(Sentences.For(Refusal.NotProposed));
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                var moved = device.State == DeviceState.Moving;
                if (device.TurnDown(standing, db.Now) is { } why)
                    return new Outcome.Refused(await RefusedAsync(device, by, why, cancellationToken));
                db.Record("device.turned-down", by, TellOfDevice.Details(device));
                if (device.IsHeldOutside)
                    await ForgetAsync(device, cancellationToken);
                var sentence = SayTurnedDown(device, moved);
                await tell.OfOutcomeAsync(device, account, sentence, cancellationToken);
                await db.AlertDutyAsync(
                    Card.Of(
                        $"A custodian contradicted what was said about an MFA device of account {account.Number}.",
                        sentence
                    ),
                    cancellationToken
                );
                return new Outcome.Done(sentence);
            },
            cancellationToken
        );

    private static string SayTurnedDown(MfaDevice device, bool moved) =>
        (device.State, device.IsHeldOutside) switch
        {
            (DeviceState.InUse, _) when moved => $"{device.Label} has not moved, it was said: its old place counts.",
            (DeviceState.InUse, true) => $"{device.Label} is still there, it was said: holders are told where it is.",
            (DeviceState.InUse, false) => $"{device.Label} is still there, it was said: it makes codes on.",
            (_, true) =>
                $"{device.Label} was turned down: nobody is told where it is. Whoever set it up at AWS removes it there.",
            (_, false) =>
                $"{device.Label} was turned down: it makes no codes. Whoever set it up at AWS removes it there.",
        };

    private async Task ForgetAsync(MfaDevice device, CancellationToken cancellationToken)
    {
        var key = await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken);
        key.Forget();
        if (device.State == DeviceState.TurnedDown)
            db.HeldKeys.Remove(key);
    }

    /// <summary>The first word that a device is gone at AWS. Their step-up was asked for.</summary>
    public Task<Outcome> RetireAsync(
        string accountNumber,
        string label,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);
                if (account is null)
                    return NoSuch();
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                if (standing.IsOutsider)
                    return NoSuch(); // law 12
                var devices = await db.MfaDevices.Where(d => d.Account == account.Id).ToListAsync(cancellationToken);
                var living = devices.FindAll(d => d.Serves);
                if (living.Find(d => d.Label.Equals(label, StringComparison.OrdinalIgnoreCase)) is not { } device)
                    return NoSuch();
                var staying = living.Count(d => d != device && d.State == DeviceState.InUse);
                if (device.Leave(standing, staying, db.Now) is { } why)
                    return new Outcome.Refused(await RefusedAsync(device, by, why, cancellationToken));
                foreach (var other in living)
                    db.Raise(other); // two that leave at once must not both take the other for the one that stays (law 9)
                db.Record("device.leaving", by, TellOfDevice.Details(device));
                var asked = await tell.AskAsync(device, account, cancellationToken);
                return new Outcome.Done(SayAsked(asked));
            },
            cancellationToken
        );

    /// <summary>What whoever said the first word is told.</summary>
    internal static string SayAsked(int asked) =>
        asked == 0
            ? $"Another custodian of the MFA half has to say so too within {MfaDevice.WaitsFor.TotalDays:0} days, but none can be asked now: call an administrator."
            : $"Another custodian of the MFA half has to say so too within {MfaDevice.WaitsFor.TotalDays:0} days; {asked} of them can now.";

    private static Outcome.Refused NoSuch() =>
        new("No account with this number has a device of this name in use. Check both.");

    private async Task<(MfaDevice, Account)?> FindAsync(DeviceId id, CancellationToken cancellationToken)
    {
        if (await db.MfaDevices.SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is not { } device)
            return null;
        return (device, await db.Accounts.SingleAsync(a => a.Id == device.Account, cancellationToken));
    }

    private async Task<string> RefusedAsync(
        MfaDevice device,
        PersonId by,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(
            by,
            "device.refused",
            cancellationToken,
            ("device", device.Id),
            ("account", device.Account),
            ("why", why)
        );
        return Sentences.For(why);
    }
}
