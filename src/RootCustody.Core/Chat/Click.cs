namespace RootCustody.Chat;

/// <summary>One thing that a person did on a platform: typed a command, pressed a button, sent a form. The adapter has proven who and where; all else in it is the client's word.</summary>
public sealed class Click
{
    /// <summary>Unique to this click on this platform. The same key again is a redelivery or a replay.</summary>
    public required string Key { get; init; }

    public required Bot Bot { get; init; }

    public required ChatUser By { get; init; }

    public required ChatPlace Where { get; init; }

    /// <summary>Whether nobody but this person and the bot is in that conversation.</summary>
    public required bool InPrivate { get; init; }

    /// <summary>One of <see cref="Actions"/>, or anything that a client made up.</summary>
    public required string Action { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>True when a form was sent, false when a button was pressed or a word was typed.</summary>
    public bool Submits { get; init; }

    public IReadOnlyDictionary<string, string> Inputs { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where a half may be shown in answer to this very click; null where the platform offers no such place.</summary>
    public RevealSurface? Surface { get; init; }

    /// <summary>What was typed into a field, on one line: it is printed at the console too, whose terminal nobody may steer.</summary>
    public string Plain(string field) =>
        string.Concat(Inputs.GetValueOrDefault(field, "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}

/// <summary>What the person who clicked is told.</summary>
public abstract record Reply
{
    private Reply() { } // closed: these and no other

    /// <summary>A sentence that only this person sees.</summary>
    public sealed record Said(string Text) : Reply;

    /// <summary>A card that only this person sees.</summary>
    public sealed record Drawn(Card Card) : Reply;

    /// <summary>A form to fill in.</summary>
    public sealed record Asked(Form Form) : Reply;

    /// <summary>The form again, with what was wrong, by the id of the field.</summary>
    public sealed record Corrected(Form Form, IReadOnlyDictionary<string, string> Errors) : Reply;

    /// <summary>The surface of the click has shown the answer; there is nothing left to say.</summary>
    public sealed record Shown : Reply;

    /// <summary>Nobody waits for an answer.</summary>
    public sealed record Nothing : Reply;
}

/// <summary>Takes the clicks that reach one bot. Desk, password courier and MFA courier each have theirs, registered under their <see cref="Bot"/> as key.</summary>
public interface IInbox
{
    Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken);
}
