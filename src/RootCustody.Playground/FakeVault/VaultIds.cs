using System.Globalization;
using System.Security.Cryptography;

namespace RootCustody.Playground.FakeVault;

/// <summary>Ids, tokens and moments in the shapes of the server.</summary>
internal static class VaultIds
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Uuid() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public static string Token(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 24);

    public static string Accessor() => RandomNumberGenerator.GetString(Letters, 24);

    /// <summary>With nine fractional digits, the last two of which our clock does not have: whoever reads it must cope.</summary>
    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'26Z'", CultureInfo.InvariantCulture);

    /// <summary>A length as Go prints it: <c>720h0m0s</c>.</summary>
    public static string Length(TimeSpan length)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"{length.Seconds}s");
        if (length.TotalMinutes >= 1)
            whole = string.Create(CultureInfo.InvariantCulture, $"{length.Minutes}m{whole}");
        return length.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)length.TotalHours}h{whole}")
            : whole;
    }
}
