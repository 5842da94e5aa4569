using RootCustody.Chat;

namespace RootCustody.Couriers.Vault;

/// <summary>What a courier may not destroy in its vault, so that nobody who steals it can: an operator of the vault does, and those in charge are told so.</summary>
internal static class LeftForOperators
{
    /// <summary>How often they are told.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <param name="name">What it is about, such as the name of a transfer.</param>
    /// <param name="why">What became of the account, in a sentence.</param>
    /// <param name="then">What follows once it is gone, in a sentence; empty if nothing does.</param>
    public static Card CardOf(string name, Half half, string why, IReadOnlyList<StoredSecret> left, string then = "") =>
        Card.Of(
            $"{name}: an operator of the {half.Word()} vault has to destroy what is left",
            $"{why} The courier may not delete there, so that nobody who steals it can. Have an operator of the vault delete: {string.Join(", ", left.Select(s => s.Place))}. {then}".TrimEnd()
        );
}
