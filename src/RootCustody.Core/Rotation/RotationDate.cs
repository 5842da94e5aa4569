using RootCustody.Accounts;

namespace RootCustody.Rotation;

/// <summary>When one half of one account falls due to be rotated, and when people are told of it next.</summary>
public sealed class RotationDate
{
    /// <summary>Days before it falls due on which its custodians are reminded; afterwards they are every day.</summary>
    private static readonly int[] DaysBefore = [14, 7, 1];

    private RotationDate() { }

    public AccountId Account { get; private set; }
    public Half Half { get; private set; }

    /// <summary>The group that keeps the half, whose capacity counts.</summary>
    public GroupId Group { get; private set; }

    /// <summary>The generation that grows old.</summary>
    public int Generation { get; private set; }

    /// <summary>When the plan first knew of this generation.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>The policy's limit.</summary>
    public DateTimeOffset Limit { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>The day of <see cref="DueAt"/> by the clocks of the policy's hours.</summary>
    public DateOnly DueOn { get; private set; }

    public Strain Strain { get; private set; }

    /// <summary>For how long in all it was put off.</summary>
    public TimeSpan Snoozed { get; private set; }

    /// <summary>The next day on which people are told of it.</summary>
    public DateOnly RemindOn { get; private set; }

    /// <summary>From this day on the duty managers are told of it too.</summary>
    public DateOnly DutyOn { get; private set; }

    /// <summary>What falls due until that day may be rotated at a custodian's press: they have been reminded of it.</summary>
    public static DateOnly OfferedUntil(DateOnly today) => today.AddDays(DaysBefore[0]);

    public static RotationDate Of(Account account, Half half, DateTimeOffset now) =>
        new()
        {
            Account = account.Id,
            Half = half,
            Group = account.GroupOf(half),
            Generation = account.GenerationOf(half),
            Since = now,
        };

    /// <summary>The account has another generation, or another group keeps it.</summary>
    public void Follow(Account account, DateTimeOffset now)
    {
        Group = account.GroupOf(Half);
        if (Generation == account.GenerationOf(Half))
            return;
        Generation = account.GenerationOf(Half);
        Since = now;
        Snoozed = TimeSpan.Zero;
        DueAt = default;
    }

    /// <summary>What the planner has to know of it; null if an unpaid debt leaves nothing to plan (law 14).</summary>
    public Falling? ToPlan(Account account, Policy policy, RotationDays days)
    {
        if (Half == Half.Password && account.OwesSince is not null)
            return null;
        var every = Half == Half.Password ? policy.RotateEvery : policy.RotateMfaEvery;
        var limit = Half == Half.Password ? account.RotateBy ?? Since + every : Since + every;
        var spread = policy.RotationSpread < every / 2 ? policy.RotationSpread : every / 2;
        DateTimeOffset? stands = DueAt == default ? null : DueAt;
        return new Falling(Account, Half, limit - spread, limit, days, stands, Snoozed > TimeSpan.Zero);
    }

    /// <summary>Takes its place in the plan.</summary>
    /// <param name="tellFrom">The first day on which people can be told of what is new: those of today may have been told already.</param>
    /// <returns>Whether people have to be told that it is not as policy wants it, for the first time.</returns>
    public bool Take(Fallen fallen, Policy policy, DateOnly tellFrom)
    {
        var strained = fallen.Strain != Strain.None && fallen.Strain != Strain;
        Strain = fallen.Strain;
        FallDue(fallen.DueAt, fallen.What.Limit, policy, fallen.What.Days, tellFrom);
        return strained;
    }

    /// <summary>The password was exposed: it is due since then, whatever the calendar says (law 14).</summary>
    public void Expose(Account account, Policy policy, RotationDays days, DateOnly tellFrom)
    {
        Strain = Strain.None;
        FallDue(account.OwesSince!.Value, account.RotateBy!.Value, policy, days, tellFrom);
    }

    /// <summary>People were told; the next time is on that day at the earliest.</summary>
    public void Reminded(DateOnly next) => RemindOn = NextReminder(next);

    /// <summary>Puts it off.</summary>
    public void Snooze(DateTimeOffset until, Policy policy, RotationDays days, DateOnly tellFrom)
    {
        Snoozed += until - DueAt;
        FallDue(until, Limit, policy, days, tellFrom);
    }

    private void FallDue(
        DateTimeOffset dueAt,
        DateTimeOffset limit,
        Policy policy,
        RotationDays days,
        DateOnly tellFrom
    )
    {
        Limit = limit;
        DutyOn = days.DayOf((limit > dueAt ? limit : dueAt) + policy.RotationDuty);
        if (dueAt == DueAt)
            return; // people are told as planned
        DueAt = dueAt;
        DueOn = days.DayOf(dueAt);
        RemindOn = NextReminder(tellFrom);
    }

    private DateOnly NextReminder(DateOnly from)
    {
        foreach (var before in DaysBefore)
        {
            if (DueOn.AddDays(-before) >= from)
                return DueOn.AddDays(-before);
        }
        return DueOn > from ? DueOn : from;
    }
}

/// <summary>How it stands with the rotation of one half.</summary>
public enum RotationState
{
    /// <summary>Its day has not come.</summary>
    Planned = 1,

    /// <summary>Its day has come.</summary>
    Due = 2,

    /// <summary>The policy's limit is past.</summary>
    Overdue = 3,

    /// <summary>The password was shown, and is a debt until it is rotated (law 14), whatever the calendar says.</summary>
    Exposed = 4,
}

public static class RotationStates
{
    public static RotationState StateAt(this Account account, RotationDate date, DateTimeOffset now) =>
        date.Half == Half.Password && account.OwesSince is not null ? RotationState.Exposed
        : now >= date.Limit ? RotationState.Overdue
        : now >= date.DueAt ? RotationState.Due
        : RotationState.Planned;
}
