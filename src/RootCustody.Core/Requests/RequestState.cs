namespace RootCustody.Requests;

public enum RequestKind
{
    /// <summary>Break-glass: asked of all eligible at once, and it waits for no other window but another emergency's.</summary>
    Emergency = 1,

    /// <summary>With a start; its window never opens before it.</summary>
    Planned = 2,

    /// <summary>Asked by the clock or the debt, never by a person (law 2).</summary>
    Rotation = 3,

    /// <summary>An exercise: goes the way of an emergency, shows dummies, and gives way to everything else.</summary>
    Drill = 4,

    /// <summary>A ceremony: the root user gets a new MFA device, and the old one goes. Asked by the clock, and followed by a rotation of the password, which it shows.</summary>
    MfaChange = 5,
}

public enum RequestState
{
    /// <summary>Waits for its two approvals.</summary>
    Asked = 1,

    /// <summary>Has both; waits for its start, or for another window to end.</summary>
    Approved = 2,

    /// <summary>Its window was opened. Whether it is open now, only the clock says (law 5).</summary>
    Open = 3,
    Closed = 4,
    Denied = 5,
    TimedOut = 6,

    /// <summary>Taken back before its window opened.</summary>
    Withdrawn = 7,

    /// <summary>Its window was ended by a person, or by an emergency.</summary>
    Revoked = 8,
}

/// <summary>Half-open: <paramref name="Opens"/> &lt;= now &lt; <paramref name="Closes"/>.</summary>
public sealed record Window(DateTimeOffset Opens, DateTimeOffset Closes)
{
    public bool IsOpenAt(DateTimeOffset now) => Opens <= now && now < Closes;
}
