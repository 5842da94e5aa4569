using RootCustody.Accounts;

namespace RootCustody.Reveals;

/// <summary>One half of one account that a person was shown, or maybe shown, in a generation that still lives as far as they are concerned (law 1).</summary>
/// <param name="Since">When they were first shown what bars them.</param>
/// <param name="Generation">The newest generation that they were shown.</param>
public sealed record KnownHalf(AccountId Account, Half Half, DateTimeOffset Since, int Generation)
{
    /// <summary>Sums up the exposures of one person.</summary>
    public static IReadOnlyList<KnownHalf> Of(IEnumerable<Exposure> exposures, IReadOnlyList<Retirement> retirements) =>
        [
            .. exposures
                .Where(e => e.Bars(retirements))
                .GroupBy(e => (e.Account, e.Half))
                .Select(half => new KnownHalf(
                    half.Key.Account,
                    half.Key.Half,
                    half.Min(e => e.At),
                    half.Max(e => e.Generation)
                )),
        ];

    /// <summary>Whether the password has to be rotated because its knower goes: the living one, or the one of a rotation that stopped halfway. A code that was seen opens nothing (law 1).</summary>
    public bool IsDebtOf(Account account) =>
        account.Id == Account && Half == Half.Password && Generation >= account.PasswordGeneration;
}
