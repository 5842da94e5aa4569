using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>May this person approve or hold this half of this request? Asked before cards are sent, at the approval, at the opening of the window and at each reveal.</summary>
public static class Eligibility
{
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNot(Request request, Half? half, Standing by) =>
        WhyNotAtAll(request, by) ?? (half is { } mine ? WhyNotThis(request, mine, by) : Refusal.NotACustodian);

    /// <summary>Whether the request could still get each half that it takes: from different people, of whom none is out for more than a while.</summary>
    /// <returns>The halves that nobody may hold.</returns>
    public static IReadOnlyList<Half> Without(Request request, IEnumerable<Standing> custodians)
    {
        var able = custodians
            .Where(by => by.Keeps is { } half && WhyNot(request, half, by with { Away = false }) is null)
            .Select(by => by.Keeps!.Value)
            .ToHashSet(); // nobody keeps two halves (law 3), so two halves are two people
        return [.. request.Groups.Where(half => !able.Contains(half))];
    }

    /// <summary>Whether they could hold this half of a request that others ask for; what passes by itself, such as an absence, does not count.</summary>
    public static bool CouldHold(Half half, Standing by) =>
        !by.Suspended && !by.Frozen && !by.IsOutsider && WhyNotHalf(half, by) is null;

    /// <summary>May they take care of the account's MFA devices: say that one is right, or gone?</summary>
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNotTend(Standing by)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (by.IsOutsider)
            return Refusal.NotOfProvider; // law 12
        return WhyNotHalf(Half.Mfa, by) ?? (by.CoolsOff ? Refusal.CoolsOff : null); // law 15
    }

    /// <summary>May they bring in an MFA device? They know its seed from then on.</summary>
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNotBringIn(Standing by)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (by.IsOutsider)
            return Refusal.NotOfProvider; // law 12
        if (by.SeenPassword || by.OpensPassword || by.Keeps == Half.Password)
            return Refusal.BringsNoDevice; // law 1
        if (by.Keeps != Half.Mfa && !by.IsDutyManager)
            return Refusal.BringsNoDevice;
        return by.CoolsOff ? Refusal.CoolsOff : null; // law 15
    }

    /// <summary>May they keep an MFA device of the account? It is in their hands from then on.</summary>
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNotKeep(Standing keeper) =>
        keeper.Suspended
        || keeper.Frozen
        || keeper.IsOutsider
        || keeper.Keeps == Half.Password
        || keeper.SeenPassword
        || keeper.OpensPassword
            ? Refusal.KeepsNoKey // laws 1, 12 and 15
            : null;

    /// <summary>May they report that the seal of a key was broken?</summary>
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNotReport(Standing by)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (by.IsOutsider)
            return Refusal.NotOfProvider; // law 12
        if (by.Keeps != Half.Mfa && !by.IsDutyManager && !by.OpensMfa)
            return Refusal.NotYoursToReport;
        return by.CoolsOff ? Refusal.CoolsOff : null; // law 15
    }

    /// <summary>What is against the person, whichever half it is.</summary>
    private static Refusal? WhyNotAtAll(Request request, Standing by)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (request.Names(by.Person))
            return Refusal.NamedAsDanger;
        if (request.Requester == by.Person || request.ContactApprover == by.Person)
            return Refusal.OwnRequest; // law 2; a rotation has no requester
        if (request.DutyApprover == by.Person)
            return Refusal.ApprovedAsDuty; // law 2
        return by.IsOutsider ? Refusal.NotOfProvider : null; // law 12
    }

    private static Refusal? WhyNotThis(Request request, Half mine, Standing by)
    {
        if (request.ApproverOf(mine.Other()) == by.Person)
            return Refusal.ApprovedTheOtherHalf; // law 2
        if (WhyNotHalf(mine, by) is { } why)
            return why;
        if (request.Kind == RequestKind.Rotation && mine == Half.Password && by.SatInMfaChange)
            return Refusal.SatInMfaChange; // they may have seen the seed of the new device (law 1)
        if (by.CoolsOff)
            return Refusal.CoolsOff; // law 15
        return by.Away ? Refusal.Away : null;
    }

    /// <summary>What is against this half in their hands, whatever the request.</summary>
    private static Refusal? WhyNotHalf(Half mine, Standing by)
    {
        var other = mine.Other();
        if (by.Keeps != mine)
            return Refusal.NotACustodian; // law 3
        if (by.HasSeen(other))
            return Refusal.HasSeenTheOtherHalf; // law 1
        if (by.Opens(other))
            return Refusal.OpensTheOtherHalf; // law 1
        if (by.HasConflict)
            return Refusal.ConflictOfInterest;
        return by.Administers ? Refusal.Administers : null;
    }
}
