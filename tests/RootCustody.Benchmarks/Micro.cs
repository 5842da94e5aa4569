using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Slack.Drawing;
using RootCustody.Teams.Drawing;

namespace RootCustody.Benchmarks;

/// <summary>What is computed with every click, without any database.</summary>
[MemoryDiagnoser]
public class Micro
{
    private readonly DateTimeOffset at = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] body = RandomNumberGenerator.GetBytes(1_000);
    private readonly byte[] previous = new byte[32];
    private readonly Standing[] custodians =
    [
        .. Enumerable
            .Range(0, 20)
            .Select(n => new Standing(
                PersonId.New(DateTimeOffset.UnixEpoch),
                n % 2 == 0 ? Half.Password : Half.Mfa,
                SeenMfa: n % 3 == 0,
                Suspended: n % 5 == 0
            )),
    ];
    private readonly Card card = new(
        "Request 7: waits for approval",
        ["All administrators are locked out."],
        [new Fact("Account", "Production 1 (200000000001)"), Fact.At("Answer by", DateTimeOffset.UnixEpoch)],
        [new Choice(Actions.Status, "Approve", "subject", ChoiceStyle.Good), Choice.NotMe]
    );

    /// <summary>The hash below a Slack signature, the greatest part of checking it.</summary>
    [Benchmark]
    public byte[] SignatureHash() => HMACSHA256.HashData(secret, body);

    [Benchmark]
    public byte[] AuditEntryAndItsHash() =>
        Chain.Hash(
            previous,
            1,
            Encoding.UTF8.GetBytes(AuditText.Of(at, "request.approved", "system", [new("request", "7")]))
        );

    [Benchmark]
    public string CardToBlockKit() => Blocks.Draw(card).ToJsonString();

    [Benchmark]
    public string CardToAdaptiveCard() => AdaptiveCards.Draw(card).ToJsonString();

    [Benchmark]
    public int EligibilityOfTwentyCustodians() => custodians.Count(c => Eligibility.CouldHold(Half.Password, c));
}
