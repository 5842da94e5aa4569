using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>A policy as it was written, and what it says.</summary>
internal sealed record Policy(string Name, string Text, IReadOnlyList<PathRule> Rules)
{
    /// <exception cref="PolicyTextException">It is no policy.</exception>
    public static Policy Of(string name, string text) => new(name, text, PolicyText.Read(text));
}

/// <summary>One path block of a policy.</summary>
/// <param name="Pattern">As written: exact, with <c>*</c> at its end, with <c>+</c> for a segment.</param>
internal sealed record PathRule(string Pattern, IReadOnlySet<string> Capabilities)
{
    /// <summary>Parameters that may not be sent; an empty list means with any value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Denied { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Parameters that alone may be sent, if there are any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Allowed { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public TimeSpan? LeastWrap { get; init; }
    public TimeSpan? MostWrap { get; init; }

    public bool IsExact => !Pattern.EndsWith('*') && !Pattern.Split('/').Contains("+", StringComparer.Ordinal);

    public bool Matches(string path)
    {
        if (IsExact)
            return path == Pattern;
        var open = Pattern.EndsWith('*');
        var wanted = (open ? Pattern[..^1] : Pattern).Split('/');
        var there = path.Split('/');
        if (open ? there.Length < wanted.Length : there.Length != wanted.Length)
            return false;
        for (var at = 0; at < wanted.Length; at++)
        {
            var last = open && at == wanted.Length - 1;
            if (
                last
                    ? !there[at].StartsWith(wanted[at], StringComparison.Ordinal)
                    : wanted[at] != "+" && wanted[at] != there[at]
            )
                return false;
        }
        return true;
    }
}

/// <summary>What the policies of one token say together.</summary>
internal sealed class Acl
{
    private readonly List<PathRule> rules;
    private readonly bool isRoot;

    /// <param name="policies">Policies that do not exist (any more) say nothing.</param>
    public Acl(IEnumerable<Policy> policies, bool isRoot)
    {
        this.isRoot = isRoot;
        // the same pattern in several policies is one rule
        rules = [.. policies.SelectMany(p => p.Rules).GroupBy(r => r.Pattern, StringComparer.Ordinal).Select(United)];
    }

    /// <summary>What <c>sys/capabilities-self</c> says of a path.</summary>
    public IReadOnlyList<string> CapabilitiesOn(string path)
    {
        if (isRoot)
            return ["root"];
        var rule = RuleFor(path);
        return rule is null || rule.Capabilities.Contains("deny") || rule.Capabilities.Count == 0
            ? ["deny"]
            : [.. rule.Capabilities.Order(StringComparer.Ordinal)];
    }

    public bool Allows(string path, Operation operation, JsonObject body, TimeSpan? wrapFor, bool needsSudo)
    {
        if (isRoot)
            return true;
        if (RuleFor(path) is not { } rule || rule.Capabilities.Contains("deny"))
            return false;
        if (!rule.Capabilities.Contains(operation.ToString().ToLowerInvariant()))
            return false;
        if (needsSudo && !rule.Capabilities.Contains("sudo"))
            return false;
        if (rule.LeastWrap is { } least && (wrapFor is null || wrapFor < least))
            return false;
        if (rule.MostWrap is { } most && (wrapFor is null || wrapFor > most))
            return false;
        return operation is not (Operation.Create or Operation.Update or Operation.Patch)
            || AllowsParameters(rule, body);
    }

    /// <summary>Only the most specific pattern counts, whatever the others say: a broad deny loses against a narrow allow.</summary>
    private PathRule? RuleFor(string path) =>
        rules.Find(r => r.IsExact && (r.Pattern == path || r.Pattern + "/" == path))
        ?? rules.Where(r => !r.IsExact && r.Matches(path)).Order(Comparer<PathRule>.Create(Rank)).LastOrDefault();

    private static int Rank(PathRule one, PathRule other)
    {
        var first = FirstWildcard(one).CompareTo(FirstWildcard(other));
        if (first != 0)
            return first;
        var open = other.Pattern.EndsWith('*').CompareTo(one.Pattern.EndsWith('*'));
        if (open != 0)
            return open;
        var segments = Segments(other).CompareTo(Segments(one));
        if (segments != 0)
            return segments;
        var length = one.Pattern.Length.CompareTo(other.Pattern.Length);
        return length != 0 ? length : string.CompareOrdinal(one.Pattern, other.Pattern);
    }

    private static int FirstWildcard(PathRule rule)
    {
        var at = 0;
        foreach (var segment in rule.Pattern.Split('/'))
        {
            if (segment == "+")
                return at;
            at += segment.Length + 1;
        }
        return rule.Pattern.Length - 1;
    }

    private static int Segments(PathRule rule) => rule.Pattern.Split('/').Count(s => s == "+");

    private static bool AllowsParameters(PathRule rule, JsonObject body)
    {
        if (body.Any(p => IsListed(rule.Denied, p)))
            return false;
        return rule.Allowed.Count == 0 || body.All(p => IsListed(rule.Allowed, p));
    }

    private static bool IsListed(
        IReadOnlyDictionary<string, IReadOnlyList<string>> list,
        KeyValuePair<string, JsonNode?> sent
    ) =>
        list.ContainsKey("*") && list.Count == 1
        || list.TryGetValue(sent.Key.ToLowerInvariant(), out var values)
            && (values.Count == 0 || values.Contains(sent.Value?.ToString() ?? "", StringComparer.Ordinal));

    private static PathRule United(IEnumerable<PathRule> same)
    {
        var united = same.ToList();
        return new PathRule(united[0].Pattern, united.SelectMany(r => r.Capabilities).ToHashSet(StringComparer.Ordinal))
        {
            Denied = United(united.Select(r => r.Denied)),
            Allowed = United(united.Select(r => r.Allowed)),
            LeastWrap = united.Min(r => r.LeastWrap),
            MostWrap = united.Min(r => r.MostWrap),
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> United(
        IEnumerable<IReadOnlyDictionary<string, IReadOnlyList<string>>> lists
    ) =>
        lists
            .SelectMany(l => l)
            .GroupBy(p => p.Key, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<string>)(g.Any(p => p.Value.Count == 0) ? [] : [.. g.SelectMany(p => p.Value)]),
                StringComparer.Ordinal
            );
}
