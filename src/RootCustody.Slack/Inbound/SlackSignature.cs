using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Slack.Inbound;

/// <summary>Proves that a request was signed by Slack with the app's secret, a short time ago.</summary>
/// <remarks>docs.slack.dev, "Verifying requests from Slack", version v0.</remarks>
internal static class SlackSignature
{
    private const string Version = "v0";
    private const long Window = 300; // seconds, into the past and into the future

    /// <param name="timestamp">The header <c>X-Slack-Request-Timestamp</c>.</param>
    /// <param name="signature">The header <c>X-Slack-Signature</c>.</param>
    /// <param name="body">The raw bytes, before anyone has read them.</param>
    public static bool Holds(
        IEnumerable<string> secrets,
        string? timestamp,
        string? signature,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (
            timestamp is null
            || signature is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is > uint.MaxValue
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Window
        )
            return false;

        var holds = false;
        foreach (var secret in secrets.Where(s => s.Length > 0))
            holds |= CryptographicOperations.FixedTimeEquals(
                Sign(secret, timestamp, body),
                Encoding.UTF8.GetBytes(signature)
            );
        return holds;
    }

    private static byte[] Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return Encoding.UTF8.GetBytes($"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }
}
