namespace RootCustody.Desk.OnCall;

/// <summary>The section <c>Feed</c> of a group: an iCalendar, as PagerDuty, Opsgenie or a shared calendar export it.</summary>
public sealed class FeedSettings
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);
    private const int LargestLimit = 10_240;

    /// <summary>An https address or the path of a file. An address often holds a token, so it is never logged. Default none.</summary>
    public string Source { get; set; } = "";

    /// <summary>How old what was read may be before it is read again. Default 15 minutes.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one reading may take; so long may a click wait for it. Default 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How large the calendar may be, in kilobytes of 1024 bytes. Default 2048.</summary>
    public int LargestKilobytes { get; set; } = 2048;

    /// <summary>
    /// For each key of a person the texts that mean them, letter for letter: the title (SUMMARY) of an event or the name (CN)
    /// of somebody invited. A title that is itself a key needs no entry. Addresses of invited people are never read (law 2).
    /// </summary>
    public IDictionary<string, IList<string>> Names { get; } =
        new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    internal bool IsSet => Source.Length > 0;

    /// <summary>Null if the source is a file.</summary>
    internal Uri? Address =>
        Source.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Source, UriKind.Absolute, out var uri)
            ? uri
            : null;

    internal IEnumerable<string> Faults(string section)
    {
        if (SourceFault() is { } source)
            yield return $"{section}:Source {source}";
        if (MaxAge <= TimeSpan.Zero || MaxAge > LongestAge)
            yield return $"{section}:MaxAge must be longer than nothing and no longer than {LongestAge.Days} days.";
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout)
            yield return $"{section}:Timeout must be longer than nothing and no longer than {LongestTimeout.TotalSeconds:0} seconds.";
        if (LargestKilobytes is < 1 or > LargestLimit)
            yield return $"{section}:LargestKilobytes must lie between 1 and {LargestLimit}.";
        foreach (var fault in NameFaults($"{section}:Names"))
            yield return fault;
    }

    private string? SourceFault()
    {
        if (!IsSet)
            return Names.Count > 0 ? "is empty, although Names are given; say where the calendar is." : null;
        if (!Source.Contains("://", StringComparison.Ordinal))
            return null; // a file that is not there yet may come; the status of the feed says so
        if (Address is not { } address || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            return "must be an https address or the path of a file.";
        if (address.UserInfo.Length > 0)
            return "must not hold a user name or password.";
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? null
            : "must be https; plain http is for this machine only.";
    }

    private IEnumerable<string> NameFaults(string section)
    {
        foreach (var fault in OnCallSettings.KeyFaults(section, Names.Keys))
            yield return fault;
        foreach (var (person, _) in Names.Where(n => n.Value.Count == 0 || n.Value.Any(string.IsNullOrWhiteSpace)))
            yield return $"{section}:{person} must hold texts of the calendar that mean this person, and none that is empty.";
        var twice = Names
            .SelectMany(n => n.Value.Select(text => (text, n.Key)).Distinct())
            .GroupBy(n => n.text.Trim(), StringComparer.Ordinal)
            .Where(g => g.Count() > 1);
        foreach (var text in twice)
            yield return $"{section}: the same text stands for {string.Join(" and ", text.Select(t => t.Key).Order(StringComparer.Ordinal))}; one text means one person.";
    }
}
