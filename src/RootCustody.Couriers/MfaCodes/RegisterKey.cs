using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>A key that the MFA group keeps itself enters the register, or gets another place, seal or keeper. Nothing counts before a second custodian, who has seen its seal, has vouched for it.</summary>
public sealed class RegisterKey(CustodyDb db, RecordBirth recordBirth, TellOfDevice tell)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        /// <param name="Asked">How many people were asked to vouch for it.</param>
        public sealed record Taken(DeviceId Device, int Asked) : Outcome;

        /// <param name="Field">Which of <see cref="DeviceForms"/> or <see cref="KeyForms"/> was wrong.</param>
        public sealed record Refused(string Field, string Why) : Outcome;
    }

    /// <summary>Where a key is, as it was typed.</summary>
    /// <param name="Keeper">The key of a person.</param>
    public sealed record Typed(string Place, string Seal, string Keeper);

    /// <summary>What a first look found.</summary>
    /// <param name="Births">Who has had it in hand, by whom it is entered first.</param>
    private sealed record Found(
        Account Account,
        int Generation,
        KeyPlace At,
        IReadOnlyList<PersonId> Births,
        Outcome.Refused? Refused
    );

    /// <exception cref="VaultException">The courier cannot write its journal. That they have it in hand may be on record.</exception>
    public async Task<Outcome> HandleAsync(
        string accountNumber,
        string label,
        DeviceKind kind,
        Typed typed,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (found, refused) = await LookAsync(accountNumber, label, typed, by, through, cancellationToken);
        if (found is null)
            return refused!;
        var barred = await recordBirth.HandleAsync(
            found.Account.Id,
            Half.Mfa,
            found.Generation,
            found.Births,
            cancellationToken
        );
        if (found.Refused is not null)
            return found.Refused;
        return barred.Count > 0
            ? new Outcome.Refused(DeviceForms.Account, Sentences.For(Refusal.BringsNoDevice)) // seen since the look
            : await ProposeAsync(found, label, kind, by, cancellationToken);
    }

    /// <summary>The first word that it has another place, seal or keeper.</summary>
    /// <exception cref="VaultException">The courier cannot write its journal. That they have it in hand may be on record.</exception>
    public async Task<Outcome> MoveAsync(
        string accountNumber,
        string label,
        Typed typed,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (found, refused) = await LookToMoveAsync(accountNumber, label, typed, by, through, cancellationToken);
        if (found is null)
            return refused!;
        var barred = await recordBirth.HandleAsync(
            found.Account.Id,
            Half.Mfa,
            found.Generation,
            found.Births,
            cancellationToken
        );
        return barred.Count > 0
            ? new Outcome.Refused(DeviceForms.Account, Sentences.For(Refusal.BringsNoDevice)) // seen since the look
            : await ProposeMoveAsync(found, by, through, cancellationToken);
    }

    private Task<(Found?, Outcome.Refused?)> LookAsync(
        string accountNumber,
        string label,
        Typed typed,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(Found?, Outcome.Refused?)>(
            async () =>
            {
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);
                if (
                    account is null
                    || await db.StandingAsync(by, account, cancellationToken, through) is not { IsOutsider: false } who
                )
                    return (null, new Outcome.Refused(DeviceForms.Account, DeviceRoom.Unknown(accountNumber)));
                if (await db.WhyNoRoomAsync(account, label, cancellationToken) is var (field, full))
                    return (null, new Outcome.Refused(field, full));
                var (at, wrong) = await PlaceAsync(account, typed, by, cancellationToken);
                if (at is null)
                    return (null, wrong);
                var generation = await NextAsync(account.Id, cancellationToken);
                if (Eligibility.WhyNotBringIn(who) is not { } why)
                    return (new Found(account, generation, at, Hands(by, at), null), null);
                await RefusedAsync(account, by, why, cancellationToken);
                // they had it in hand, whether it was theirs to bring in or not (law 1)
                var sentence = new Outcome.Refused(DeviceForms.Account, Sentences.For(why));
                return (new Found(account, generation, at, [by], sentence), null);
            },
            cancellationToken
        );

    private Task<(Found?, Outcome.Refused?)> LookToMoveAsync(
        string accountNumber,
        string label,
        Typed typed,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(Found?, Outcome.Refused?)>(
            async () =>
            {
                var (account, device, who) = await db.FindKeyAsync(
                    accountNumber,
                    label,
                    by,
                    through,
                    cancellationToken
                );
                if (account is null || device is null)
                    return (null, new Outcome.Refused(DeviceForms.Label, HeldKeys.NoSuch));
                if (device.WhyNotMove(who!, db.Now) is { } why)
                {
                    await RefusedAsync(account, by, why, cancellationToken);
                    return (null, new Outcome.Refused(DeviceForms.Label, SentenceOf(why)));
                }
                var (at, wrong) = await PlaceAsync(account, typed, by, cancellationToken);
                return at is null
                    ? (null, wrong)
                    : (new Found(account, device.Generation, at, Hands(by, at), null), null);
            },
            cancellationToken
        );

    private static IReadOnlyList<PersonId> Hands(PersonId by, KeyPlace at) => at.Keeper == by ? [by] : [by, at.Keeper];

    /// <summary>Reads what was typed, and asks whether its keeper may have it.</summary>
    private async Task<(KeyPlace?, Outcome.Refused?)> PlaceAsync(
        Account account,
        Typed typed,
        PersonId by,
        CancellationToken cancellationToken
    )
    {
        if (!KeyPlace.IsPlain(typed.Place, KeyPlace.LongestWords))
            return (
                null,
                new Outcome.Refused(
                    KeyForms.Place,
                    $"Say where it is in one line of 1 to {KeyPlace.LongestWords} ordinary characters."
                )
            );
        if (!KeyPlace.IsPlain(typed.Seal, KeyPlace.LongestSeal))
            return (
                null,
                new Outcome.Refused(
                    KeyForms.Seal,
                    $"The number of a seal has 1 to {KeyPlace.LongestSeal} ordinary characters."
                )
            );
        var keeper = await db.People.SingleOrDefaultAsync(p => p.Key == typed.Keeper, cancellationToken);
        if (keeper is null)
            return (
                null,
                new Outcome.Refused(KeyForms.Keeper, "There is no such person. Type their key, such as mona.")
            );
        if (!await MayKeepAsync(keeper.Id, account, cancellationToken))
        {
            await RefusedAsync(account, by, Refusal.KeepsNoKey, cancellationToken, ("keeper", keeper.Id));
            return (null, new Outcome.Refused(KeyForms.Keeper, Sentences.For(Refusal.KeepsNoKey)));
        }
        return (new KeyPlace(typed.Place, typed.Seal, keeper.Id), null);
    }

    /// <summary>Nobody comes to open both halves, of this account or of one that inherits its bars (law 1).</summary>
    private async Task<bool> MayKeepAsync(PersonId keeper, Account account, CancellationToken cancellationToken)
    {
        if (Eligibility.WhyNotKeep(await db.StandingAsync(keeper, account, cancellationToken)) is not null)
            return false;
        foreach (var barred in await db.BarredByAsync(account, cancellationToken))
        {
            if ((await db.StandingAsync(keeper, barred, cancellationToken)).OpensPassword)
                return false;
        }
        return true;
    }

    /// <summary>Keys are counted downwards from -1, so that no vault ever gives their numbers. One whose entry was refused has its number too.</summary>
    private async Task<int> NextAsync(AccountId account, CancellationToken cancellationToken)
    {
        var devices = await db
            .MfaDevices.Where(d => d.Account == account)
            .Select(d => d.Generation)
            .ToListAsync(cancellationToken);
        var seen = await db
            .Exposures.Where(e => e.Account == account && e.Half == Half.Mfa)
            .Select(e => e.Generation)
            .Distinct()
            .ToListAsync(cancellationToken);
        return devices.Concat(seen).Append(0).Min() - 1;
    }

    private Task<Outcome> ProposeAsync(
        Found found,
        string label,
        DeviceKind kind,
        PersonId by,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == found.Account.Id, cancellationToken);
                if (await db.WhyNoRoomAsync(account, label, cancellationToken) is var (field, full))
                    return new Outcome.Refused(field, full); // by somebody else meanwhile
                if (
                    await db.MfaDevices.AnyAsync(
                        d => d.Account == account.Id && d.Generation == found.Generation,
                        cancellationToken
                    )
                )
                    return new Outcome.Refused(DeviceForms.Account, Meanwhile);
                var device = MfaDevice.Registered(account.Id, found.Generation, label, kind, by, db.Now);
                db.MfaDevices.Add(device);
                db.HeldKeys.Add(HeldKey.Of(device, found.At));
                db.Record("device.proposed", by, Details(device, found.At.Keeper));
                return new Outcome.Taken(device.Id, await tell.AskAsync(device, account, cancellationToken));
            },
            cancellationToken
        );

    private Task<Outcome> ProposeMoveAsync(
        Found found,
        PersonId by,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Outcome>(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == found.Account.Id, cancellationToken);
                var device = await db.MfaDevices.SingleAsync(
                    d => d.Account == account.Id && d.Generation == found.Generation,
                    cancellationToken
                );
                var standing = await db.StandingAsync(by, account, cancellationToken, through);
                if (device.Move(standing, db.Now) is { } why)
                {
                    await RefusedAsync(account, by, why, cancellationToken);
                    return new Outcome.Refused(DeviceForms.Label, SentenceOf(why));
                }
                (await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken)).Propose(found.At);
                db.Record("key.moving", by, Details(device, found.At.Keeper));
                return new Outcome.Taken(device.Id, await tell.AskAsync(device, account, cancellationToken));
            },
            cancellationToken
        );

    private const string Meanwhile = "Somebody was faster. Send the form again.";

    /// <summary>What stands in its way is a proposal that waits.</summary>
    private static string SentenceOf(Refusal why) =>
        why == Refusal.NotProposed
            ? "Something else is proposed for this device, and waits for its second word. Answer that first."
            : Sentences.For(why);

    /// <summary>Neither place nor seal: the log goes to others.</summary>
    private static IEnumerable<(string, object?)> Details(MfaDevice device, PersonId keeper) =>
        [.. TellOfDevice.Details(device), ("kind", device.Kind), ("keeper", keeper)];

    private Task RefusedAsync(
        Account account,
        PersonId by,
        Refusal why,
        CancellationToken cancellationToken,
        params (string, object?)[] details
    ) => db.RefusedAsync(by, "device.refused", cancellationToken, [("account", account.Id), ("why", why), .. details]);
}
