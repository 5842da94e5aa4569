namespace RootCustody.Requests;

/// <summary>What a requester wants, before it is a request.</summary>
/// <param name="Start">For a planned request: when the window may open at the earliest. Null is an emergency.</param>
/// <param name="Length">How long the window is to be.</param>
/// <param name="Named">Who is the danger, in an emergency of lock-out or abuse.</param>
public sealed record Ask(
    AccountId Account,
    RootTask Task,
    string Justification,
    string? Ticket,
    DateTimeOffset? Start,
    TimeSpan Length,
    IReadOnlyList<PersonId> Named
)
{
    /// <summary>Characters that a justification needs, so that a custodian at 3 a.m. can judge it.</summary>
    public const int ShortestJustification = 10;

    public const int LongestJustification = 1000;
    public const int LongestTicket = 80;

    /// <summary>What is wrong with it, in no particular order; nothing if it can be asked.</summary>
    public IEnumerable<AskFault> Faults(Policy policy, DateTimeOffset now)
    {
        if (Justification.Length is < ShortestJustification or > LongestJustification)
            yield return AskFault.Justification;
        if (Ticket is { Length: > LongestTicket })
            yield return AskFault.Ticket;
        if (Length <= TimeSpan.Zero || Length > policy.LongestWindow)
            yield return AskFault.Length;
        if (Start is { } start && start < now + policy.PlannedLead)
            yield return AskFault.StartTooSoon;
        if (Start is { } far && far > now + policy.PlannedAhead)
            yield return AskFault.StartTooFar;
        // asked only of what lies in reach: the end of the calendar plus an hour is no moment
        else if (Start is { } begins && !WorkingHours.Of(policy.PlannedHours).Allow(begins, begins + Length))
            yield return AskFault.OutOfHours;
    }
}

public enum AskFault
{
    Justification,
    Ticket,
    Length,
    StartTooSoon,
    StartTooFar,
    OutOfHours,
}
