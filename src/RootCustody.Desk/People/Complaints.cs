namespace RootCustody.Desk.People;

/// <summary>What is wrong with an import file, by line. It never quotes what could be a secret.</summary>
internal sealed class Complaints
{
    /// <summary>Whoever has more of them reads the first ones first.</summary>
    public const int Most = 50;

    private readonly List<(int Line, string Sentence)> all = [];

    public bool None => all.Count == 0;

    public IReadOnlyList<string> Sentences => [.. all.OrderBy(c => c.Line).Select(c => $"line {c.Line}: {c.Sentence}")];

    public void Add(int line, string sentence)
    {
        if (all.Count < Most && !all.Contains((line, sentence)))
            all.Add((line, sentence));
    }

    /// <summary>A copy that can be added to: a decision that runs again begins with what was read, not with what it found before.</summary>
    public Complaints Copy()
    {
        var copy = new Complaints();
        copy.all.AddRange(all);
        return copy;
    }
}
