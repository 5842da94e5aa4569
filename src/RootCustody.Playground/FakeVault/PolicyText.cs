using System.Globalization;
using System.Text;

namespace RootCustody.Playground.FakeVault;

/// <summary>A text is no policy.</summary>
internal sealed class PolicyTextException(string why) : Exception($"failed to parse policy: {why}");

/// <summary>Reads the part of HCL in which policies are written: path blocks with lists, objects and texts.</summary>
internal sealed class PolicyText
{
    private static readonly HashSet<string> Known = new(
        ["create", "read", "update", "patch", "delete", "list", "sudo", "deny", "scan"],
        StringComparer.Ordinal
    );

    private readonly List<Word> words;
    private int read;

    private PolicyText(string text)
    {
        words = [.. Split(text)];
    }

    /// <exception cref="PolicyTextException">It is no policy.</exception>
    public static IReadOnlyList<PathRule> Read(string text)
    {
        var reader = new PolicyText(text);
        var rules = new List<PathRule>();
        while (reader.Next() is { } word)
        {
            if (word != new Word(false, "path"))
                throw new PolicyTextException($"invalid key \"{word.Text}\" at word {reader.read}");
            rules.Add(reader.Block());
        }
        return rules;
    }

    private PathRule Block()
    {
        var pattern = Quoted().TrimStart('/');
        Expect("{");
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var word = Needed(); word != new Word(false, "}"); word = Needed())
        {
            Expect("=");
            if (!values.TryAdd(word.Text, Value())) // newer servers refuse what older ones overlooked
                throw new PolicyTextException($"The argument \"{word.Text}\" at path \"{pattern}\" was already set");
        }
        return Rule(pattern, values);
    }

    private static PathRule Rule(string pattern, Dictionary<string, object> values)
    {
        if (pattern.Contains("+*", StringComparison.Ordinal))
            throw new PolicyTextException($"path \"{pattern}\": invalid use of wildcards ('+*' is forbidden)");
        var rule = new PathRule(pattern, Capabilities(pattern, values.GetValueOrDefault("capabilities")));
        foreach (var (name, value) in values)
        {
            rule = name switch
            {
                "capabilities" => rule,
                "denied_parameters" => rule with { Denied = Lists(pattern, value) },
                "allowed_parameters" => rule with { Allowed = Lists(pattern, value) },
                "min_wrapping_ttl" => rule with { LeastWrap = Length(pattern, value) },
                "max_wrapping_ttl" => rule with { MostWrap = Length(pattern, value) },
                _ => throw new PolicyTextException($"path \"{pattern}\": invalid key \"{name}\""),
            };
        }
        return rule;
    }

    private static HashSet<string> Capabilities(string pattern, object? value)
    {
        if (value is not (null or List<string>))
            throw new PolicyTextException($"path \"{pattern}\": capabilities is no list");
        var capabilities = (value as List<string> ?? []).ToHashSet(StringComparer.Ordinal);
        if (capabilities.FirstOrDefault(c => !Known.Contains(c)) is { } unknown)
            throw new PolicyTextException($"path \"{pattern}\": invalid capability \"{unknown}\"");
        return capabilities;
    }

    private static Dictionary<string, IReadOnlyList<string>> Lists(string pattern, object value) =>
        value is Dictionary<string, object> lists
            ? lists.ToDictionary(
                l => l.Key.ToLowerInvariant(),
                l =>
                    l.Value as IReadOnlyList<string>
                    ?? throw new PolicyTextException($"path \"{pattern}\": \"{l.Key}\" is no list"),
                StringComparer.Ordinal
            )
            : throw new PolicyTextException($"path \"{pattern}\": parameters are no object");

    private static TimeSpan Length(string pattern, object value) =>
        value is string text && Fields.LengthOf(text) is { } length
            ? length
            : throw new PolicyTextException($"path \"{pattern}\": no length of time");

    /// <returns>A text, a list of texts, or an object of values.</returns>
    private object Value()
    {
        var word = Needed();
        if (word.IsQuoted || char.IsAsciiLetterOrDigit(word.Text[0]))
            return word.Text;
        if (word.Text == "[")
            return List();
        if (word.Text != "{")
            throw new PolicyTextException($"unexpected \"{word.Text}\"");
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (word = Needed(); word != new Word(false, "}"); word = Needed())
        {
            if (word == new Word(false, ","))
                continue;
            Expect("=");
            if (!values.TryAdd(word.Text, Value()))
                throw new PolicyTextException($"The argument \"{word.Text}\" was already set");
        }
        return values;
    }

    private List<string> List()
    {
        var values = new List<string>();
        for (var word = Needed(); word != new Word(false, "]"); word = Needed())
        {
            if (word == new Word(false, ","))
                continue;
            values.Add(
                word.IsQuoted || char.IsAsciiLetterOrDigit(word.Text[0])
                    ? word.Text
                    : throw new PolicyTextException($"unexpected \"{word.Text}\"")
            );
        }
        return values;
    }

    private string Quoted() =>
        Needed() is { IsQuoted: true } word ? word.Text : throw new PolicyTextException("a path has to be quoted");

    private void Expect(string mark)
    {
        var word = Needed();
        if (word != new Word(false, mark))
            throw new PolicyTextException($"\"{mark}\" expected, not \"{word.Text}\"");
    }

    private Word Needed() => Next() ?? throw new PolicyTextException("object expected closing RBRACE got: EOF");

    private Word? Next() => read < words.Count ? words[read++] : null;

    private static IEnumerable<Word> Split(string text)
    {
        for (var at = 0; at < text.Length; )
        {
            var letter = text[at];
            if (char.IsWhiteSpace(letter))
                at++;
            else if (letter == '#' || Begins(text, at, "//"))
                at = EndOf(text, at, "\n");
            else if (Begins(text, at, "/*"))
                at = EndOf(text, at, "*/");
            else if (letter == '"')
                yield return QuotedAt(text, ref at);
            else if ("{}[]=,".Contains(letter, StringComparison.Ordinal))
            {
                at++;
                yield return new Word(false, letter.ToString(CultureInfo.InvariantCulture));
            }
            else
                yield return BareAt(text, ref at);
        }
    }

    private static bool Begins(string text, int at, string mark) =>
        string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

    private static int EndOf(string text, int at, string mark)
    {
        var end = text.IndexOf(mark, at, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + mark.Length;
    }

    private static Word QuotedAt(string text, ref int at)
    {
        var word = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            word.Append(text[at]);
        }
        if (at++ >= text.Length)
            throw new PolicyTextException("literal not terminated");
        return new Word(true, word.ToString());
    }

    private static Word BareAt(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.'))
            at++;
        return at > start
            ? new Word(false, text[start..at])
            : throw new PolicyTextException($"illegal character '{text[at]}'");
    }

    private readonly record struct Word(bool IsQuoted, string Text);
}
