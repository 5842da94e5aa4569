namespace RootCustody.People;

/// <summary>What we remember of one person's step-up, so that a code counts once and guessing ends.</summary>
public sealed class StepUpRecord
{
    private StepUpRecord() { }

    public PersonId Person { get; private set; }

    /// <summary>The last time step whose code was taken; 0 before the first. Codes up to it are used up.</summary>
    public long LastStep { get; private set; }

    /// <summary>Wrong codes since the last right one.</summary>
    public int Wrong { get; private set; }

    public DateTimeOffset? LockedUntil { get; private set; }

    public static StepUpRecord Of(PersonId person) => new() { Person = person };

    public bool IsLockedAt(DateTimeOffset now) => LockedUntil is { } until && now < until;

    /// <summary>Takes one proof.</summary>
    /// <param name="step">The time step that the code belongs to, or null if it belongs to none.</param>
    public StepUpOutcome Take(long? step, Policy policy, DateTimeOffset now)
    {
        if (IsLockedAt(now))
            return StepUpOutcome.Locked;
        if (step is { } fresh && fresh > LastStep)
        {
            LastStep = fresh;
            Wrong = 0;
            LockedUntil = null;
            return StepUpOutcome.Passed;
        }
        if (step is not null)
            return StepUpOutcome.Used;

        Wrong++;
        if (Wrong >= policy.StepUpTries)
        {
            Wrong = 0;
            LockedUntil = now + policy.StepUpLock;
        }
        return StepUpOutcome.Wrong;
    }
}
