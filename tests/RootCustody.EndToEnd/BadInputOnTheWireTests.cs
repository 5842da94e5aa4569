using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.EndToEnd;

/// <summary>One host for all of these: none of them may change anything.</summary>
public sealed class StandingPlay : IAsyncLifetime
{
    public Play Play { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Play = await Play.OpenAsync();

    public ValueTask DisposeAsync() => Play.DisposeAsync();
}

public sealed class BadInputOnTheWireTests(StandingPlay standing) : IClassFixture<StandingPlay>
{
    private readonly Play play = standing.Play;

    public static TheoryData<SignatureFlaw> SignatureFlaws =>
        [.. Enum.GetValues<SignatureFlaw>().Where(f => f != SignatureFlaw.None)];

    public static TheoryData<TokenFlaw> TokenFlaws => [.. Enum.GetValues<TokenFlaw>().Where(f => f != TokenFlaw.None)];

    [Theory]
    [MemberData(nameof(SignatureFlaws))]
    public async Task A_request_to_slack_without_a_good_signature_gets_401_and_no_word(SignatureFlaw flaw)
    {
        foreach (var address in (string[])["commands", "interactions", "events"])
        {
            var answer = await play.Slack.SendAsync(Bot.Desk, address, "team_id=T0ACME&user_id=U0RITA&text=help", flaw);

            Assert.Equal((HttpStatusCode.Unauthorized, ""), (answer.Status, answer.Body));
        }
    }

    [Theory]
    [MemberData(nameof(TokenFlaws))]
    public async Task An_activity_without_a_good_token_is_refused_without_a_word(TokenFlaw flaw)
    {
        var activity = play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "message");
        activity["text"] = "status";

        var (status, body) = await play.Teams.SendAsync(Bot.Desk, activity, flaw);

        var foreign = flaw is TokenFlaw.UnendorsedKey or TokenFlaw.OtherServiceUrl or TokenFlaw.NoServiceUrl;
        Assert.Equal(foreign ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized, status);
        Assert.Empty(body);
    }

    [Fact]
    public async Task A_token_for_one_bot_does_not_open_another()
    {
        var activity = play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "message");

