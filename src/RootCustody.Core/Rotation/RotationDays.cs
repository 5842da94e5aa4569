namespace RootCustody.Rotation;

/// <summary>On which days, and from when on that day, rotations may fall due: the hours of the policy without its black-outs.</summary>
public sealed class RotationDays
{
    private readonly WorkingHours hours;
    private readonly BlackOuts blackOuts;
    private readonly Dictionary<DateOnly, DateTimeOffset?> begins = [];

    private RotationDays(WorkingHours hours, BlackOuts blackOuts) => (this.hours, this.blackOuts) = (hours, blackOuts);

    public static RotationDays Of(Policy policy) =>
        new(WorkingHours.Of(policy.RotationHours), BlackOuts.Of(policy.RotationBlackOuts));

    /// <summary>The day of the clocks by which the hours are meant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => hours.DayOf(at);

    /// <summary>When a rotation may fall due on that day; null if it may not at all.</summary>
    public DateTimeOffset? On(DateOnly day)
    {
        if (!begins.TryGetValue(day, out var at))
            begins[day] = at = blackOuts.Hold(day) ? null : hours.BeginOn(day, DateTimeOffset.MinValue);
        return at;
    }

    /// <summary>When a rotation may fall due on that day, but not before a moment; null if it may not any more.</summary>
    public DateTimeOffset? On(DateOnly day, DateTimeOffset notBefore) =>
        On(day) is not { } begin ? null
        : begin >= notBefore ? begin
        : hours.BeginOn(day, notBefore);
}
