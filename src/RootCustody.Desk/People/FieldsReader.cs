namespace RootCustody.Desk.People;

/// <summary>Takes the fields of one thing, each by its name; what nobody took at the end is unknown.</summary>
/// <param name="called">How sentences speak of it, such as "person paul".</param>
internal sealed class FieldsReader(Node.Thing thing, string called, Complaints complaints)
{
    private readonly Dictionary<string, Node> left = new(thing.Fields, StringComparer.Ordinal);
    private readonly List<string> known = [];

    public int Line => thing.Line;

    /// <returns>Empty if it is missing or not as it must be.</returns>
    public string Text(string name, Shape shape)
    {
        if (Take(name) is { } node)
            return TextOf(node, $"\"{name}\"", shape);
        complaints.Add(Line, $"{called} has no \"{name}\". Add it.");
        return "";
    }

    /// <returns>Null if it is missing, empty if it is not as it must be.</returns>
    public string? OptionalText(string name, Shape shape) =>
        Take(name) is { } node ? TextOf(node, $"\"{name}\"", shape) : null;

    public bool OptionalFlag(string name)
    {
        var node = Take(name);
        if (node is not (null or Node.Flag))
            complaints.Add(node.Line, $"{called}: \"{name}\" must be true or false, without quotes.");
        return node is Node.Flag { Value: true };
    }

    /// <summary>The texts of a list with their lines; those that are not as they must be are left out.</summary>
    public IEnumerable<(string Text, int Line)> Texts(string name, Shape shape) =>
        Items(name)
            .Select(item => (Text: TextOf(item, $"each of \"{name}\"", shape), item.Line))
            .Where(item => item.Text.Length > 0);

    /// <summary>The things of a list.</summary>
    public IEnumerable<FieldsReader> Things(string name, Func<Node.Thing, string> calledBy)
    {
        foreach (var item in Items(name))
        {
            if (item is Node.Thing inner)
                yield return new FieldsReader(inner, calledBy(inner), complaints);
            else
                complaints.Add(item.Line, $"{called}: each of \"{name}\" must be an object {{ ... }}.");
        }
    }

    public FieldsReader? OptionalThing(string name)
    {
        var node = Take(name);
        if (node is not (null or Node.Thing))
            complaints.Add(node.Line, $"{called}: \"{name}\" must be an object {{ ... }}.");
        return node is Node.Thing inner ? new FieldsReader(inner, $"the {name}", complaints) : null;
    }

    /// <summary>Complains that a list has to be there.</summary>
    public void Demand(string name)
    {
        if (!thing.Fields.ContainsKey(name))
            complaints.Add(Line, $"{called} has no \"{name}\". Add it; it may be an empty list.");
    }

    /// <summary>Complains of each field that nobody took.</summary>
    public void End()
    {
        foreach (var (name, node) in left)
            complaints.Add(
                node.Line,
                $"{called} cannot have {FieldNames.Shown(name)}. It takes: {string.Join(", ", known)}."
            );
    }

    private IReadOnlyList<Node> Items(string name)
    {
        var node = Take(name);
        if (node is not (null or Node.Many))
            complaints.Add(node.Line, $"{called}: \"{name}\" must be a list [ ... ].");
        return node is Node.Many many ? many.Items : [];
    }

    private string TextOf(Node node, string what, Shape shape)
    {
        if (node is Node.Text text && shape.Fits(text.Value))
            return text.Value;
        if (node is not Node.Bad)
            complaints.Add(node.Line, $"{called}: {what} must be {shape.Demand}.");
        return "";
    }

    private Node? Take(string name)
    {
        known.Add(name);
        return left.Remove(name, out var node) ? node : null;
    }
}
