using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Playground.FakeSlack;

/// <summary>What is wrong with a signature, or nothing.</summary>
public enum SignatureFlaw
{
    None,
    Missing,
    WrongSecret,
    Stale,
    Future,
    TimestampNoNumber,
    BodyChanged,
}

/// <summary>Signs as Slack does (v0).</summary>
internal static class SlackSigning
{
    public static void Sign(
        HttpRequestMessage request,
        string secret,
        string body,
        DateTimeOffset now,
        SignatureFlaw flaw
    )
    {
        if (flaw == SignatureFlaw.Missing)
            return;
        var seconds = flaw switch
        {
            SignatureFlaw.Stale => now.ToUnixTimeSeconds() - 301,
            SignatureFlaw.Future => now.ToUnixTimeSeconds() + 301,
            _ => now.ToUnixTimeSeconds(),
        };
        var timestamp =
            flaw == SignatureFlaw.TimestampNoNumber ? "soon" : seconds.ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(flaw == SignatureFlaw.WrongSecret ? "another secret" : secret);
        var signed = flaw == SignatureFlaw.BodyChanged ? body + " " : body;
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"v0:{timestamp}:{signed}"));
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", $"v0={Convert.ToHexStringLower(hash)}");
    }
}
