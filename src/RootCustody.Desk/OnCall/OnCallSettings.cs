using RootCustody.Desk.People;
using RootCustody.OnCall;

namespace RootCustody.Desk.OnCall;

/// <summary>The section <c>RootCustody:OnCall:&lt;key of a custodian group&gt;</c>. A group without one has no on-call: all its members count.</summary>
public sealed class OnCallSettings
{
    /// <summary>The time zone of hand-overs, shifts and of what a feed says without one, such as <c>Europe/Berlin</c>. Default UTC.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>Keys of persons who are on call in turn, each for a week. Default nobody.</summary>
    public IList<string> Turns { get; } = [];

    /// <summary>When the turns change, such as <c>Mon 09:00</c>. Needed with <see cref="Turns"/>.</summary>
    public string HandOver { get; set; } = "";

    /// <summary>The day, such as <c>2026-11-23</c>, from which on the next hand-over begins the first turn. Needed with <see cref="Turns"/>.</summary>
    public string Start { get; set; } = "";

    /// <summary>Hours of the week that always belong to the same persons, beside the turns. Default none.</summary>
    public IList<ShiftSettings> Shifts { get; } = [];

    /// <summary>A calendar elsewhere; it counts where it says something, else turns and shifts do.</summary>
    public FeedSettings Feed { get; } = new();

    private bool HasRota => Turns.Count > 0 || Shifts.Count > 0;

    /// <summary>What is wrong, each in a sentence that names the setting and what to do.</summary>
    /// <param name="section">Such as <c>RootCustody:OnCall:passwords</c>; ends with the key of the group.</param>
    public IEnumerable<string> Faults(string section)
    {
        if (!Shape.Key.Fits(section[(section.LastIndexOf(':') + 1)..]))
            yield return $"{section} is of no group: a key must be {Shape.Key.Demand}.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            yield return $"{section}:Zone: '{Zone}' is no time zone; say one such as Europe/Berlin.";
        if (!HasRota && !Feed.IsSet)
            yield return $"{section} names nobody: give Turns, Shifts or Feed:Source, or take the section out.";
        foreach (var fault in TurnFaults(section))
            yield return fault;
        for (var i = 0; i < Shifts.Count; i++)
        {
            foreach (var fault in Shifts[i].Faults($"{section}:Shifts:{i}"))
                yield return fault;
        }
        foreach (var fault in Feed.Faults($"{section}:Feed"))
            yield return fault;
    }

    /// <returns>Null if only a feed says who is on call.</returns>
    internal Rota? Rota() =>
        HasRota
            ? new Rota(
                FoundZone(),
                Turns.Count > 0 ? RootCustody.OnCall.Turns.Of(HandOver, Start, [.. Turns]) : null,
                [.. Shifts.Select(s => Shift.Of(s.Hours, [.. s.Persons]))]
            )
            : null;

    internal TimeZoneInfo FoundZone() => TimeZoneInfo.FindSystemTimeZoneById(Zone);

    internal static IEnumerable<string> KeyFaults(string setting, IEnumerable<string> persons) =>
        persons
            .Where(p => !Shape.Key.Fits(p))
            .Select(p => $"{setting}: '{p}' is no key of a person, which must be {Shape.Key.Demand}.");

    private IEnumerable<string> TurnFaults(string section)
    {
        if (Turns.Count == 0)
        {
            if (HandOver.Length > 0 || Start.Length > 0)
                yield return $"{section}:Turns is empty; name who takes turns, or take HandOver and Start out.";
            yield break;
        }
        if (RootCustody.OnCall.Turns.HandOverFault(HandOver) is { } handOver)
            yield return $"{section}:HandOver: {handOver}";
        if (RootCustody.OnCall.Turns.StartFault(Start) is { } start)
            yield return $"{section}:Start: {start}";
        foreach (var fault in KeyFaults($"{section}:Turns", Turns))
            yield return fault;
    }
}

/// <summary>One entry of <c>Shifts</c>.</summary>
public sealed class ShiftSettings
{
    /// <summary>Days and hours, such as <c>Mon-Fri 18:00-08:00</c>, which may go over midnight.</summary>
    public string Hours { get; set; } = "";

    /// <summary>Keys of the persons who are on call then.</summary>
    public IList<string> Persons { get; } = [];

    internal IEnumerable<string> Faults(string section)
    {
        if (Shift.Fault(Hours) is { } hours)
            yield return $"{section}:Hours: {hours}";
        if (Persons.Count == 0)
            yield return $"{section}:Persons is empty; name who is on call then.";
        foreach (var fault in OnCallSettings.KeyFaults($"{section}:Persons", Persons))
            yield return fault;
    }
}