        var (status, _) = await play.Teams.SendAsync(Bot.Mfa, activity, TokenFlaw.WrongAudience);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_body_over_the_limit_gets_413()
    {
        var large = new string('x', 300 * 1024);

        var slack = await play.Slack.SendAsync(Bot.Desk, "commands", "text=" + large);
        var (teams, _) = await play.Teams.SendRawAsync(Bot.Desk, $$"""{"text":"{{large}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, slack.Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, teams);
    }

    [Theory]
    [InlineData("")]
    [InlineData("payload=")]
    [InlineData("payload=%7Bnot+json")]
    [InlineData("payload=%5B%5D")]
    [InlineData("payload=%7B%22type%22%3A%22%5Cud800%22%7D")]
    [InlineData("payload=%7B%22type%22%3A5%7D")]
    [InlineData("%%%=%%%&payload=%ff%fe")]
    [InlineData("payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%7B%7D%7D")]
    public async Task A_malformed_interaction_gets_400(string body)
    {
        var answer = await play.Slack.SendAsync(Bot.Desk, "interactions", body);

        Assert.Equal((HttpStatusCode.BadRequest, ""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,2]")]
    [InlineData("{\"from\":7}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("\u0000")]
    public async Task A_malformed_activity_gets_400(string body)
    {
        var (status, answer) = await play.Teams.SendRawAsync(Bot.Desk, body);

        Assert.Equal((HttpStatusCode.BadRequest, ""), (status, answer));
    }

    [Fact]
    public async Task Slack_is_told_its_challenge()
    {
        var answer = await play.Slack.SendAsync(
            Bot.Desk,
            "events",
            """{"type":"url_verification","challenge":"3eZbrw1aBm2r"}"""
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("3eZbrw1aBm2r", JsonNode.Parse(answer.Body)!["challenge"]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_and_activities_that_we_do_not_know_are_fine()
    {
        var slack = await play.Slack.SendAsync(
            Bot.Desk,
            "events",
            """{"type":"event_callback","event":{"type":"team_rename"}}"""
        );
        var (teams, _) = await play.Teams.SendAsync(
            Bot.Desk,
            play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "messageReaction")
        );
        var invoke = play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "invoke");
        invoke["name"] = "composeExtension/query";
        var (unknown, _) = await play.Teams.SendAsync(Bot.Desk, invoke);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (slack.Status, teams));
        Assert.Equal(HttpStatusCode.NotImplemented, unknown);
    }

    [Fact]
    public async Task A_workspace_that_is_not_connected_is_told_so()
    {
        var answer = await play.Slack.SendAsync(
            Bot.Desk,
            "commands",
            "team_id=T0UNKNOWN&user_id=U0RITA&channel_id=C1&command=%2Froot&text=request"
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("not connected", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_apps_payload_is_refused()
    {
        var payload = play.Slack.PayloadOf(Cast.Rita, Bot.Desk, "block_actions", Cast.Rita.Workspace);
        payload["api_app_id"] = "A0OTHER";

        var answer = await play.Slack.SendPayloadAsync(Bot.Desk, payload);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task An_unlinked_identity_can_do_nothing()
    {
        await play.Slack.CommandAsync(Cast.Stranger, "request");

        await play.Slack.Api.WaitForModalAsync(Cast.Stranger, "I do not know you");
    }

    [Fact]
    [Trait("Law", "12")]
    public async Task A_person_from_another_tenant_or_without_an_entra_id_gets_nowhere()
    {
        var foreign = play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "message");
        foreign["conversation"]!["tenantId"] = "00000000-0000-4000-8000-00000000beef";
        foreign["channelData"]!["tenant"]!["id"] = "00000000-0000-4000-8000-00000000beef";
        var anonymous = play.Teams.ActivityOf(Cast.Paul, Bot.Desk, "invoke");
        anonymous["name"] = "task/fetch";
        anonymous["value"] = new JsonObject { ["data"] = Play.Data(Actions.Approve, "x") };
        anonymous["from"]!.AsObject().Remove("aadObjectId");

        var (status, _) = await play.Teams.SendAsync(Bot.Desk, foreign);
        var (_, told) = await play.Teams.SendAsync(Bot.Desk, anonymous);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("cannot tell who you are", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_action_is_answered_with_what_to_do()
    {
        var teams = await play.Teams.ExecuteAsync(
            Cast.Paul,
            Bot.Desk,
            "launch-missiles",
            Play.Data("launch-missiles", "now")
        );
        var courier = await play.Teams.ExecuteAsync(Cast.Paul, Bot.Password, "approve", Play.Data("approve", "now"));

        Assert.Contains("type help", teams.Text, StringComparison.Ordinal);
        Assert.Contains("I only hand over halves", courier.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("revoke")]
    [InlineData("reveal")]
    [InlineData("rotated")]
    public async Task A_subject_that_is_no_request_is_refused(string action)
    {
        foreach (
            var subject in (string[])["", "42", "'; DROP TABLE Requests;--", "00000000-0000-0000-0000-000000000000"]
        )
        {
            var seen = await play.Teams.ExecuteAsync(Cast.Paul, Bot.Desk, action, Play.Data(action, subject));

            Assert.Equal(HttpStatusCode.OK, seen.Status);
            Assert.NotEmpty(seen.Text);
        }
        Assert.False(await play.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [Fact]
    public async Task A_refresh_that_no_person_pressed_shows_nothing()
    {
        var seen = await play.Teams.ExecuteAsync(
            Cast.Paul,
            Bot.Desk,
            Actions.Status,
            Play.Data(Actions.Status, ""),
            trigger: "automatic"
        );

        Assert.Equal("Nothing has changed.", seen.Text);
    }
}
