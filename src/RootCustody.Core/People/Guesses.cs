namespace RootCustody.People;

/// <summary>Wrong codes in a row: each makes the next try wait longer, and so many of them lock for a while.</summary>
public sealed class Guesses
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    /// <summary>Wrong codes since the last right one, or since the last lock.</summary>
    public int Wrong { get; private set; }

    /// <summary>Before this moment no try is taken, neither a right one nor a wrong one; null if none has to wait.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    public DateTimeOffset? LockedUntil { get; private set; }

    public bool IsLockedAt(DateTimeOffset now) => now < LockedUntil;

    /// <returns>Why no try is taken now, or null.</returns>
    public StepUpOutcome? WhyNot(DateTimeOffset now) =>
        IsLockedAt(now) ? StepUpOutcome.Locked
        : now < NotBefore ? StepUpOutcome.TooFast
        : null;

    /// <summary>A code was wrong.</summary>
    /// <returns>True if that was the one that locks.</returns>
    public bool Miss(Policy policy, DateTimeOffset now)
    {
        Wrong++;
        NotBefore = now + PauseAfter(Wrong, policy.StepUpLock);
        if (Wrong < policy.StepUpTries)
            return false;
        Wrong = 0;
        NotBefore = null;
        LockedUntil = now + policy.StepUpLock;
        return true;
    }

    /// <summary>A code was right.</summary>
    public void Hit()
    {
        Wrong = 0;
        NotBefore = null;
        LockedUntil = null;
    }

    /// <summary>0, 2 s, 4 s, 8 s ... and never longer than the lock.</summary>
    private static TimeSpan PauseAfter(int wrong, TimeSpan longest)
    {
        if (wrong <= 1)
            return TimeSpan.Zero; // anyone mistypes once
        var pause = FirstPause * Math.Pow(2, Math.Min(wrong - 2, 30)); // 2^30 s are 34 years, so that no sum overflows
        return pause < longest ? pause : longest;
    }
}
