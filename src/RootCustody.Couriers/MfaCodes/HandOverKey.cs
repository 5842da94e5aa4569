using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The holder is told where a key is that the group keeps itself: it counts as in their hands from then on, until it is confirmed back.</summary>
public sealed class HandOverKey(CustodyDb db)
{
    /// <summary>How long the instruction stands on the screen.</summary>
    public static readonly TimeSpan OnScreen = TimeSpan.FromMinutes(1);

    private sealed record Told(string Label, string Text);

    /// <param name="into">Gets the instruction, line by line.</param>
    public async Task ReadAsync(
        Request request,
        int generation,
        ICollection<ShownLine> into,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var line in await db.DecideAsync(() => TakeAsync(request, generation, cancellationToken), cancellationToken)
        )
            into.Add(new ShownLine(line.Label, Secret.OfText(line.Text)));
    }

    private async Task<List<Told>> TakeAsync(Request request, int generation, CancellationToken cancellationToken)
    {
        var device = await db.MfaDevices.SingleAsync(
            d => d.Account == request.Account && d.Generation == generation,
            cancellationToken
        );
        var key = await db.HeldKeys.SingleAsync(k => k.Device == device.Id, cancellationToken);
        var holder = request.ApproverOf(Half.Mfa)!.Value;
        var lines = await LinesAsync(device, key, holder, cancellationToken);
        db.Record(
            "key.handed-over",
            holder,
            [.. TellOfDevice.Details(device), ("request", request.Id), ("before", key.OutWith)]
        );
        key.Take(holder, request.Id, db.Now);
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == holder, cancellationToken);
        await db.ShowAsync(device.Id, Purpose.KeyOut, person, CardOf(device, request), cancellationToken);
        return lines;
    }

    private async Task<List<Told>> LinesAsync(
        MfaDevice device,
        HeldKey key,
        PersonId holder,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<Told>
        {
            new($"Where {device.Label} is ({device.Kind.Word()})", key.Place),
            new("Number of its seal", key.Seal),
            new("Kept by", await NameAsync(key.Keeper, cancellationToken)),
        };
        if (device.State == DeviceState.Moving && key.Next is { } next)
        {
            lines.Add(new("Or already, which nobody has vouched for yet", next.Words));
            lines.Add(new("Number of the seal there", next.Seal));
            lines.Add(new("Kept there by", await NameAsync(next.Keeper, cancellationToken)));
        }
        if (key.OutWith is { } other && other != holder)
            lines.Add(
                new(
                    "Not confirmed back since",
                    $"{Say(key.OutSince!.Value)}, taken by {await NameAsync(other, cancellationToken)}"
                )
            );
        if (key.BrokenSince is { } broken)
            lines.Add(new("Its seal was found broken", Say(broken)));
        return lines;
    }

    private async Task<string> NameAsync(PersonId id, CancellationToken cancellationToken) =>
        (await db.People.SingleAsync(p => p.Id == id, cancellationToken)).Name;

    private static Card CardOf(MfaDevice device, Request request) =>
        new(
            "An MFA key is out",
            [
                "You were told where it is. When the work is done, lay it back into its place under a new seal and say so here: without that the duty manager is called when the window ends.",
            ],
            [new Fact("Device", device.Label), new Fact("Request", request.Name)],
            [new Choice(Actions.Sealed, "It is back", device.Id.ToString(), ChoiceStyle.Good), Choice.NotMe]
        );

    private static string Say(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
