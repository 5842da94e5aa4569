using System.Security.Cryptography;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>Draws a number at random: 0 or more, less than 1.</summary>
public delegate double Chance();

/// <summary>When a row of the outbox that could not be sent is tried again, and when it is given up.</summary>
public static class Backoff
{
    /// <summary>The wait after the first failure; each further one doubles it.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Longer than this we wait for no reason of our own: a platform that is back is found within ten minutes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Longer than this no platform makes us wait.</summary>
    public static readonly TimeSpan LongestTold = TimeSpan.FromHours(24);

    /// <summary>How long a row is tried after it failed for the first time; then it is parked.</summary>
    /// <returns>
    /// A day for a platform that is away or has too much to do. An hour for a place that is gone, or for a message that we
    /// fail to make: it may heal, but someone should know soon. Nothing for what the platform refuses for good.
    /// </returns>
    public static TimeSpan PatienceWith(ChatFailure failure) =>
        failure switch
        {
            ChatFailure.Throttled or ChatFailure.Unreachable => TimeSpan.FromHours(24),
            ChatFailure.Gone or ChatFailure.Broken => TimeSpan.FromHours(1),
            ChatFailure.Refused => TimeSpan.Zero,
        };

    /// <summary>How long to wait for the next try.</summary>
    /// <param name="tries">How many were in vain, from 1 on.</param>
    /// <param name="told">What the platform said; it is obeyed, and up to a tenth is added.</param>
    /// <param name="chance">From 0 to 1; it spreads out the rows that failed together. Without a word of the platform it takes away up to half.</param>
    public static TimeSpan Wait(int tries, TimeSpan? told, double chance)
    {
        if (told > TimeSpan.Zero)
            return (told.Value < LongestTold ? told.Value : LongestTold) * (1 + chance / 10);
        var doubled = First.TotalSeconds * Math.Pow(2, tries - 1);
        return TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, doubled)) * (1 - chance / 2);
    }

    internal static double Draw() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
