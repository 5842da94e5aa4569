using System.Text;
using RootCustody.Slack.Inbound;

namespace RootCustody.Tests.Slack;

/// <summary>The first vector is Slack's own (docs.slack.dev, "Verifying requests from Slack"); the others were computed with the same secret.</summary>
public sealed class SlackSignatureTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Challenge =
        """{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}""";

    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Theory]
    [InlineData(
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )]
    [InlineData("", "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739")]
    [InlineData("text=caf%C3%A9", "v0=eac5613884a016e9e825ceb4ded98030eb7021fd764de014444223fa3cc352a1")]
    [InlineData(Challenge, "v0=f9bd80929259f3f6d5fe3a3186c453c89cd1ad4862815a15837584f31c993652")]
    public void The_known_vectors_hold(string body, string signature)
    {
        Assert.True(Holds(body, signature, [Secret, ""]));
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_signature_lives_300_seconds_to_either_side(int seconds, bool holds)
    {
        var now = SignedAt.AddSeconds(seconds);

        Assert.Equal(
            holds,
            Holds("", "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739", [Secret], now)
        );
    }

    [Theory]
    [InlineData("", "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb738")]
    [InlineData(" ", "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739")]
    [InlineData("", "V0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739")]
    [InlineData("", "55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739")]
    [InlineData("", "")]
    [InlineData("", null)]
    public void Anything_else_does_not_hold(string body, string? signature)
    {
        Assert.False(Holds(body, signature, [Secret]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1531420618.0")]
    [InlineData("-1531420618")]
    [InlineData(" 1531420618")]
    [InlineData("99999999999999999999999999")]
    public void A_timestamp_that_is_no_number_does_not_hold(string? timestamp)
    {
        var body = Encoding.UTF8.GetBytes("");

        Assert.False(
            SlackSignature.Holds(
                [Secret],
                timestamp,
                "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739",
                body,
                SignedAt
            )
        );
    }

    [Fact]
    public void The_secret_before_is_accepted_while_it_is_being_rotated()
    {
        const string signature = "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739";

        Assert.True(Holds("", signature, ["a new secret", Secret]));
        Assert.False(Holds("", signature, ["a new secret", ""]));
        Assert.False(Holds("", signature, ["", ""]));
    }

    private static bool Holds(string body, string? signature, string[] secrets, DateTimeOffset? now = null) =>
        SlackSignature.Holds(secrets, Timestamp, signature, Encoding.UTF8.GetBytes(body), now ?? SignedAt);
}
