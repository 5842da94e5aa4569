using System.Net;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;

namespace RootCustody.Tests.Teams;

/// <summary>Each bot has its own token, fetched when the last one is about to end.</summary>
public sealed class BotTokensTests : IDisposable
{
    private readonly Wire wire = new();
    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => wire.Dispose();

    [Theory]
    [InlineData(Bot.Desk, "desk")]
    [InlineData(Bot.Password, "password")]
    [InlineData(Bot.Mfa, "mfa")]
    public async Task A_bot_asks_its_home_tenant_with_its_own_secret(Bot bot, string name)
    {
        using var tokens = wire.Tokens(clock);

        await tokens.OfAsync(bot, Cancellation);

        var call = Assert.Single(wire.TokenCalls);
        Assert.Equal($"https://login.microsoftonline.com/home-{name}/oauth2/v2.0/token", call.Address);
        Assert.Equal(
            $"grant_type=client_credentials&client_id=app-{name}&client_secret=secret+of+{name}%26"
                + "&scope=https%3A%2F%2Fapi.botframework.com%2F.default",
            call.Body
        );
    }

    [Fact]
    public async Task No_bot_gets_the_token_of_another()
    {
        using var tokens = wire.Tokens(clock);

        var given = new List<string>();
        foreach (var bot in new[] { Bot.Desk, Bot.Password, Bot.Mfa, Bot.Desk, Bot.Password, Bot.Mfa })
            given.Add(await tokens.OfAsync(bot, Cancellation));

        Assert.Equal(["token-1", "token-2", "token-3", "token-1", "token-2", "token-3"], given);
    }

    [Theory]
    [InlineData(3600, 54 * 60, "token-1")]
    [InlineData(3600, 55 * 60, "token-2")]
    [InlineData(300, 149, "token-1")] // a short life: half of it
    [InlineData(300, 150, "token-2")]
    [InlineData(0, 0, "token-2")]
    public async Task A_token_is_kept_until_shortly_before_it_ends(int life, int secondsLater, string token)
    {
        wire.TokenLife = life;
        using var tokens = wire.Tokens(clock);
        await tokens.OfAsync(Bot.Desk, Cancellation);

        clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(token, await tokens.OfAsync(Bot.Desk, Cancellation));
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_one_call()
    {
        using var tokens = wire.Tokens(clock);

        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.OfAsync(Bot.Desk, Cancellation)));

        Assert.All(given, token => Assert.Equal("token-1", token));
        Assert.Single(wire.TokenCalls);
    }

    [Fact]
    public async Task A_dropped_token_is_fetched_anew_for_that_bot_alone()
    {
        using var tokens = wire.Tokens(clock);
        await tokens.OfAsync(Bot.Desk, Cancellation);
        await tokens.OfAsync(Bot.Mfa, Cancellation);

        await tokens.DropAsync(Bot.Desk, Cancellation);

        Assert.Equal("token-3", await tokens.OfAsync(Bot.Desk, Cancellation));
        Assert.Equal("token-2", await tokens.OfAsync(Bot.Mfa, Cancellation));
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client"}""", "token_401")]
    [InlineData(503, "", "token_503")]
    [InlineData(200, "", "token_unreachable")]
    [InlineData(200, "null", "token_empty")]
    [InlineData(200, """{"expires_in":3600}""", "token_unreachable")]
    [InlineData(200, """{"access_token":"x","expires_in":"soon"}""", "token_unreachable")]
    public async Task Without_a_token_the_platform_is_unreachable(int status, string body, string code)
    {
        wire.NoToken = () => Wire.Answer((HttpStatusCode)status, body);
        using var tokens = wire.Tokens(clock);

        var failure = await Assert.ThrowsAsync<ChatException>(() => tokens.OfAsync(Bot.Desk, Cancellation));

        Assert.Equal((ChatFailure.Unreachable, code), (failure.Failure, failure.Code));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_failed_try_keeps_nobody_from_the_next()
    {
        wire.NoToken = () => throw new HttpRequestException("down");
        using var tokens = wire.Tokens(clock);
        await Assert.ThrowsAsync<ChatException>(() => tokens.OfAsync(Bot.Desk, Cancellation));

        wire.NoToken = null;

        Assert.Equal("token-2", await tokens.OfAsync(Bot.Desk, Cancellation));
    }
}
