using System.Net;
using System.Text;
using System.Text.Json;

namespace RootCustody.EndToEnd;

/// <summary>Looks for a mark in what lasts, in all forms in which it may have got there.</summary>
internal static class Canary
{
    public static bool Finds(string content, string mark) =>
        FormsOf(mark).Any(form => content.Contains(form, StringComparison.Ordinal));

    /// <summary>The mark in plain, JSON, URL encoding, hex, base64 at each alignment, and UTF-16.</summary>
    public static IEnumerable<string> FormsOf(string mark)
    {
        var bytes = Encoding.UTF8.GetBytes(mark);
        yield return mark;
        yield return JsonSerializer.Serialize(mark).Trim('"');
        yield return Uri.EscapeDataString(mark);
        yield return WebUtility.UrlEncode(mark);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Utf16(mark);
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            yield return text[(shift == 0 ? 0 : 4)..(text.Length - 4)]; // without the letters that its neighbours share
        }
    }

    /// <summary>The mark as it stands in memory: in plain, JSON and UTF-16.</summary>
    public static IEnumerable<string> FormsInMemoryOf(string mark) =>
        new HashSet<string>(StringComparer.Ordinal) { mark, JsonSerializer.Serialize(mark).Trim('"'), Utf16(mark) };

    /// <summary>Whether a code stands there by itself: its six digits stand in some longer number or name by chance.</summary>
    public static bool FindsCode(string content, string code) =>
        FormsInMemoryOf(code).Any(form => FindsApart(content, form));

    /// <summary>As .NET keeps it in memory; a character for a byte.</summary>
    public static string Utf16(string mark) => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(mark));

    private static bool FindsApart(string content, string form)
    {
        for (var at = 0; (at = content.IndexOf(form, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (StandsApart(content, at, form))
                return true;
        }
        return false;
    }

    /// <param name="form">In UTF-8 or UTF-16, found at this place.</param>
    public static bool StandsApart(ReadOnlySpan<char> content, int at, string form)
    {
        var step = form.Contains('\0', StringComparison.Ordinal) ? 2 : 1;
        var (before, after) = (at - step, at + form.Length);
        return (before < 0 || !IsOfAWord(content[before])) && (after >= content.Length || !IsOfAWord(content[after]));
    }

    private static bool IsOfAWord(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-' or '+' or '/' or '_';
}
