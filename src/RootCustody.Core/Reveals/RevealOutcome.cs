namespace RootCustody.Reveals;

/// <summary>What became of a reveal after its exposure was recorded (law 4).</summary>
public enum RevealOutcome
{
    /// <summary>No outcome is known: a crash, a lost answer. Bars and owes like <see cref="Shown"/>.</summary>
    MaybeShown = 1,

    /// <summary>The platform took it.</summary>
    Shown = 2,

    /// <summary>The courier provably received no half, or no byte of it left the courier. Bars nobody, owes nothing.</summary>
    NotShown = 3,
}

/// <summary>How the half left the holder's screen.</summary>
public enum Removal
{
    /// <summary>Its time on screen still runs.</summary>
    StillUp = 0,

    /// <summary>We took it off the screen.</summary>
    Removed = 1,

    /// <summary>The holder said that they have it.</summary>
    ClosedByHolder = 2,

    /// <summary>Nobody took it off in time as far as we know; in Teams the host cannot.</summary>
    LeftOpen = 3,
}
