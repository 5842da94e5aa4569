namespace RootCustody.Chat;

/// <summary>A question to one person: a modal in Slack, a dialog in Teams.</summary>
/// <param name="Action">One of <see cref="Actions"/>; comes back in the <see cref="Click"/> that submits the form.</param>
/// <param name="Subject">What it is about: an opaque id, checked again when it comes back.</param>
/// <param name="Title">At most 24 characters (Slack).</param>
/// <param name="Submit">The label of the button that sends it, at most 24 characters (Slack).</param>
public sealed record Form(
    string Action,
    string Subject,
    string Title,
    string Submit,
    IReadOnlyList<string> Lines,
    IReadOnlyList<Field> Fields
);

/// <summary>One thing to fill in.</summary>
/// <param name="Id">Unique in the form; the key in <see cref="Click.Inputs"/>.</param>
public abstract record Field(string Id, string Label, string? Hint, bool Optional)
{
    /// <param name="MaxLength">In characters, at most 3,000.</param>
    public sealed record Text(string Id, string Label, string? Hint, bool Optional, bool Multiline, int MaxLength)
        : Field(Id, Label, Hint, Optional);

    /// <summary>One of 1 to 100 options.</summary>
    public sealed record Pick(
        string Id,
        string Label,
        string? Hint,
        bool Optional,
        IReadOnlyList<Option> Options,
        string? Initial
    ) : Field(Id, Label, Hint, Optional);

    /// <summary>Any of 1 to 10 options; comes back as their values with commas between.</summary>
    public sealed record Checks(string Id, string Label, string? Hint, bool Optional, IReadOnlyList<Option> Options)
        : Field(Id, Label, Hint, Optional);

    /// <summary>A moment, picked in the reader's own time zone; comes back as Unix seconds.</summary>
    public sealed record Moment(string Id, string Label, string? Hint, bool Optional)
        : Field(Id, Label, Hint, Optional);
}

/// <param name="Value">At most 75 characters.</param>
/// <param name="Text">At most 75 characters.</param>
/// <param name="Description">At most 75 characters.</param>
public sealed record Option(string Value, string Text, string? Description = null);
