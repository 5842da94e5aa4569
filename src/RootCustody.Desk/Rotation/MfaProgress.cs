using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Rotation;

/// <summary>What became of the devices of an account since the window of a ceremony opened.</summary>
/// <param name="IsNewInUse">A new device serves.</param>
/// <param name="Words">One sentence for each device.</param>
internal sealed record MfaProgress(bool IsNewInUse, IReadOnlyList<string> Words)
{
    /// <returns>Null if the request is no such ceremony, or its window never opened.</returns>
    public static async Task<MfaProgress?> OfAsync(CustodyDb db, Request request, CancellationToken cancellationToken)
    {
        if (request is not { Kind: RequestKind.MfaChange, Opens: { } opens })
            return null;
        var devices = await db
            .MfaDevices.AsNoTracking()
            .Where(d => d.Account == request.Account)
            .OrderBy(d => d.ProposedAt)
            .ToListAsync(cancellationToken);
        // each is known from birth to who brought it in
        var born = await db
            .Exposures.Where(e =>
                e.Account == request.Account && e.Half == Half.Mfa && e.Request == null && e.At >= opens
            )
            .Select(e => e.Generation)
            .ToListAsync(cancellationToken);
        return new MfaProgress(
            devices.Exists(d => d.State == DeviceState.InUse && born.Contains(d.Generation)),
            [.. devices.Where(d => d.Serves || d.ProposedAt >= opens).Select(d => Say(d, born.Contains(d.Generation)))]
        );
    }

    private static string Say(MfaDevice device, bool isNew)
    {
        var word = (device.State, isNew) switch
        {
            (DeviceState.InUse, true) => "new, and in use",
            (DeviceState.InUse, false) => "was there before, and serves on",
            _ => device.State.Word(),
        };
        return $"{device.Label}: {word}.";
    }
}
