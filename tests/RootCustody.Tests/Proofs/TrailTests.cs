using System.Text;
using CsCheck;
using RootCustody.Desk.Proofs;
using RootCustody.Proofs;

namespace RootCustody.Tests.Proofs;

[Trait("Law", "14")]
public sealed class TrailTests
{
    private static readonly DateTimeOffset Noon = SignedTrail.Noon;

    [Theory]
    [InlineData("PasswordUpdated", Half.Password)]
    [InlineData("PasswordRecoveryCompleted", Half.Password)]
    [InlineData("EnableMFADevice", Half.Mfa)]
    public void A_signed_record_of_root_proves_the_change_of_a_half(string name, Half half)
    {
        using var trail = new SignedTrail();

        var findings = TrailFindings.Of(trail.Files(SignedTrail.Record(name)), [trail.Key]);

        var proven = Assert.Single(findings.Changes);
        Assert.Equal(new RootChange(SignedTrail.Account, "event-1", name, half, Noon), proven.Change);
        Assert.Equal(("trail/AWSLogs/d.json.gz", trail.Fingerprint), (proven.Digest, proven.Fingerprint));
        Assert.Empty(findings.Faults);
        Assert.Empty(findings.Unproven);
    }

    [Theory]
    [InlineData("\"type\":\"Root\"", "\"type\":\"IAMUser\"")]
    [InlineData("\"accountId\":\"111122223333\"", "\"accountId\":\"444455556666\"")]
    [InlineData(":iam::111122223333:root", ":iam::444455556666:root")]
    [InlineData("\"recipientAccountId\":\"111122223333\"", "\"recipientAccountId\":\"444455556666\"")]
    [InlineData("\"Success\"", "\"Failure\"")]
    [InlineData("{\"PasswordUpdated\":\"Success\"}", "null")]
    [InlineData("\"requestParameters\":null", "\"errorCode\":\"AccessDenied\"")]
    [InlineData("\"requestParameters\":null", "\"errorMessage\":\"Failed authentication\"")]
    [InlineData("\"eventName\":\"PasswordUpdated\"", "\"eventName\":\"ConsoleLogin\"")]
    [InlineData("signin.amazonaws.com", "iam.amazonaws.com")]
    [InlineData("AwsConsoleSignIn", "AwsServiceEvent")]
    [InlineData("\"principalId\"", "\"invokedBy\":\"autoscaling.amazonaws.com\",\"principalId\"")]
    [InlineData("\"principalId\"", "\"sessionContext\":{\"assumedRoot\":\"true\"},\"principalId\"")]
    [InlineData("2026-11-23T12:00:00Z", "yesterday")]
    [InlineData("\"event-1\"", "null")]
    public void A_record_of_anything_else_proves_nothing_though_it_is_signed(string was, string becomes)
    {
        using var trail = new SignedTrail();
        var record = SignedTrail.Record();
        Assert.Contains(was, record, StringComparison.Ordinal);

        var findings = TrailFindings.Of(
            trail.Files(record.Replace(was, becomes, StringComparison.Ordinal)),
            [trail.Key]
        );

        Assert.Empty(findings.Changes);
        Assert.Empty(findings.Faults);
    }

    [Theory]
    [InlineData("AWS ROOT USER", 1)]
    [InlineData("anna", 0)]
    public void A_device_that_root_gave_an_iam_user_is_none_of_root(string user, int proven)
    {
        using var trail = new SignedTrail();
        var record = SignedTrail
            .Record("EnableMFADevice")
            .Replace(
                "\"requestParameters\":null",
                $$"""  "requestParameters":{"userName":"{{user}}"} """,
                StringComparison.Ordinal
            );

        Assert.Equal(proven, TrailFindings.Of(trail.Files(record), [trail.Key]).Changes.Count);
    }

    [Fact]
    public void A_log_file_that_no_digest_vouches_for_proves_nothing()
    {
        using var trail = new SignedTrail();
        var log = new TrailFile("log", SignedTrail.Log(SignedTrail.Record()), null);
        var (other, signature) = trail.Digest(SignedTrail.Log());

        var findings = TrailFindings.Of([log, new TrailFile("digest", other, signature)], [trail.Key]);

        Assert.Empty(findings.Changes);
        Assert.Single(findings.Unproven);
    }

