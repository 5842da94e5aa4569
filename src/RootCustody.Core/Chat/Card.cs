namespace RootCustody.Chat;

/// <summary>What people see in a message that stays. It holds no secret, ever (law 8).</summary>
/// <param name="Title">One line of plain text; also what notifications say.</param>
/// <param name="Lines">Paragraphs of plain text; adapters escape them.</param>
public sealed record Card(
    string Title,
    IReadOnlyList<string> Lines,
    IReadOnlyList<Fact> Facts,
    IReadOnlyList<Choice> Choices
)
{
    public static Card Of(string title, params string[] lines) => new(title, lines, [], []);
}

/// <summary>A name and its value, both plain text.</summary>
/// <param name="Time">If the value is a moment: adapters show it in the reader's own time zone instead of the value.</param>
public sealed record Fact(string Name, string Value, DateTimeOffset? Time = null)
{
    public static Fact At(string name, DateTimeOffset time) =>
        new(
            name,
            time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
            time
        );
}

public enum ChoiceStyle
{
    Plain,
    Good,
    Grave,
}

/// <summary>A button.</summary>
/// <param name="Action">One of <see cref="Actions"/>.</param>
/// <param name="Subject">What it is about: an opaque id, checked again when it comes back.</param>
/// <param name="Confirm">What is asked before the press counts, for what cannot be undone and opens no form.</param>
public sealed record Choice(
    string Action,
    string Label,
    string Subject,
    ChoiceStyle Style = ChoiceStyle.Plain,
    string? Confirm = null
)
{
    /// <summary>Stands on every card and pointer: whoever sees something done in their name that they did not do presses it (law 15).</summary>
    public static Choice NotMe { get; } =
        new(
            Actions.NotMe,
            "Not me",
            "",
            Confirm: "Was something done in your name that you did not do? You are frozen everywhere at once and the duty manager is called. Two administrators have to unfreeze you."
        );

    /// <summary>Whether pressing it opens a form.</summary>
    public bool Asks => Actions.Asks(Action);
}
