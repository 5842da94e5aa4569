namespace RootCustody.Rotation;

/// <summary>A person was told what falls due; once a day, which the database holds.</summary>
public sealed class Digest
{
    private Digest() { }

    public PersonId Person { get; private set; }
    public DateOnly Day { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static Digest Of(PersonId person, DateOnly day, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Day = day,
            At = now,
        };
}

/// <summary>On which day a moment is for those who are told, and when they are told next.</summary>
/// <param name="Today">The day.</param>
/// <param name="Next">The next day on which people are told; what comes before it is told today.</param>
/// <param name="IsTime">Whether it is an hour to tell people something.</param>
public sealed record DigestDay(DateOnly Today, DateOnly Next, bool IsTime)
{
    private const int Year = 366;

    public static DigestDay At(Policy policy, DateTimeOffset now)
    {
        var hours = WorkingHours.Of(policy.RotationHours);
        var today = hours.DayOf(now);
        var next = today.AddDays(1);
        while (hours.BeginOn(next, now) is null && next < today.AddDays(Year))
            next = next.AddDays(1);
        return new DigestDay(today, next, hours.Allow(now, now));
    }
}
