using System.Text.RegularExpressions;

namespace RootCustody.Posture;

/// <summary>The e-mail addresses that root users should have, such as <c>aws+*@provider.example; root-*@provider.example</c>; a star stands for any letters but @.</summary>
public static class RootEmails
{
    /// <summary>What is wrong with the patterns, or null.</summary>
    public static string? Fault(string patterns) =>
        Parts(patterns)
            .Where(p =>
                p.Split('@') is not [{ Length: > 0 }, { Length: > 0 } domain]
                || domain.Contains('*', StringComparison.Ordinal)
                || p.Any(char.IsWhiteSpace)
            )
            .Select(p => $"'{p}' is not of the form aws+*@provider.example; a star may not stand after the @.")
            .FirstOrDefault();

    /// <summary>Whether the address is of one of the patterns, in capital letters or not.</summary>
    public static bool Match(string patterns, string email) =>
        Parts(patterns)
            .Any(p =>
                Regex.IsMatch(
                    email,
                    $@"\A{Regex.Escape(p).Replace(@"\*", "[^@]*", StringComparison.Ordinal)}\z",
                    RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
                )
            );

    private static string[] Parts(string patterns) =>
        patterns.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
