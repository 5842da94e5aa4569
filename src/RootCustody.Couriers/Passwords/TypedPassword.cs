using System.Text;
using RootCustody.Accounts;

namespace RootCustody.Couriers.Passwords;

/// <summary>Measures a password that was typed, which nobody here has chosen, and says why it is weak without any of it.</summary>
/// <remarks>The library measures strings, which cannot be wiped. A typed password is exposed from birth and rotated at once, and this is done for no other.</remarks>
public static class TypedPassword
{
    /// <summary>Of 0 to 4. From 3 on guessing is hopeless also for whoever has a copy of what checks it (zxcvbn's own scale).</summary>
    private const int Enough = 3;

    /// <summary>AWS wants three of the four kinds of characters.</summary>
    private const int FewestKinds = 3;

    /// <param name="account">Its words are guessed first.</param>
    /// <returns>Null if it is hard to guess.</returns>
    public static string? WeaknessOf(Secret typed, Account account)
    {
        var text = Encoding.UTF8.GetString(typed.Bytes);
        string[] guessedFirst =
        [
            account.Digits,
            account.Name,
            .. account.User is { } user ? [user.Value] : (string[])[account.Email, .. account.Email.Split('@')],
            "aws",
            "root",
        ];
        var measured = Zxcvbn.Zxcvbn.MatchPassword(text, guessedFirst);
        List<string> reasons = [];
        if (measured.Score < Enough)
            reasons.Add(
                $"It is easily guessed ({measured.Score} of 4 by zxcvbn): {PatternOf([.. measured.MatchSequence.Select(m => m.Pattern)])}."
            );
        if (KindsIn(text) < FewestKinds)
            reasons.Add("It has fewer than three kinds of characters, which AWS does not take any more.");
        return reasons.Count == 0 ? null : string.Join(" ", reasons);
    }

    /// <summary>What a guesser would see in it, most telling first.</summary>
    private static string PatternOf(IReadOnlyCollection<string> patterns) =>
        patterns.Contains("dictionary", StringComparer.Ordinal) ? "it is made of common words, names or passwords"
        : patterns.Contains("spatial", StringComparer.Ordinal) ? "its characters are neighbours on the keyboard"
        : patterns.Contains("repeat", StringComparer.Ordinal) ? "it repeats itself"
        : patterns.Contains("sequence", StringComparer.Ordinal) ? "it counts or spells on"
        : patterns.Any(p => p is "date" or "year") ? "it is made of a date"
        : "it is too short";

    private static int KindsIn(string text) =>
        Convert.ToInt32(text.Any(char.IsAsciiLetterUpper))
        + Convert.ToInt32(text.Any(char.IsAsciiLetterLower))
        + Convert.ToInt32(text.Any(char.IsAsciiDigit))
        + Convert.ToInt32(text.Any(c => !char.IsAsciiLetterOrDigit(c)));
}
