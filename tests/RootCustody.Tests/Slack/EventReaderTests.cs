using System.Text.Json;
using CsCheck;
using RootCustody.Chat;
using RootCustody.Slack;
using RootCustody.Slack.Inbound;

namespace RootCustody.Tests.Slack;

/// <summary>The shapes are those of events that Slack sends, with ids made up.</summary>
public sealed class EventReaderTests
{
    private const string Deactivated = """
        {
          "token": "verification-token",
          "enterprise_id": "E111",
          "team_id": "T111",
          "api_app_id": "A111",
          "type": "event_callback",
          "authorizations": [{ "enterprise_id": null, "team_id": "T111", "user_id": "U0BOT", "is_bot": true, "is_enterprise_install": false }],
          "is_ext_shared_channel": false,
          "event_id": "Ev111",
          "event_time": 1606805974,
          "event": {
            "type": "user_change",
            "user": { "id": "U222", "team_id": "T222", "name": "someone", "deleted": true, "is_bot": false, "updated": 1606805973 },
            "cache_ts": 1606805974,
            "event_ts": "1606805974.000100"
          }
        }
        """;

    private const string Uninstalled = """
        { "token": "t", "team_id": "T999", "api_app_id": "A111", "event": { "type": "app_uninstalled" }, "type": "event_callback", "event_id": "Ev1", "event_time": 1599616881 }
        """;

    private const string Revoked = """
        { "token": "t", "enterprise_id": "E111", "api_app_id": "A111", "event": { "type": "tokens_revoked", "tokens": { "oauth": ["W111"], "bot": ["W222"] } }, "type": "event_callback", "event_id": "Ev1", "event_time": 1606805974 }
        """;

    [Fact]
    public void A_deactivated_account_has_left_its_own_workspace()
    {
        var click = Left(Deactivated);

        Assert.Equal((Actions.Left, "", false), (click.Action, click.Subject, click.Submits));
        Assert.Equal(new ChatUser(ChatPlatform.Slack, "T222", "U222"), click.By);
        Assert.Equal(new ChatPlace(ChatPlatform.Slack, "T111", "U222"), click.Where);
        Assert.Equal(Bot.Desk, click.Bot);
        Assert.Empty(click.Inputs);
        Assert.Null(click.Surface);
    }

    [Fact]
    public void Where_the_account_names_no_workspace_it_is_that_of_the_event()
    {
        var click = Left(Deactivated.Replace("\"team_id\": \"T222\",", "", StringComparison.Ordinal));

        Assert.Equal("T111", click.By.Realm);
    }

    [Fact]
    public void In_an_organisation_the_installation_is_named_by_the_authorization()
    {
        var click = Left(Deactivated.Replace("\"team_id\": \"T111\",\n  \"api", "\"api", StringComparison.Ordinal));

        Assert.Equal("T111", click.Where.Realm);
    }

    [Theory]
    [InlineData("\"deleted\": true", "\"deleted\": false")]
    [InlineData("\"deleted\": true", "\"deleted\": \"true\"")]
    [InlineData("\"deleted\": true,", "")]
    [InlineData("user_change", "user_huddle_changed")]
    [InlineData("user_change", "message")]
    [InlineData("event_callback", "app_rate_limited")]
    public void What_is_no_farewell_does_not_concern_us(string shape, string other) =>
        Assert.IsType<Told.Ignored>(Read(Deactivated.Replace(shape, other, StringComparison.Ordinal)));

    [Theory]
    [InlineData(Bot.Password)]
    [InlineData(Bot.Mfa)]
    public void The_couriers_are_told_nothing_of_people(Bot bot) => Assert.IsType<Told.Ignored>(Read(Deactivated, bot));

    [Theory]
    [InlineData("\"A111\"", "\"A222\"")]
    [InlineData("\"event_id\": \"Ev111\",", "")]
    [InlineData("\"event_id\": \"Ev111\"", "\"event_id\": \"\"")]
    [InlineData("\"id\": \"U222\"", "\"id\": 7")]
    [InlineData("\"type\": \"user_change\"", "\"type\": null")]
    [InlineData("\"type\": \"event_callback\"", "\"type\": 1")]
    [InlineData("\"id\": \"U222\"", "\"id\": \"\\ud800\"")]
    public void What_slack_would_not_send_is_malformed(string shape, string forged) =>
        Assert.IsType<Told.Malformed>(Read(Deactivated.Replace(shape, forged, StringComparison.Ordinal)));

    [Fact]
    [Trait("Law", "12")]
    public void A_workspace_without_our_token_is_unknown() =>
        Assert.IsType<Told.UnknownWorkspace>(
            Read(Deactivated.Replace("\"T111\"", "\"T999\"", StringComparison.Ordinal))
        );

    [Theory]
    [InlineData(Uninstalled)]
    [InlineData(Revoked)]
    public void A_lost_installation_is_noticed_though_it_has_no_token_any_more(string told) =>
        Assert.IsType<Told.Disconnected>(Read(told));

    [Fact]
    [Trait("Law", "9")]
    public void The_same_event_has_the_same_key_and_another_event_another()
    {
        var retried = Deactivated.Replace("1606805974,", "1606805999,", StringComparison.Ordinal);
        var other = Deactivated.Replace("Ev111", "Ev112", StringComparison.Ordinal);

        Assert.Equal(Left(Deactivated).Key, Left(retried).Key);
        Assert.NotEqual(Left(Deactivated).Key, Left(other).Key);
        Assert.InRange(
            Left(Deactivated.Replace("Ev111", new string('x', 5000), StringComparison.Ordinal)).Key.Length,
            1,
            60
        );
    }

    [Fact]
    public void No_bytes_break_the_reader() =>
        Gen.Select(Gen.Int[0, Deactivated.Length - 1], Gen.Char[' ', '~'])
            .List[1, 8]
            .Sample(
                edits =>
                {
                    var text = Deactivated.ToCharArray();
                    foreach (var (at, letter) in edits)
                        text[at] = letter;
                    try
                    {
                        Read(new string(text));
                    }
                    catch (JsonException)
                    {
                        // no JSON any more: the endpoint says 400 before the reader is asked
                    }
                },
                iter: 2000
            );

    private static Click Left(string envelope) => Assert.IsType<Told.OfPerson>(Read(envelope)).Click;

    private static Told Read(string envelope, Bot bot = Bot.Desk)
    {
        using var document = JsonDocument.Parse(envelope);
        return new EventReader(Settings()).Read(document.RootElement, bot);
    }

    private static SlackSettings Settings()
    {
        var settings = new SlackSettings();
        foreach (var bot in (SlackBotSettings[])[settings.Desk, settings.Password, settings.Mfa])
        {
            bot.AppId = "A111";
            bot.Workspaces["T111"] = "xoxb-1";
        }
        return settings;
    }
}
