using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The proof that a seed which goes in is the one that AWS has: two codes in a row, as AWS itself asks for them.</summary>
public static class TwoCodes
{
    /// <summary>How far the clock that made the codes may be off, and how long the typing may take, in steps.</summary>
    private const int Around = 2;

    /// <summary>Whether the two are the codes of two consecutive time steps near now, in this order.</summary>
    public static bool Match(Secret seed, string first, string second, DateTimeOffset now)
    {
        var shape = TotpShape.Usual; // AWS has no other, and SeedText lets no other in
        var center = shape.StepAt(now);
        var found = false;
        for (var step = center - Around; step < center + Around; step++)
        {
            using var one = TotpCodes.Of(seed, shape, step);
            using var next = TotpCodes.Of(seed, shape, step + 1);
            // by chance two steps can have one code; then it proves only one of them
            var alike = one.Matches(next.Bytes);
            found |= !alike & TotpCodes.IsTyped(one, first) & TotpCodes.IsTyped(next, second);
        }
        return found;
    }
}
