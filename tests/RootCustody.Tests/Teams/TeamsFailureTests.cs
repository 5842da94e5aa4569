using System.Net;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Teams.Outbound;

namespace RootCustody.Tests.Teams;

/// <summary>Why the Bot Connector did not do what was asked.</summary>
public sealed class TeamsFailureTests : IDisposable
{
    private readonly Wire wire = new();
    private readonly BotTokens tokens;
    private readonly TeamsMessenger messenger;

    public TeamsFailureTests()
    {
        tokens = wire.Tokens(new FakeTimeProvider());
        messenger = wire.Messenger(tokens);
    }

    public void Dispose()
    {
        tokens.Dispose();
        wire.Dispose();
    }

    [Theory]
    [InlineData(403, ChatFailure.Gone)]
    [InlineData(404, ChatFailure.Gone)]
    [InlineData(429, ChatFailure.Throttled)]
    [InlineData(408, ChatFailure.Unreachable)]
    [InlineData(412, ChatFailure.Unreachable)]
    [InlineData(500, ChatFailure.Unreachable)]
    [InlineData(502, ChatFailure.Unreachable)]
    [InlineData(503, ChatFailure.Unreachable)]
    [InlineData(504, ChatFailure.Unreachable)]
    [InlineData(400, ChatFailure.Refused)]
    [InlineData(413, ChatFailure.Refused)]
    [InlineData(307, ChatFailure.Refused)]
    public async Task A_status_tells_the_kind(int status, ChatFailure kind)
    {
        wire.Answers((HttpStatusCode)status, """{"error":{"code":"Private","message":"canary"}}""")
            .Answers((HttpStatusCode)status, """{"errorCode":209,"message":"{\"subCode\":\"canary\"}"}""");

        var failures = new[] { await PostFailsAsync(), await UpdateFailsAsync() };

        Assert.All(failures, f => Assert.Equal((kind, $"http_{status}"), (f.Failure, f.Code)));
        Assert.All(failures, f => Assert.DoesNotContain("canary", f.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, wire.Calls.Count);
    }

    [Fact]
    public async Task Throttling_says_when_to_come_back()
    {
        wire.Answers(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(17))
            .Answers(HttpStatusCode.TooManyRequests);

        Assert.Equal(TimeSpan.FromSeconds(17), (await PostFailsAsync()).RetryAfter);
        Assert.Null((await PostFailsAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":{"a":1}}""")]
    public async Task A_post_without_an_id_may_have_happened(string body)
    {
        wire.Answers(HttpStatusCode.Created, body);

        Assert.Equal(ChatFailure.Unreachable, (await PostFailsAsync()).Failure);
    }

    [Fact]
    public async Task No_answer_is_unreachable()
    {
        wire.Fails(new HttpRequestException("down")).Fails(new TaskCanceledException("too slow"));

        var failures = new[] { await PostFailsAsync(), await UpdateFailsAsync() };

        Assert.All(failures, f => Assert.Equal((ChatFailure.Unreachable, "no_answer"), (f.Failure, f.Code)));
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_of_a_failure()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            messenger.PostAsync(Bot.Desk, Wire.Place(), Card.Of("Asked"), null, source.Token)
        );
    }

    private Task<ChatException> PostFailsAsync() =>
        Assert.ThrowsAsync<ChatException>(() =>
            messenger.PostAsync(Bot.Desk, Wire.Place(), Card.Of("Asked"), null, TestContext.Current.CancellationToken)
        );

    private Task<ChatException> UpdateFailsAsync() =>
        Assert.ThrowsAsync<ChatException>(() =>
            messenger.UpdateAsync(
                Bot.Desk,
                new PostedMessage(Wire.Place(), "1"),
                Card.Of("Asked"),
                TestContext.Current.CancellationToken
            )
        );
}
