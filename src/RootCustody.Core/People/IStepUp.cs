namespace RootCustody.People;

/// <summary>A fresh proof by the person themselves, apart from their chat account (law 15).</summary>
/// <remarks>A port: authenticator codes (RFC 6238) today. Each method throws <see cref="StepUpAwayException"/> where it can say neither yes nor no.</remarks>
public interface IStepUp
{
    /// <summary>Whether this person can prove themselves at all.</summary>
    Task<bool> IsEnrolledAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Takes one proof. A proof counts once, whoever asks for it.</summary>
    Task<StepUpOutcome> CheckAsync(PersonId person, string code, CancellationToken cancellationToken);

    /// <summary>Makes a new seed that waits for <see cref="ConfirmAsync"/>; the old one, if any, stays in force until then.</summary>
    /// <returns>The seed as base32 text, to be shown once.</returns>
    Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Puts the waiting seed in force if the code is one of it.</summary>
    Task<StepUpOutcome> ConfirmAsync(PersonId person, string code, CancellationToken cancellationToken);
}

/// <summary>Nobody can be proven now: where the proofs are checked refuses, or is away. The sentence says why, and what to do.</summary>
public sealed class StepUpAwayException(string sentence, Exception inner) : Exception(sentence, inner);

public enum StepUpOutcome
{
    Passed,
    Wrong,

    /// <summary>Right, but it has been used before.</summary>
    Used,

    /// <summary>Too many wrong ones in a row.</summary>
    Locked,

    /// <summary>Too soon after a wrong one; it was not looked at.</summary>
    TooFast,
    NotEnrolled,
}
