using System.Globalization;
using System.Text.Json;

namespace RootCustody.Audit;

public static class CanonicalEntry
{
    public static string Of(
        DateTimeOffset at,
        string what,
        string actor,
        IEnumerable<KeyValuePair<string, string>> details
    )
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["what"] = what,
            ["actor"] = actor,
        };
        foreach (var (name, value) in details)
            all[name] = value;
        return JsonSerializer.Serialize(all);
    }
}