    [Fact]
    public void A_digest_counts_only_by_a_trusted_key_that_was_valid_and_with_its_signature()
    {
        using var trail = new SignedTrail();
        using var stranger = new SignedTrail();
        var files = trail.Files(SignedTrail.Record());
        var late = TrailKey.Of(trail.Fingerprint, trail.Value, Noon.AddHours(2), Noon.AddYears(1));
        var early = TrailKey.Of(trail.Fingerprint, trail.Value, Noon.AddYears(-1), Noon.AddMinutes(59));

        Assert.Contains("not trusted", Fault(files, stranger.Key), StringComparison.Ordinal);
        Assert.Contains("was not valid", Fault(files, late), StringComparison.Ordinal);
        Assert.Contains("was not valid", Fault(files, early), StringComparison.Ordinal);
        Assert.Contains(
            "head-object",
            Fault([files[0], files[1] with { Signature = null }], trail.Key),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "hexadecimal",
            Fault([files[0], files[1] with { Signature = "None" }], trail.Key),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_digest_that_follows_another_is_signed_with_its_signature()
    {
        using var trail = new SignedTrail();
        var log = SignedTrail.Log(SignedTrail.Record());
        var (digest, signature) = trail.Digest(log, previous: "abcdef01");
        var file = new TrailFile("digest", digest, $" {signature}\n");

        Assert.Single(TrailFindings.Of([file, new TrailFile("log", log, null)], [trail.Key]).Changes);
    }

    [Fact]
    public void A_record_that_was_delivered_twice_counts_once()
    {
        using var trail = new SignedTrail();
        var twice = trail.Files(SignedTrail.Record(), SignedTrail.Record());

        var findings = TrailFindings.Of([.. twice, .. twice], [trail.Key]);

        Assert.Single(findings.Changes);
        Assert.Empty(findings.Unproven);
    }

    [Fact]
    public void Any_flipped_bit_of_log_digest_or_signature_is_refused()
    {
        using var trail = new SignedTrail();
        var files = trail.Files(SignedTrail.Record());
        var key = trail.Key;
        var signature = Convert.FromHexString(files[1].Signature!);

        Gen.Select(Gen.Int[0, 2], Gen.Int[0, int.MaxValue], Gen.Int[0, 7])
            .Sample(
                (which, at, bit) =>
                {
                    List<TrailFile> flipped =
                        which == 2
                            ? [files[0], files[1] with { Signature = Convert.ToHexString(Flip(signature, at, bit)) }]
                            :
                            [
                                files[1 - which],
                                files[which] with
                                {
                                    Content = Flip(files[which].Content.ToArray(), at, bit),
                                },
                            ];
                    return TrailFindings.Of(flipped, [key]).Changes.Count == 0;
                },
                iter: 3000
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"Records\":")]
    [InlineData("{\"Records\":{}}")]
    [InlineData("{\"Records\":[],\"Records\":[]}")]
    [InlineData("{\"digestS3Bucket\":1}")]
    public void What_is_nothing_of_a_trail_is_said(string text)
    {
        var findings = TrailFindings.Of([new TrailFile("bad", Encoding.UTF8.GetBytes(text), null)], []);

        Assert.StartsWith("bad: ", Assert.Single(findings.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_and_deep_records_do_no_harm()
    {
        string[] odd =
        [
            "1",
            "null",
            "[]",
            "{}",
            "{\"eventName\":\"\\ud800\",\"eventSource\":\"\\ud800\"}",
            "{\"userIdentity\":[]}",
        ];
        var deep = string.Concat(Enumerable.Repeat("[", 5000));

        Assert.Empty(TrailFindings.Of([new TrailFile("odd", SignedTrail.Log(odd), null)], []).Faults);
        Assert.Single(TrailFindings.Of([new TrailFile("deep", SignedTrail.Log(deep), null)], []).Faults);
    }

    [Fact]
    public void A_file_is_inflated_up_to_a_limit_and_no_further()
    {
        var bytes = new byte[100_000];

        Assert.Equal(bytes, Inflated.Read(SignedTrail.Zip(bytes), 100_000));
        Assert.Null(Inflated.Read(SignedTrail.Zip(bytes), 99_999));
        Assert.Null(Inflated.Read(new MemoryStream(bytes), 99_999));
        Assert.Equal([7], Inflated.Read(new MemoryStream([7]), 10));
        Assert.Throws<InvalidDataException>(() =>
            Inflated.Read(new MemoryStream([0x1f, 0x8b, .. bytes.Take(100)]), 100_000)
        );
    }

    [Fact]
    public void A_key_is_what_its_fingerprint_says_and_long_enough()
    {
        using var trail = new SignedTrail();
        using var other = new SignedTrail();

        Assert.Null(TrailKey.WhyNot(trail.Fingerprint, trail.Value, Noon, Noon.AddDays(1)));
        foreach (
            var (fingerprint, value, until) in new[]
            {
                (other.Fingerprint, trail.Value, Noon.AddDays(1)),
                (trail.Fingerprint.ToUpperInvariant() + "A", trail.Value, Noon.AddDays(1)),
                (trail.Fingerprint, "?", Noon.AddDays(1)),
                (trail.Fingerprint, trail.Value, Noon),
                ("d41d8cd98f00b204e9800998ecf8427e", "", Noon.AddDays(1)), // of nothing at all
            }
        )
            Assert.NotNull(TrailKey.WhyNot(fingerprint, value, Noon, until));
    }

    private static string Fault(IEnumerable<TrailFile> files, TrailKey key)
    {
        var findings = TrailFindings.Of(files, [key]);
        Assert.Empty(findings.Changes);
        return Assert.Single(findings.Faults);
    }

    private static byte[] Flip(byte[] bytes, int at, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[at % bytes.Length] ^= (byte)(1 << bit);
        return flipped;
    }
}
