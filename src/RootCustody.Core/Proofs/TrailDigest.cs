using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RootCustody.Proofs;

/// <summary>A digest of CloudTrail: what AWS signs to vouch for the log files that it names by their hashes.</summary>
/// <param name="Name">Bucket and object, as AWS delivered it.</param>
/// <param name="Ends">The moment by which the key is judged.</param>
/// <param name="Hashes">SHA-256 of each log file, in small hexadecimal digits.</param>
/// <remarks>CloudTrail User Guide, "Custom implementations of CloudTrail log file integrity validation".</remarks>
public sealed record TrailDigest(
    string Name,
    DateTimeOffset Ends,
    string Fingerprint,
    IReadOnlySet<string> Hashes,
    string ToSign
)
{
    public const int LongestName = 1200; // 63 of a bucket, 1024 of an object

    private const string Algorithm = "SHA256withRSA";
    private const string HashAlgorithm = "SHA-256";
    private const string NoPrevious = "null"; // a word: the first digest of a trail has none

    /// <param name="inflated">The very bytes that <paramref name="digest"/> was parsed from.</param>
    /// <returns>Null if something that every digest has is not there.</returns>
    internal static TrailDigest? Read(JsonElement digest, ReadOnlySpan<byte> inflated)
    {
        if (
            digest.Text("digestS3Bucket") is not { Length: > 0 } bucket
            || digest.Text("digestS3Object") is not { Length: > 0 } key
            || digest.Text("digestEndTime") is not { } ends
            || !TrailJson.TryMoment(ends, out var at)
            || digest.Text("digestPublicKeyFingerprint") is not { } fingerprint
            || digest.Text("digestSignatureAlgorithm") != Algorithm
            || digest.Member("logFiles") is not { ValueKind: JsonValueKind.Array } files
            || digest.Member("previousDigestSignature") is not { } before
            || bucket.Length + key.Length >= LongestName
        )
            return null;
        var previous = before.ValueKind == JsonValueKind.Null ? NoPrevious : digest.Text("previousDigestSignature");
        var name = $"{bucket}/{key}";
        // what is signed is lines: nothing may look like two of them
        if (previous is null || !previous.All(char.IsAsciiLetterOrDigit) || name.Any(char.IsControl))
            return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(inflated));
        var hashes = files
            .EnumerateArray()
            .Where(f => f.Text("hashAlgorithm") == HashAlgorithm)
            .Select(f => f.Text("hashValue")?.ToLowerInvariant())
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        return new TrailDigest(name, at, fingerprint, hashes, $"{ends}\n{name}\n{hash}\n{previous}");
    }

    /// <summary>Says in a sentence why its signature does not vouch for it, or null if it does.</summary>
    /// <param name="signature">In hexadecimal digits, as S3 keeps it in the metadata of the object; null if nobody brought it.</param>
    public string? WhyNot(string? signature, IEnumerable<TrailKey> trusted)
    {
        if (signature is null)
            return "its signature is not there. S3 keeps it in the metadata of the digest: aws s3api head-object --bucket BUCKET --key KEY --query Metadata.signature --output text > FILE.sig";
        if (trusted.FirstOrDefault(k => k.Fingerprint == Fingerprint) is not { } key)
            return $"it is signed with the key {Fingerprint}, which is not trusted. Compare it with aws cloudtrail list-public-keys in that region, and have two administrators order trust-key.";
        if (!key.IsValidAt(Ends))
            return $"it is of a time at which the key {Fingerprint} was not valid.";
        var hex = signature.Trim();
        if (hex.Length % 2 != 0 || hex.Length == 0 || hex.Any(c => !char.IsAsciiHexDigit(c)))
            return "its signature is not hexadecimal digits.";
        return key.Signed(Encoding.UTF8.GetBytes(ToSign), Convert.FromHexString(hex))
            ? null
            : "its signature does not fit: digest or signature were changed, or do not belong together.";
    }
}
