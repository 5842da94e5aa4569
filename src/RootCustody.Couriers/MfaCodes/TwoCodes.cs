using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The proof that a seed which goes in is the one that AWS has: two codes in a row, as AWS itself asks for them. They also tell how far the clock that made them is off.</summary>
public static class TwoCodes
{
    /// <summary>How far the clock that made the codes may be ahead, in steps.</summary>
    public const int MostAhead = 2;

    /// <summary>How far it may be behind, in steps; the typing takes of it too.</summary>
    public const int MostBehind = 1;

    /// <summary>How far off we still recognise them, so that the person can be told; 15 minutes.</summary>
    private const int Recognised = 30;

    /// <summary>How far the clock that made the two codes is ahead of ours.</summary>
    /// <param name="first">The code that was shown.</param>
    /// <param name="second">The one after it, shown about now.</param>
    /// <returns>In steps of 30 s, negative if it is behind, of which typing slowly can be the cause; null if they are no two codes in a row of this seed near now.</returns>
    public static int? DriftOf(Secret seed, string first, string second, DateTimeOffset now)
    {
        var shape = TotpShape.Usual; // AWS has no other, and SeedText lets no other in
        var center = shape.StepAt(now);
        int? found = null;
        // the nearest to now counts, and no early end: the time taken tells nothing about which step it was
        for (var away = Recognised; away >= 0; away--)
        {
            found = IsAt(center - away) ? -away : found;
            found = IsAt(center + away) ? away : found;
        }
        return found;

        bool IsAt(long step)
        {
            using var one = TotpCodes.Of(seed, shape, step - 1);
            using var next = TotpCodes.Of(seed, shape, step);
            // by chance two steps can have one code; then it proves only one of them
            var alike = one.Matches(next.Bytes);
            return !alike & TotpCodes.IsTyped(one, first) & TotpCodes.IsTyped(next, second);
        }
    }

    /// <summary>Whether AWS would take codes of a clock that is so far off.</summary>
    public static bool Fits(int drift) => drift is >= -MostBehind and <= MostAhead;

    /// <summary>What a person is told of the clock.</summary>
    public static string Say(int drift)
    {
        var off = Math.Abs(drift) * TotpShape.Usual.Period;
        var time = off < TimeSpan.FromMinutes(2) ? $"{off.TotalSeconds:0} seconds" : $"{off.TotalMinutes:0.#} minutes";
        return drift switch
        {
            0 => "The clock of that device agrees with ours.",
            > 0 => $"The clock of that device is about {time} ahead of ours.",
            -1 => "The clock of that device is up to 30 seconds behind ours, or the codes were typed slowly.",
            _ => $"The clock of that device is about {time} behind ours.",
        };
    }
}
