using System.Security.Cryptography;
using System.Text;
using RootCustody.Playground;

namespace RootCustody.EndToEnd;

[Trait("Law", "14")]
public sealed class ProofVerbTests
{
    private const string Tenant = "20000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task What_is_checked_by_a_given_key_is_recorded_only_by_a_trusted_one()
    {
        using var console = new ConsoleRuns();
        using var rsa = RSA.Create(2048);
        var folder = Directory.CreateDirectory(Path.Combine(console.Directory, "trail"));
        var keys = await WriteAsync(rsa, folder, console.Directory);
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Cast.Directory(Tenant), TestContext.Current.CancellationToken);

        var (check, checkedOutput, _) = await console.RunAsync(
            "",
            [],
            "proof",
            "check",
            folder.FullName,
            "--keys",
            keys
        );
        Assert.Equal(0, check);
        Assert.Contains(
            $"{Cast.Account}: PasswordUpdated of 2026-01-01 12:00:00 UTC",
            checkedOutput,
            StringComparison.Ordinal
        );

        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);
        var (refused, nothing, why) = await console.RunAsync("", [], "proof", "import", folder.FullName);
        Assert.Equal(1, refused);
        Assert.Contains("Nothing is proven.", nothing, StringComparison.Ordinal);
        Assert.Contains("trust-key", why, StringComparison.Ordinal);

        string[] order = ["admin", "trust-key", Fingerprint(rsa), Value(rsa), "2025-01-01", "2027-01-01"];
        Assert.Equal(0, (await console.RunAsync("", [], order)).Code); // no half is in custody yet
        var (taken, output, errors) = await console.RunAsync("", [], "proof", "import", folder.FullName);
        Assert.Equal("", errors);
        Assert.Equal(0, taken);
        Assert.Contains("recorded: the password was changed at AWS", output, StringComparison.Ordinal);
        var (_, list, _) = await console.RunAsync("", [], "proof", "list", Cast.Account);
        Assert.Contains("event e-1, digest trail/d.json.gz", list, StringComparison.Ordinal);
        Assert.Equal(1, (await console.RunAsync("", [], "proof", "list", "123")).Code);
    }

    [Theory]
    [InlineData("\"2025-01-01T00:00:00+00:00\"", "\"2027-01-01T00:00:00+00:00\"", 0)]
    [InlineData("1735689600.0", "1798761600.0", 0)] // as version 1 of the AWS CLI prints it
    [InlineData("1735689600", "1798761600", 0)]
    [InlineData("1798761600.0", "1799761600.0", 1)] // not valid yet
    [InlineData("2025", "2027", 1)]
    [InlineData("1.7356896e9", "1.7987616e9", 1)]
    public async Task Both_versions_of_the_AWS_CLI_print_keys_that_can_be_given(string from, string until, int code)
    {
        using var console = new ConsoleRuns();
        using var rsa = RSA.Create(2048);
        var folder = Directory.CreateDirectory(Path.Combine(console.Directory, "trail"));
        var keys = await WriteAsync(rsa, folder, console.Directory, from, until);

        var (ended, _, _) = await console.RunAsync("", [], "proof", "check", folder.FullName, "--keys", keys);

        Assert.Equal(code, ended);
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_named()
    {
        using var console = new ConsoleRuns();
        var keys = Path.Combine(console.Directory, "keys.json");
        await File.WriteAllTextAsync(keys, "{\"PublicKeyList\":[]}", TestContext.Current.CancellationToken);
        var broken = Path.Combine(console.Directory, "broken.gz");
        await File.WriteAllBytesAsync(
            broken,
            [0x1f, 0x8b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            TestContext.Current.CancellationToken
        );

        foreach (
            var (file, key, why) in new[]
            {
                (broken, keys, "gzip is broken"),
                ("/nowhere", keys, "there is no such file"),
                (broken, broken, "list-public-keys"),
            }
        )
        {
            var (code, _, errors) = await console.RunAsync("", [], "proof", "check", file, "--keys", key);
            Assert.Equal(1, code);
            Assert.Contains(why, errors, StringComparison.Ordinal);
        }
    }

    /// <returns>The file of the keys.</returns>
    private static async Task<string> WriteAsync(
        RSA rsa,
        DirectoryInfo folder,
        string beside,
        string from = "\"2025-01-01T00:00:00+00:00\"",
        string until = "\"2027-01-01T00:00:00+00:00\""
    )
    {
        var log = $$$"""
            {"Records":[{"userIdentity":{"type":"Root","accountId":"{{{Cast.Account}}}"},"eventTime":"2026-01-01T12:00:00Z",
            "eventSource":"signin.amazonaws.com","eventName":"PasswordUpdated","responseElements":{"PasswordUpdated":"Success"},
            "eventID":"e-1","recipientAccountId":"{{{Cast.Account}}}"}]}
            """;
        var digest = $$$"""
            {"digestEndTime":"2026-01-01T13:00:00Z","digestS3Bucket":"trail","digestS3Object":"d.json.gz",
            "digestPublicKeyFingerprint":"{{{Fingerprint(
                rsa
            )}}}","digestSignatureAlgorithm":"SHA256withRSA","previousDigestSignature":null,
            "logFiles":[{"hashValue":"{{{Hash(log)}}}","hashAlgorithm":"SHA-256"}]}
            """;
        var signature = rsa.SignData(
            Encoding.UTF8.GetBytes($"2026-01-01T13:00:00Z\ntrail/d.json.gz\n{Hash(digest)}\nnull"),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        var keys = $$"""
            {"PublicKeyList":[{"Value":"{{Value(
                rsa
            )}}","Fingerprint":"{{Fingerprint(rsa)}}","ValidityStartTime":{{from}},"ValidityEndTime":{{until}}}]}
            """;
        var path = Path.Combine(beside, "keys.json");
        foreach (
            var (name, text) in new[]
            {
                (Path.Combine(folder.FullName, "l.json"), log),
                (Path.Combine(folder.FullName, "d.json"), digest),
                (Path.Combine(folder.FullName, "d.json.sig"), Convert.ToHexStringLower(signature) + "\n"),
                (path, keys),
            }
        )
            await File.WriteAllTextAsync(name, text, TestContext.Current.CancellationToken);
        return path;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Value(RSA rsa) => Convert.ToBase64String(rsa.ExportRSAPublicKey());

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "AWS's name of the key.")]
    private static string Fingerprint(RSA rsa) => Convert.ToHexStringLower(MD5.HashData(rsa.ExportRSAPublicKey()));
}
