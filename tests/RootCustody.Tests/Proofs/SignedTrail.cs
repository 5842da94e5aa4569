using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using RootCustody.Proofs;

namespace RootCustody.Tests.Proofs;

/// <summary>Stands for AWS: log files, and digests signed with a key made here.</summary>
internal sealed class SignedTrail : IDisposable
{
    public const string Account = "111122223333";
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly RSA rsa = RSA.Create(2048);

    public string Value => Convert.ToBase64String(rsa.ExportRSAPublicKey());

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "AWS's name of the key.")]
    public string Fingerprint => Convert.ToHexStringLower(MD5.HashData(rsa.ExportRSAPublicKey()));

    public TrailKey Key => TrailKey.Of(Fingerprint, Value, Noon.AddYears(-1), Noon.AddYears(1));

    public string Words => $"trust-key {Fingerprint} {Value} {Noon.AddYears(-1):O} {Noon.AddYears(1):O}";

    public void Dispose() => rsa.Dispose();

    public static string Record(
        string name = "PasswordUpdated",
        DateTimeOffset? at = null,
        string account = Account,
        string id = "event-1"
    ) =>
        $$$"""
            {"eventVersion":"1.09","userIdentity":{"type":"Root","principalId":"{{{account}}}","arn":"arn:aws:iam::{{{account}}}:root","accountId":"{{{account}}}"},
            "eventTime":"{{{Say(at ?? Noon)}}}","eventSource":"{{{(
                name == "EnableMFADevice" ? "iam" : "signin"
            )}}}.amazonaws.com","eventName":"{{{name}}}",
            "requestParameters":null,"responseElements":{"{{{name}}}":"Success"},"eventID":"{{{id}}}","eventType":"AwsConsoleSignIn","recipientAccountId":"{{{account}}}"}
            """;

    public static byte[] Log(params string[] records) =>
        Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    /// <summary>A log file, and the digest that vouches for it.</summary>
    public List<TrailFile> Files(params string[] records) => Files(Log(records));

    public List<TrailFile> Files(byte[] log)
    {
        var (digest, signature) = Digest(log);
        return [new TrailFile("log.json.gz", log, null), new TrailFile("digest.json.gz", digest, signature)];
    }

    public (byte[] Digest, string Signature) Digest(byte[] log, string? previous = null, DateTimeOffset? ends = null)
    {
        var end = Say(ends ?? Noon.AddHours(1));
        var before = previous is null ? "null" : $"\"{previous}\"";
        var digest = Encoding.UTF8.GetBytes(
            $$"""
            {"awsAccountId":"{{Account}}","digestStartTime":"{{Say(
                Noon
            )}}","digestEndTime":"{{end}}","digestS3Bucket":"trail","digestS3Object":"AWSLogs/d.json.gz",
            "digestPublicKeyFingerprint":"{{Fingerprint}}","digestSignatureAlgorithm":"SHA256withRSA","previousDigestSignature":{{before}},
            "logFiles":[{"s3Bucket":"trail","s3Object":"AWSLogs/l.json.gz","hashValue":"{{Hash(
                log
            )}}","hashAlgorithm":"SHA-256"}]}
            """
        );
        // written out once more, as the user guide says it, so that the reader is not tested against itself
        var signed = $"{end}\ntrail/AWSLogs/d.json.gz\n{Hash(digest)}\n{previous ?? "null"}";
        var signature = rsa.SignData(
            Encoding.UTF8.GetBytes(signed),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return (digest, Convert.ToHexStringLower(signature));
    }

    public static MemoryStream Zip(byte[] bytes)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        zipped.Position = 0;
        return zipped;
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Say(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
