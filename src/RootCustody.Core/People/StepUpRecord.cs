namespace RootCustody.People;

/// <summary>What we remember of one person's step-up, so that a code counts once and guessing ends.</summary>
public sealed class StepUpRecord
{
    private StepUpRecord() { }

    public PersonId Person { get; private set; }

    /// <summary>The last time step whose code was taken; 0 before the first. Codes up to it are used up.</summary>
    public long LastStep { get; private set; }

    public Guesses Guesses { get; private set; } = new();

    public static StepUpRecord Of(PersonId person) => new() { Person = person };

    public bool IsLockedAt(DateTimeOffset now) => Guesses.IsLockedAt(now);

    /// <summary>Takes one proof. After a wrong one that locked, <see cref="IsLockedAt"/> is true from that moment on.</summary>
    /// <param name="step">The time step that the code belongs to, or null if it belongs to none.</param>
    public StepUpOutcome Take(long? step, Policy policy, DateTimeOffset now)
    {
        if (Guesses.WhyNot(now) is { } why)
            return why;
        if (step is { } fresh && fresh > LastStep)
        {
            LastStep = fresh;
            Guesses.Hit();
            return StepUpOutcome.Passed;
        }
        if (step is not null)
            return StepUpOutcome.Used;

        Guesses.Miss(policy, now);
        return StepUpOutcome.Wrong;
    }
}
