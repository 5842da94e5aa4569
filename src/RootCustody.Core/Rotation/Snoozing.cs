using RootCustody.Accounts;

namespace RootCustody.Rotation;

/// <summary>Why a rotation is not put off.</summary>
public enum SnoozeRefusal
{
    /// <summary>The password was exposed: a debt is not put off (law 14).</summary>
    Exposed,

    /// <summary>Its limit would be past.</summary>
    PastLimit,

    /// <summary>It would be put off for longer in all than policy allows.</summary>
    TooLong,

    /// <summary>That is not later than it falls due now.</summary>
    NotLater,
}

/// <summary>May a rotation be put off?</summary>
public static class Snoozing
{
    /// <returns>The first reason against it, or null.</returns>
    public static SnoozeRefusal? WhyNot(
        RotationDate date,
        Account account,
        DateTimeOffset until,
        Policy policy,
        DateTimeOffset now
    )
    {
        if (account.StateAt(date, now) == RotationState.Exposed)
            return SnoozeRefusal.Exposed;
        if (until >= date.Limit)
            return SnoozeRefusal.PastLimit;
        if (until <= date.DueAt || until <= now)
            return SnoozeRefusal.NotLater;
        return date.Snoozed + (until - date.DueAt) > policy.RotationSnooze ? SnoozeRefusal.TooLong : null;
    }

    /// <summary>What is said when it is not.</summary>
    public static string Say(SnoozeRefusal refusal) =>
        refusal switch
        {
            SnoozeRefusal.Exposed => "This password was exposed. Such a debt is not put off; please rotate it.",
            SnoozeRefusal.PastLimit => "That is past the limit by which policy wants it rotated.",
            SnoozeRefusal.TooLong => "It would be put off for longer in all than policy allows.",
            SnoozeRefusal.NotLater => "That is not later than it falls due anyway.",
        };
}
