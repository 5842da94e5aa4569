using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Teams.Outbound;

namespace RootCustody.Tests.Teams;

/// <summary>What goes to the Bot Connector.</summary>
public sealed class TeamsMessengerTests : IDisposable
{
    private static readonly Card Note = Card.Of("Asked", "Megan asks for prod.");

    private readonly Wire wire = new();
    private readonly BotTokens tokens;
    private readonly TeamsMessenger messenger;

    public TeamsMessengerTests()
    {
        tokens = wire.Tokens(new FakeTimeProvider());
        messenger = wire.Messenger(tokens);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        tokens.Dispose();
        wire.Dispose();
    }

    [Fact]
    public async Task A_card_is_posted_into_its_conversation()
    {
        var place = Wire.Place("a:17I0kl9");

        var posted = await messenger.PostAsync(Bot.Desk, place, Note, null, Cancellation);

        Assert.Equal(new PostedMessage(place, "1485983408511"), posted);
        var call = Assert.Single(wire.Calls);
        Assert.Equal(HttpMethod.Post, call.Method);
        Assert.Equal("https://smba.trafficmanager.net/emea/v3/conversations/a%3A17I0kl9/activities", call.Address);
        var activity = JsonNode.Parse(call.Body)!;
        Assert.Equal("message", (string?)activity["type"]);
        Assert.Equal("Asked", (string?)activity["summary"]);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)activity["attachments"]![0]!["contentType"]);
        Assert.Equal("AdaptiveCard", (string?)activity["attachments"]![0]!["content"]!["type"]);
    }

    [Fact]
    public async Task An_answer_goes_under_its_message()
    {
        var place = Wire.Place("19:x@thread.tacv2;messageid=17");

        await messenger.PostAsync(Bot.Desk, place, Note, new PostedMessage(place, "a/b?c#d"), Cancellation);

        Assert.Equal(
            "https://smba.trafficmanager.net/emea/v3/conversations/19%3Ax%40thread.tacv2%3Bmessageid%3D17/activities/a%2Fb%3Fc%23d",
            Assert.Single(wire.Calls).Address
        );
    }

    [Fact]
    public async Task A_message_is_changed_where_it_stands()
    {
        wire.Answers(HttpStatusCode.OK);

        await messenger.UpdateAsync(Bot.Desk, new PostedMessage(Wire.Place("a:1/../2"), "1:2"), Note, Cancellation);

        var call = Assert.Single(wire.Calls);
        Assert.Equal(HttpMethod.Put, call.Method);
        Assert.Equal(
            "https://smba.trafficmanager.net/emea/v3/conversations/a%3A1%2F..%2F2/activities/1%3A2",
            call.Address
        );
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea")]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    public async Task The_path_of_the_service_url_is_kept(string serviceUrl)
    {
        await messenger.PostAsync(Bot.Desk, Wire.Place(serviceUrl: serviceUrl), Note, null, Cancellation);

        Assert.StartsWith(
            "https://smba.trafficmanager.net/emea/v3/",
            Assert.Single(wire.Calls).Address,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_bot_speaks_with_its_own_token()
    {
        foreach (var bot in new[] { Bot.Password, Bot.Mfa, Bot.Password })
            await messenger.PostAsync(bot, Wire.Place(), Note, null, Cancellation);

        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-1"], wire.Calls.Select(c => c.Authorization));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net.evil.com/")]
    [InlineData("http://smba.trafficmanager.net/")]
    [InlineData("http://localhost:56150/")]
    [InlineData(null)]
    public async Task Nothing_goes_to_a_host_that_is_not_allowed(string? serviceUrl)
    {
        var place = Wire.Place(serviceUrl: serviceUrl);

        var failures = new[]
        {
            await FailureOf(() => messenger.PostAsync(Bot.Desk, place, Note, null, Cancellation)),
            await FailureOf(() => messenger.UpdateAsync(Bot.Desk, new(place, "1"), Note, Cancellation)),
        };

        Assert.All(failures, f => Assert.Equal((ChatFailure.Refused, "service_url_not_allowed"), (f.Failure, f.Code)));
        Assert.Empty(wire.Calls);
        Assert.Empty(wire.TokenCalls);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        wire.Answers(HttpStatusCode.Unauthorized);

        var posted = await messenger.PostAsync(Bot.Desk, Wire.Place(), Note, null, Cancellation);

        Assert.Equal("1485983408511", posted.Message);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], wire.Calls.Select(c => c.Authorization));
        Assert.Equal(wire.Calls[0].Body, wire.Calls[1].Body);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_is_given_up()
    {
        wire.Answers(HttpStatusCode.Unauthorized).Answers(HttpStatusCode.Unauthorized);

        var failure = await FailureOf(() => messenger.PostAsync(Bot.Desk, Wire.Place(), Note, null, Cancellation));

        Assert.Equal((ChatFailure.Unreachable, "http_401"), (failure.Failure, failure.Code));
        Assert.Equal(2, wire.Calls.Count);
    }

    private static Task<ChatException> FailureOf(Func<Task> call) => Assert.ThrowsAsync<ChatException>(call);
}
