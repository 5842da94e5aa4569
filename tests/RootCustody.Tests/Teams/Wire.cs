using System.Net;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Teams;
using RootCustody.Teams.Outbound;

namespace RootCustody.Tests.Teams;

/// <summary>The far end of every call: tokens numbered by how often they were asked for, and what the Connector was told to answer.</summary>
internal sealed class Wire : HttpMessageHandler, IHttpClientFactory
{
    public const string ServiceUrl = "https://smba.trafficmanager.net/emea/";

    private readonly Queue<Func<HttpResponseMessage>> answers = [];

    public FakeTimeProvider Clock { get; } = new(Stage.Noon);

    public List<Call> TokenCalls { get; } = [];
    public List<Call> Calls { get; } = [];

    /// <summary>What the token endpoint answers instead of a token.</summary>
    public Func<HttpResponseMessage>? NoToken { get; set; }

    public int TokenLife { get; set; } = 3600;

    public static TeamsSettings Settings
    {
        get
        {
            var settings = new TeamsSettings();
            foreach (
                var (bot, name) in new[]
                {
                    (settings.Desk, "desk"),
                    (settings.Password, "password"),
                    (settings.Mfa, "mfa"),
                }
            )
            {
                bot.AppId = $"app-{name}";
                bot.TenantId = $"home-{name}";
                bot.ClientSecret = $"secret of {name}&";
            }
            return settings;
        }
    }

    public static ChatPlace Place(string conversation = "a:1", string? serviceUrl = ServiceUrl) =>
        new(ChatPlatform.Teams, "tenant", conversation, serviceUrl);

    public BotTokens Tokens(TimeProvider clock) => new(this, Settings, clock);

    public TeamsMessenger Messenger(BotTokens tokens) => new(this, tokens, Settings, Clock);

    public Wire Answers(HttpStatusCode status, string body = "", TimeSpan? retryAfter = null)
    {
        answers.Enqueue(() =>
        {
            var answer = Answer(status, body);
            answer.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
            return answer;
        });
        return this;
    }

    public Wire Fails(Exception exception)
    {
        answers.Enqueue(() => throw exception);
        return this;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = new Call(
            request.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.Authorization?.ToString(),
            await request.Content!.ReadAsStringAsync(cancellationToken)
        );
        if (request.RequestUri.Host == "login.microsoftonline.com")
        {
            TokenCalls.Add(call);
            return NoToken?.Invoke()
                ?? Answer(
                    HttpStatusCode.OK,
                    $$"""{"token_type":"Bearer","expires_in":{{TokenLife}},"access_token":"token-{{TokenCalls.Count}}"}"""
                );
        }
        Calls.Add(call);
        return answers.TryDequeue(out var answer)
            ? answer()
            : Answer(HttpStatusCode.Created, """{"id":"1485983408511"}""");
    }

    public sealed record Call(HttpMethod Method, string Address, string? Authorization, string Body);
}
