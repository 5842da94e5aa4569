using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>What is said of a key after its use, or found without one: it is back under a new seal, or its seal was broken.</summary>
public sealed class ReturnKey(CustodyDb db)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Done(string Sentence) : Outcome;

        public sealed record Refused(string Field, string Why) : Outcome;
    }

    /// <summary>The name of the key that this button is about, if it is out with, or kept by, this person.</summary>
    public async Task<string?> LabelAsync(DeviceId id, PersonId person, CancellationToken cancellationToken) =>
        await (
            from key in db.HeldKeys
            join device in db.MfaDevices on key.Device equals device.Id
            where device.Id == id && (key.OutWith == person || key.Keeper == person)
            select device.Label
        ).SingleOrDefaultAsync(cancellationToken);

    /// <summary>It is back in its place. Their step-up was asked for.</summary>
    /// <param name="id">The key that the button was about; null if account and name were typed.</param>
    /// <param name="seal">The number of the new seal.</param>
    public Task<Outcome> HandleAsync(
        DeviceId? id,
        (string Account, string Label) typed,
        string seal,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        KeyPlace.IsPlain(seal, KeyPlace.LongestSeal)
            ? DecideAsync(
                id,
                typed,
                by,
                through,
                async (account, device, key, standing) =>
                {
                    var (broken, holder, request) = (key.Seal, key.OutWith, key.OutIn);
                    if (key.Return(standing, seal) is { } why)
                        return await RefusedAsync(device, by, KeyForms.Seal, why, cancellationToken);
                    // the old number tells nobody anything any more; the new one stays out of the log
                    db.Record(
                        "key.returned",
                        by,
                        [.. TellOfDevice.Details(device), ("brokenSeal", broken), ("was", holder), ("request", request)]
                    );
                    var sentence = $"{device.Label} of account {account.Number} is back in its place, sealed.";
                    await CloseCardsAsync(device, sentence, cancellationToken);
                    return new Outcome.Done(sentence);
                },
                cancellationToken
            )
            : Task.FromResult<Outcome>(
                new Outcome.Refused(
                    KeyForms.Seal,
                    $"The number of a seal has 1 to {KeyPlace.LongestSeal} ordinary characters."
                )
            );

    /// <summary>The seal was broken outside of a window. Their step-up was asked for.</summary>
    public Task<Outcome> ReportAsync(
        (string Account, string Label) typed,
        string found,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        KeyPlace.IsPlain(found, KeyPlace.LongestReport)
            ? DecideAsync(
                null,
                typed,
                by,
                through,
                async (account, device, key, standing) =>
                {
                    if (key.Break(standing, db.Now) is { } why)
                        return await RefusedAsync(device, by, DeviceForms.Account, why, cancellationToken);
                    db.Record("key.seal-broken", by, [.. TellOfDevice.Details(device), ("found", found)]);
                    await db.AlertDutyAsync(
                        new Card(
                            $"The seal of an MFA key of account {account.Number} was found broken.",
                            [
                                "Nobody knows who had it. Replace the device at AWS, or have it sealed anew before two custodians, and look into AWS's trail.",
                            ],
                            [new Fact("Device", device.Label), new Fact("Found", found)],
                            [Choice.NotMe]
                        ),
                        cancellationToken
                    );
                    return new Outcome.Done(
                        "Thank you. It is on record, and the duty managers are told. Whoever is told where this key is, reads it too, until two custodians say that it is sealed anew (type move) or gone (type retire)."
                    );
                },
                cancellationToken
            )
            : Task.FromResult<Outcome>(
                new Outcome.Refused(
                    KeyForms.Found,
                    $"Say what was found in one line of 1 to {KeyPlace.LongestReport} ordinary characters."
                )
            );

    private Task<Outcome> DecideAsync(
        DeviceId? id,
        (string Account, string Label) typed,
        PersonId by,
        ChatUser through,
        Func<Account, MfaDevice, HeldKey, Standing, Task<Outcome>> decide,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                var (number, label) = id is null ? typed : await NamesAsync(id.Value, cancellationToken);
                var (account, device, standing) = await db.FindKeyAsync(number, label, by, through, cancellationToken);
                if (account is null || device is null)
                    return new Outcome.Refused(DeviceForms.Label, HeldKeys.NoSuch);
                var key = await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken);
                return await decide(account, device, key, standing!);
            },
            cancellationToken
        );

    private async Task<(string Account, string Label)> NamesAsync(DeviceId id, CancellationToken cancellationToken)
    {
        var found = await (
            from device in db.MfaDevices
            join account in db.Accounts on device.Account equals account.Id
            where device.Id == id
            select new { account.Number, device.Label }
        ).SingleOrDefaultAsync(cancellationToken);
        return found is null ? ("", "") : (found.Number, found.Label);
    }

    private async Task CloseCardsAsync(MfaDevice device, string sentence, CancellationToken cancellationToken)
    {
        var places = await db
            .CardPlaces.Where(p => p.Device == device.Id && p.Purpose == Purpose.KeyOut)
            .ToListAsync(cancellationToken);
        foreach (var place in places)
            db.Show(place, Card.Of("An MFA key was out", sentence));
    }

    private async Task<Outcome> RefusedAsync(
        MfaDevice device,
        PersonId by,
        string field,
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
        return new Outcome.Refused(field, Sentences.For(why));
    }
}
