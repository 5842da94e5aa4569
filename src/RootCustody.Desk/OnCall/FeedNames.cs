using Ical.Net.CalendarComponents;
using RootCustody.Desk.People;

namespace RootCustody.Desk.OnCall;

/// <summary>Whom an event means: only what the settings say, or a title that is the key of a person.</summary>
/// <remarks>Never by an e-mail address (law 2), which whoever writes the calendar could choose.</remarks>
internal sealed class FeedNames(FeedSettings settings)
{
    private readonly Dictionary<string, string> persons = settings
        .Names.SelectMany(n => n.Value.Select(text => (Text: text.Trim(), Person: n.Key)))
        .DistinctBy(n => n.Text, StringComparer.Ordinal)
        .ToDictionary(n => n.Text, n => n.Person, StringComparer.Ordinal);

    /// <summary>The title decides; if it says nothing, the names of those who are invited do.</summary>
    public IReadOnlyList<string> Of(CalendarEvent entry)
    {
        var title = (entry.Summary ?? "").Trim();
        if (persons.TryGetValue(title, out var person))
            return [person];
        var invited = entry
            .Attendees.Select(a => persons.GetValueOrDefault((a.CommonName ?? "").Trim()))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (invited.Count > 0)
            return invited;
        return Shape.Key.Fits(title) ? [title] : [];
    }
}
