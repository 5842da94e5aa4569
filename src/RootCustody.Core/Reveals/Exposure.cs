using RootCustody.Accounts;

namespace RootCustody.Reveals;

/// <summary>The record that one person was shown, or maybe shown, one generation of one half (laws 1 and 4).</summary>
public sealed class Exposure
{
    /// <summary>What a drill shows: no generation of anything, so it bars nobody and owes nothing.</summary>
    public const int Drill = 0;

    private Exposure() { }

    public ExposureId Id { get; private set; }
    public AccountId Account { get; private set; }
    public Half Half { get; private set; }

    /// <summary>The generation that was shown; <see cref="Drill"/> for the dummy of a drill.</summary>
    public int Generation { get; private set; }
    public PersonId Person { get; private set; }

    /// <summary>The request in whose window it was; null for who brought the half in.</summary>
    public RequestId? Request { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>When it has to be off the screen.</summary>
    public DateTimeOffset Until { get; private set; }

    public RevealOutcome Outcome { get; private set; }
    public Removal Removal { get; private set; }

    /// <summary>Recorded before the half leaves the vault; if nothing more is heard of it, it stands as maybe shown.</summary>
    public static Exposure Of(
        AccountId account,
        Half half,
        int generation,
        PersonId person,
        RequestId request,
        DateTimeOffset now,
        DateTimeOffset until
    ) =>
        new()
        {
            Id = ExposureId.New(now),
            Account = account,
            Half = half,
            Generation = generation,
            Person = person,
            Request = request,
            At = now,
            Until = until,
            Outcome = RevealOutcome.MaybeShown,
        };

    /// <summary>The person brought the half in and so knows it from birth.</summary>
    public static Exposure FromBirth(
        AccountId account,
        Half half,
        int generation,
        PersonId person,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = ExposureId.New(now),
            Account = account,
            Half = half,
            Generation = generation,
            Person = person,
            At = now,
            Until = now,
            Outcome = RevealOutcome.Shown,
            Removal = Removal.LeftOpen,
        };

    /// <summary>The database did not see it, or has forgotten it, and is told by who remembered it outside. What became of it is not known, so it was maybe shown.</summary>
    /// <param name="id">The one that it had, if it had one.</param>
    public static Exposure Recovered(
        ExposureId id,
        AccountId account,
        Half half,
        int generation,
        PersonId person,
        RequestId? request,
        DateTimeOffset at,
        DateTimeOffset until
    ) =>
        new()
        {
            Id = id,
            Account = account,
            Half = half,
            Generation = generation,
            Person = person,
            Request = request,
            At = at,
            Until = until,
            Outcome = RevealOutcome.MaybeShown,
            Removal = Removal.LeftOpen,
        };

    /// <summary>Whether it bars its person from the other half (law 1).</summary>
    public bool Bars(IEnumerable<Retirement> retirements) =>
        Outcome != RevealOutcome.NotShown
        && Generation != Drill
        && !retirements.Any(r => r.Account == Account && r.Lifts(Half, Generation, Person));

    /// <summary>Says what became of it, once; a later word changes nothing.</summary>
    public bool Conclude(RevealOutcome outcome)
    {
        if (Outcome != RevealOutcome.MaybeShown)
            return false;
        Outcome = outcome;
        if (outcome == RevealOutcome.NotShown)
            Removal = Removal.Removed;
        return true;
    }

    /// <summary>Says how it left the screen, once.</summary>
    public bool Leave(Removal removal)
    {
        if (Removal != Removal.StillUp)
            return false;
        Removal = removal;
        return true;
    }
}
