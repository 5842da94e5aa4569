using System.Globalization;

namespace RootCustody.Posture;

public enum CellKind
{
    Yes = 1,
    No = 2,
    Moment = 3,

    /// <summary>A name, such as that of a region.</summary>
    Word = 4,

    /// <summary>AWS says nothing: <c>N/A</c>, <c>not_supported</c>, <c>no_information</c>. Never taken for good (law 16).</summary>
    NotSaid = 5,

    /// <summary>Nothing that AWS writes. It is never repeated to people.</summary>
    Strange = 6,
}

/// <summary>One cell of a credential report, understood.</summary>
/// <param name="Time">If it is a moment.</param>
/// <param name="Text">If it is a word: at most 40 letters, digits and hyphens.</param>
public sealed record Cell(CellKind Kind, DateTimeOffset? Time = null, string Text = "")
{
    private const int LongestWord = 40;
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static Cell Of(string text)
    {
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
            return new Cell(CellKind.Yes);
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase))
            return new Cell(CellKind.No);
        if (text.ToUpperInvariant() is "" or "N/A" or "NOT_SUPPORTED" or "NO_INFORMATION")
            return new Cell(CellKind.NotSaid);
        if (
            DateTimeOffset.TryParseExact(
                text,
                Times,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
        )
            return new Cell(CellKind.Moment, time);
        return text.Length <= LongestWord && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? new Cell(CellKind.Word, Text: text)
            : new Cell(CellKind.Strange);
    }

    /// <summary>A moment as people are told of it.</summary>
    public static string Say(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
