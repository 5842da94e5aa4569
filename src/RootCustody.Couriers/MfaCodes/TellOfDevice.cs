using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>Asks custodians of the MFA half for the second word on a device, and shows them on the same card what became of it.</summary>
public sealed class TellOfDevice(CustodyDb db)
{
    /// <summary>A device got no further than into the vault, or not even there; part of the decision that gives it up. Its seed cannot be asked for, so people have to act as if it were there.</summary>
    internal async Task OfStrandedAsync(MfaDevice device, Account account, CancellationToken cancellationToken)
    {
        db.Record("device.stranded", Recording.System, Details(device));
        await db.AlertDutyAsync(
            Card.Of(
                $"An MFA device of account {account.Number} did not get into custody.",
                $"{device.Label}: its seed may be in the vault, but it makes no codes, and nobody was asked to vouch for it.",
                "Whoever set it up removes it at AWS and sets up a new one."
            ),
            cancellationToken
        );
    }

    /// <returns>How many people are asked.</returns>
    internal async Task<int> AskAsync(MfaDevice device, Account account, CancellationToken cancellationToken)
    {
        var card = await CardAsync(device, account, null, cancellationToken);
        var asked = 0;
        var custodians = await db.CustodiansAsync(account, Half.Mfa, cancellationToken);
        var standings = await db.StandingsAsync([.. custodians.Select(p => p.Id)], account, cancellationToken);
        foreach (var person in custodians)
        {
            if (device.WhyNotVouch(standings[person.Id], db.Now) is not null)
                continue;
            await db.ShowAsync(device.Id, Purpose.Device, person, card, cancellationToken);
            asked += person.Identities.Count > 0 ? 1 : 0;
        }
        return asked;
    }

    /// <summary>Everyone who was asked sees the outcome.</summary>
    internal async Task OfOutcomeAsync(
        MfaDevice device,
        Account account,
        string outcome,
        CancellationToken cancellationToken
    )
    {
        var card = await CardAsync(device, account, outcome, cancellationToken);
        foreach (
            var place in await db
                .CardPlaces.Where(p => p.Device == device.Id && p.Purpose == Purpose.Device)
                .ToListAsync(cancellationToken)
        )
            db.Show(place, card);
    }

    internal static (string, object?)[] Details(MfaDevice device) =>
        [
            ("device", device.Id),
            ("account", device.Account),
            ("generation", device.Generation),
            ("label", device.Label),
            ("proposedBy", device.ProposedBy),
        ];

    private async Task<Card> CardAsync(
        MfaDevice device,
        Account account,
        string? outcome,
        CancellationToken cancellationToken
    )
    {
        var by = await db
            .People.Where(p => p.Id == device.ProposedBy)
            .Select(p => p.Name)
            .SingleOrDefaultAsync(cancellationToken);
        return new Card(
            device.State switch
            {
                DeviceState.Leaving or DeviceState.Gone => "Is this MFA device gone?",
                DeviceState.Moving => "Has this MFA key moved?",
                _ => "Is this MFA device right?",
            },
            [outcome ?? Question(device)],
            Facts(device, account, by),
            outcome is null ? [.. Answers(device), Choice.NotMe] : [Choice.NotMe]
        );
    }

    private static List<Fact> Facts(MfaDevice device, Account account, string? by)
    {
        var isNew = device.State is not (DeviceState.Leaving or DeviceState.Gone or DeviceState.Moving);
        var hasClock = device.State == DeviceState.Waiting && !device.IsHeldOutside;
        return
        [
            new Fact("Account", $"{account.Number} ({account.Name})"),
            new Fact("Device", device.Label),
            .. device.IsHeldOutside ? (Fact[])[new Fact("Kind", device.Kind.Word())] : [],
            new Fact(isNew ? "Brought in by" : "Said by", by ?? "nobody that we know"),
            .. hasClock ? (Fact[])[new Fact("Its clock", TwoCodes.Say(device.Drift))] : [],
            Fact.At("Answer by", device.ProposedAt + MfaDevice.WaitsFor),
        ];
    }

    /// <summary>Neither place nor seal of a key stand on a card: who vouches types the number that they see.</summary>
    private static string Question(MfaDevice device) =>
        (device.State, device.IsHeldOutside) switch
        {
            (DeviceState.Leaving or DeviceState.Gone, _) =>
                "Say so only if you have seen that AWS lists it no more: the codes that people saw of it, and the hands that it was in, bar them no longer then.",
            (_, true) =>
                "Say so only if you know that it was set up at AWS for this very account, and have seen it in its place under its seal: you are asked for the number. You are barred from the password of this account then.",
            (_, false) =>
                "Vouch for it only if you know that it was set up at AWS for this very account: you were there, or have seen it in the list of devices.",
        };

    private static Choice[] Answers(MfaDevice device)
    {
        var leaves = device.State == DeviceState.Leaving;
        var id = device.Id.ToString();
        return
        [
            new Choice(Actions.Vouch, leaves ? "It is gone" : "It is right", id, ChoiceStyle.Good),
            new Choice(
                Actions.Disown,
                leaves ? "It is still there" : "It is wrong",
                id,
                ChoiceStyle.Grave,
                "Say that this is wrong? The duty managers are told."
            ),
        ];
    }
}
