namespace RootCustody.Desk.People;

/// <summary>What an import accepts but somebody should know.</summary>
internal static class DirectoryWarnings
{
    private const int MostNamed = 20;

    public static IReadOnlyList<string> Of(DirectoryFile stored, DirectoryFile file) =>
        [
            .. stored.With(file).Groups.Values.Where(g => g.Members.Count < 2).Select(TooFew),
            .. Missing("customers", stored.Customers.Keys.Where(key => !file.Customers.ContainsKey(key))),
            .. Missing("persons", stored.Persons.Keys.Where(key => !file.Persons.ContainsKey(key))),
            .. Missing("groups", stored.Groups.Keys.Where(key => !file.Groups.ContainsKey(key))),
            .. Missing("accounts", stored.Accounts.Keys.Where(key => !file.Accounts.ContainsKey(key))),
        ];

    private static string TooFew(GroupEntry group) =>
        $"group {group.Key} has {(group.Members.Count == 0 ? "no member" : "one member")}: when a custodian is absent nobody can rotate, and a debt stays unpaid. Give it two or more.";

    private static IEnumerable<string> Missing(string things, IEnumerable<string> keys)
    {
        var all = keys.Order(StringComparer.Ordinal).ToList();
        if (all.Count == 0)
            yield break;
        var more = all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "";
        yield return $"these {things} are not in the file and stay as they are: {string.Join(", ", all.Take(MostNamed))}{more}.";
    }
}
