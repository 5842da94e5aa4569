using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What custodians of the MFA half say about its devices: it is right, it is wrong, it is gone. Nothing comes of one person's word alone.</summary>
public sealed class VouchForDevice(CustodyDb db, TellOfDevice tell)
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

    /// <summary>The second word. Their step-up was asked for.</summary>
    public Task<Outcome> HandleAsync(DeviceId id, PersonId by, ChatUser through, CancellationToken cancellationToken) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                if (await FindAsync(id, cancellationToken) is not var (device, account))
                    return new Outcome.Refused(Sentences.For(Refusal.NotProposed));
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                if (device.Vouch(standing, account, db.Now, out var retirement) is { } why)
                    return new Outcome.Refused(await RefusedAsync(device, by, why, cancellationToken));
                if (retirement is not null)
                    db.Retirements.Add(retirement);
                db.Record(retirement is null ? "device.vouched" : "device.gone", by, TellOfDevice.Details(device));
                var sentence = retirement is null
                    ? $"{device.Label} is in custody: it makes codes from now on."
                    : $"{device.Label} is gone: it makes no codes any more.";
                await tell.OfOutcomeAsync(device, account, sentence, cancellationToken);
                return new Outcome.Done(sentence);
            },
            cancellationToken
        );

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
                if (device.TurnDown(standing, db.Now) is { } why)
                    return new Outcome.Refused(await RefusedAsync(device, by, why, cancellationToken));
                db.Record("device.turned-down", by, TellOfDevice.Details(device));
                var sentence =
                    device.State == DeviceState.InUse
                        ? $"{device.Label} is still there, it was said: it makes codes on."
                        : $"{device.Label} was turned down: it makes no codes. Whoever set it up at AWS removes it there.";
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
                var living = devices.FindAll(d => d.MakesCodes);
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
        new("No account with this number has a device of this name that makes codes. Check both.");

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
