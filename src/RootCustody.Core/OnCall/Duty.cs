namespace RootCustody.OnCall;

/// <summary>One person is on call from one moment up to, and not including, another.</summary>
/// <param name="Person">The key of the person.</param>
public sealed record Duty(DateTimeOffset From, DateTimeOffset Until, string Person)
{
    public bool IsAt(DateTimeOffset at) => From <= at && at < Until;
}

/// <summary>Who is on call from one moment up to, and not including, another.</summary>
/// <param name="Persons">Keys of persons; empty is a gap.</param>
public sealed record Stretch(DateTimeOffset From, DateTimeOffset Until, IReadOnlySet<string> Persons);
