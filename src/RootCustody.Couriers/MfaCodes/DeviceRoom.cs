using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>Whether an account has room for one more device of this name, of whatever kind.</summary>
internal static class DeviceRoom
{
    /// <returns>Which of <see cref="DeviceForms"/> is wrong, and why; null if there is room.</returns>
    public static async Task<(string Field, string Why)?> WhyNoRoomAsync(
        this CustodyDb db,
        Account account,
        string label,
        CancellationToken cancellationToken
    )
    {
        if (account.WithoutMfa)
            return (DeviceForms.Account, Sentences.For(Refusal.HasNoMfa));
        if (!MfaDevice.IsLabel(label))
            return (
                DeviceForms.Label,
                $"Give the device a name of 1 to {MfaDevice.LongestLabel} characters, such as the one it has at AWS, all of which can be seen."
            );
        var devices = await db.MfaDevices.Where(d => d.Account == account.Id).ToListAsync(cancellationToken);
        var living = devices.FindAll(d => d.TakesAPlaceAt(db.Now));
        if (living.Exists(d => d.Label.Equals(label, StringComparison.OrdinalIgnoreCase)))
            return (DeviceForms.Label, "Another device of this account has this name already.");
        return living.Count >= MfaDevice.Most
            ? (
                DeviceForms.Account,
                $"This account has {MfaDevice.Most} devices, and AWS allows no more. Take one out first: type retire"
            )
            : null;
    }

    /// <summary>What is said of an account that is not there, or not theirs to know (law 12).</summary>
    public static string Unknown(string accountNumber) =>
        AccountNumber.Fits(accountNumber)
            ? "There is no such account here. Check the number, or ask an administrator to bring it in."
            : "An account number has 12 digits; for an IAM user a slash and the name of the user follow.";
}
