using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RootCustody.Desk.People;

/// <summary>A JSON value that knows the line on which it stands.</summary>
internal abstract record Node(int Line)
{
    internal sealed record Text(int Line, string Value) : Node(Line);

    internal sealed record Flag(int Line, bool Value) : Node(Line);

    internal sealed record Many(int Line, IReadOnlyList<Node> Items) : Node(Line);

    internal sealed record Thing(int Line, IReadOnlyDictionary<string, Node> Fields) : Node(Line);

    /// <summary>A number or a null: nothing that an import takes.</summary>
    internal sealed record Other(int Line) : Node(Line);

    /// <summary>A text that has been complained of already.</summary>
    internal sealed record Bad(int Line) : Node(Line);
}

/// <summary>Reads JSON strictly, with lines, and refuses what a file without secrets has no place for.</summary>
internal sealed class LinedJson(ReadOnlyMemory<byte> json, Complaints complaints)
{
    private const int MostDepth = 8;
    private int line = 1;
    private int counted;

    /// <returns>Null if it is no JSON; the complaints say where it breaks.</returns>
    public Node? Read()
    {
        if (!Utf8.IsValid(json.Span))
        {
            complaints.Add(LineOfBadByte(), "this is not UTF-8 text. Save the file as UTF-8.");
            return null;
        }
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            reader.Read();
            var root = Value(ref reader, LineOf(ref reader));
            reader.Read(); // to the end: nothing may follow
            return root;
        }
        catch (JsonException broken)
        {
            // its message quotes the file
            complaints.Add(
                (int)(broken.LineNumber ?? 0) + 1,
                "the JSON breaks here. Look for a comma, quote or bracket that is missing or too many, and for comments, which are not allowed."
            );
            return null;
        }
    }

    private Node Value(ref Utf8JsonReader reader, int at) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => Thing(ref reader, at),
            JsonTokenType.StartArray => Many(ref reader, at),
            JsonTokenType.String => Text(ref reader, at),
            JsonTokenType.True => new Node.Flag(at, true),
            JsonTokenType.False => new Node.Flag(at, false),
            _ => new Node.Other(at),
        };

    private Node.Thing Thing(ref Utf8JsonReader reader, int at)
    {
        var fields = new Dictionary<string, Node>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var here = LineOf(ref reader);
            var name = TextOf(ref reader) ?? "";
            reader.Read();
            if (SecretWords.AreIn(name))
            {
                complaints.Add(
                    here,
                    "this field's name says that it holds a secret. An import file holds none: delete the field, and replace the secret if it was a real one, for it has stood in a plain file."
                );
                reader.Skip(); // not read, so that it is nowhere but in the file
            }
            else if (!fields.TryAdd(name, Value(ref reader, here)))
                complaints.Add(here, $"{FieldNames.Shown(name)} stands here for the second time. Keep one of the two.");
        }
        return new Node.Thing(at, fields);
    }

    private Node.Many Many(ref Utf8JsonReader reader, int at)
    {
        var items = new List<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, LineOf(ref reader)));
        return new Node.Many(at, items);
    }

    private Node Text(ref Utf8JsonReader reader, int at)
    {
        if (TextOf(ref reader) is not { } text)
        {
            complaints.Add(at, "this text has half of a character in it (a lone \\ud800 to \\udfff). Write it again.");
            return new Node.Bad(at);
        }
        if (text.Contains("otpauth:", StringComparison.OrdinalIgnoreCase))
        {
            complaints.Add(
                at,
                "this text is the seed of an authenticator. An import file holds no secret: delete it, and replace the seed, for it has stood in a plain file."
            );
            return new Node.Bad(at);
        }
        return new Node.Text(at, text);
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped lone surrogate, which valid UTF-8 can hold
        }
    }

    private int LineOf(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        line += json.Span[counted..start].Count((byte)'\n');
        counted = start;
        return line;
    }

    private int LineOfBadByte()
    {
        var rest = json.Span;
        while (Rune.DecodeFromUtf8(rest, out _, out var length) == System.Buffers.OperationStatus.Done)
            rest = rest[length..];
        return json.Span[..^rest.Length].Count((byte)'\n') + 1;
    }
}
