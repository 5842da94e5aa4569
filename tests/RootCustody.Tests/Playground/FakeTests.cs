using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Tests.Playground;

/// <summary>The fakes must be as strict as the platforms, or the tests that use them prove nothing.</summary>
public sealed class FakeTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(Stage.Noon);
    private readonly HttpClient http = new();

    [Fact]
    public async Task Slack_takes_a_trigger_once_and_for_three_seconds()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(clock);
        var (fresh, old) = (slack.Api.NewTrigger(Bot.Desk, Cast.Rita), slack.Api.NewTrigger(Bot.Desk, Cast.Rita));

        Assert.Null(await SlackErrorAsync(slack, Bot.Desk, "views.open", Open(fresh)));
        Assert.Equal("exchanged_trigger_id", await SlackErrorAsync(slack, Bot.Desk, "views.open", Open(fresh)));
        Assert.Equal("invalid_trigger_id", await SlackErrorAsync(slack, Bot.Mfa, "views.open", Open(old)));
        clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal("expired_trigger_id", await SlackErrorAsync(slack, Bot.Desk, "views.open", Open(old)));
    }

    [Fact]
    public async Task Slack_refuses_a_foreign_token_and_another_bots_direct_messages()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(clock);
        var body = Message(Cast.MonaInSlack.DirectWith(Bot.Mfa));

        Assert.Equal("invalid_auth", await SlackErrorAsync(slack, null, "chat.postMessage", body));
        Assert.Equal("channel_not_found", await SlackErrorAsync(slack, Bot.Password, "chat.postMessage", body));
        Assert.Null(await SlackErrorAsync(slack, Bot.Mfa, "chat.postMessage", body));
    }

    [Fact]
    public async Task Slack_refuses_blocks_over_their_limits()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(clock);
        var body = Message("C1");
        body["blocks"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "header",
                ["text"] = new JsonObject { ["text"] = new string('x', 151) },
            }
        );

        Assert.Equal("invalid_blocks", await SlackErrorAsync(slack, Bot.Desk, "chat.postMessage", body));
    }

    [Fact]
    public async Task A_response_url_works_five_times_within_half_an_hour()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(clock);
        var url = slack.Api.NewResponseUrl("commands", Bot.Desk, Cast.Rita, "C1", null);
        var old = slack.Api.NewResponseUrl("commands", Bot.Desk, Cast.Rita, "C1", null);
        var answer = new JsonObject { ["blocks"] = new JsonArray() };

        var statuses = new List<HttpStatusCode>();
        for (var use = 0; use < 6; use++)
            statuses.Add((await http.PostAsJsonAsync(url, answer)).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(31));
        var late = await http.PostAsJsonAsync(old, answer);

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.NotFound], statuses);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Teams_gives_a_token_for_the_right_secret_only_and_lets_each_bot_into_its_own_chats()
    {
        await using var teams = await FakeTeamsTenant.StartAsync(clock);
        var own = await TokenAsync(teams, Bot.Mfa, FakeTeamsTenant.SecretOf(Bot.Mfa));

        Assert.Null(await TokenAsync(teams, Bot.Mfa, FakeTeamsTenant.SecretOf(Bot.Desk)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(teams, "made-up", Bot.Mfa));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(teams, own!, Bot.Password));
        Assert.Equal(HttpStatusCode.Created, await PostAsync(teams, own!, Bot.Mfa));
        Assert.Single(teams.Connector.Stored);
    }

    [Fact]
    public async Task A_fault_comes_before_or_after_the_thing_was_done()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(clock);
        slack.Faults.Next("chat.postMessage", Fault.FailsBefore);
        slack.Faults.Next("chat.postMessage", Fault.FailsAfter);

        await SlackAsync(slack, Bot.Desk, "chat.postMessage", Message("C1"));
        var before = slack.Api.Messages.Count;
        await SlackAsync(slack, Bot.Desk, "chat.postMessage", Message("C1"));

        Assert.Equal((0, 1), (before, slack.Api.Messages.Count));
    }

    public void Dispose() => http.Dispose();

    private static JsonObject Open(string trigger) =>
        new()
        {
            ["trigger_id"] = trigger,
            ["view"] = new JsonObject
            {
                ["type"] = "modal",
                ["title"] = new JsonObject { ["text"] = "T" },
                ["blocks"] = new JsonArray(),
            },
        };

    private static JsonObject Message(string channel) =>
        new()
        {
            ["channel"] = channel,
            ["text"] = "T",
            ["blocks"] = new JsonArray(),
        };

    private async Task<string?> SlackErrorAsync(FakeSlackPlatform slack, Bot? bot, string method, JsonObject body)
    {
        using var answer = await SlackAsync(slack, bot, method, body);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]?.GetValue<string>();
    }

    private async Task<HttpResponseMessage> SlackAsync(
        FakeSlackPlatform slack,
        Bot? bot,
        string method,
        JsonObject body
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(slack.Address, $"/api/{method}"));
        request.Content = JsonContent.Create(body);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            bot is { } own ? FakeSlackPlatform.TokenOf(own, FakeSlackPlatform.Provider) : "xoxb-made-up"
        );
        return await http.SendAsync(request);
    }

    private async Task<string?> TokenAsync(FakeTeamsTenant teams, Bot bot, string secret)
    {
        using var form = new FormUrlEncodedContent([
            new("client_id", FakeTeamsTenant.AppIdOf(bot)),
            new("client_secret", secret),
            new("grant_type", "client_credentials"),
        ]);
        using var answer = await http.PostAsync(new Uri(teams.Address, $"/{teams.TenantId}/oauth2/v2.0/token"), form);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]?.GetValue<string>();
    }

    private async Task<HttpStatusCode> PostAsync(FakeTeamsTenant teams, string token, Bot chatOf)
    {
        var conversation = Uri.EscapeDataString(FakeTeamsTenant.ConversationOf(Cast.Mona, chatOf));
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(teams.Address, $"/v3/conversations/{conversation}/activities")
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = JsonContent.Create(
            new JsonObject
            {
                ["attachments"] = new JsonArray(
                    new JsonObject { ["content"] = new JsonObject { ["type"] = "AdaptiveCard" } }
                ),
            }
        );
        return (await http.SendAsync(request)).StatusCode;
    }
}
