using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Slack;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Inbound;
using RootCustody.Slack.Outbound;

namespace RootCustody.Tests.Slack;

/// <summary>The shapes are those of payloads that Slack sends, with ids made anonymous.</summary>
public sealed class PayloadReaderTests
{
    private const string EphemeralPress = """
        {
          "type": "block_actions",
          "user": { "id": "W111", "username": "primary-owner", "team_id": "T111" },
          "api_app_id": "A111",
          "container": { "type": "message", "message_ts": "111.222", "channel_id": "D111", "is_ephemeral": true },
          "trigger_id": "111.222.valid",
          "team": { "id": "T111", "domain": "workspace-domain" },
          "channel": { "id": "D111" },
          "response_url": "https://hooks.slack.com/actions/T111/111/random-value",
          "actions": [{ "action_id": "show:0", "block_id": "b", "value": "click_me_123", "type": "button", "action_ts": "1596530385.194939" }]
        }
        """;

    private const string SharedSubmission = """
        {
          "type": "view_submission",
          "team": { "id": "T-other-side" },
          "user": { "id": "W111", "team_id": "T-other-side" },
          "api_app_id": "A111",
          "trigger_id": "111.222.xxx",
          "view": {
            "id": "V11111", "team_id": "T-other-side", "type": "modal", "callback_id": "request",
            "private_metadata": "{\"C\":\"C111\",\"S\":\"subject\"}",
            "state": { "values": {
              "why": { "in": { "type": "plain_text_input", "value": "Hi there!" } },
              "ticket": { "in": { "type": "plain_text_input", "value": null } },
              "kind": { "in": { "type": "static_select", "selected_option": { "value": "planned" } } },
              "signedout": { "in": { "type": "checkboxes", "selected_options": [{ "value": "yes" }, { "value": "no" }] } },
              "start": { "in": { "type": "datetimepicker", "selected_date_time": 1795435200 } }
            } },
            "hash": "1664950703.CmTS8F7U",
            "app_installed_team_id": "T111"
          },
          "enterprise": { "id": "E-other-side" }
        }
        """;

    private static readonly SlackSettings Settings = new()
    {
        Mfa =
        {
            AppId = "A111",
            SigningSecret = "s",
            Workspaces = { ["T111"] = "xoxb-1" },
        },
    };

    [Fact]
    public void In_a_shared_channel_the_person_is_of_the_other_side_and_the_installation_ours()
    {
        var click = Assert.IsType<Payload.Submitted>(Read(SharedSubmission)).Interaction.Click;

        Assert.Equal(new ChatUser(ChatPlatform.Slack, "T-other-side", "W111"), click.By);
        Assert.Equal(new ChatPlace(ChatPlatform.Slack, "T111", "C111"), click.Where);
    }

    [Fact]
    public void A_form_comes_back_with_what_was_filled_in()
    {
        var click = Assert.IsType<Payload.Submitted>(Read(SharedSubmission)).Interaction.Click;

        Assert.Equal(("request", "subject", true), (click.Action, click.Subject, click.Submits));
        Assert.Equal("Hi there!", click.Inputs["why"]);
        Assert.Equal("planned", click.Inputs["kind"]);
        Assert.Equal("yes,no", click.Inputs["signedout"]);
        Assert.Equal("1795435200", click.Inputs["start"]);
        Assert.False(click.Inputs.ContainsKey("ticket"));
    }

    [Fact]
    public void A_press_on_an_ephemeral_message_can_be_answered_with_a_half()
    {
        var click = Assert.IsType<Payload.Pressed>(Read(EphemeralPress)).Interaction.Click;

        Assert.Equal(("show", "click_me_123"), (click.Action, click.Subject));
        Assert.True(click.InPrivate);
        Assert.NotNull(click.Surface);
    }

    [Theory]
    [Trait("Law", "8")]
    [InlineData("\"is_ephemeral\": true", "\"is_ephemeral\": false")]
    [InlineData("\"is_ephemeral\": true", "\"is_ephemeral\": \"true\"")]
    [InlineData("actions/T111/111", "actions/T222/111")]
    [InlineData("https://hooks.slack.com/", "https://evil.example/")]
    [InlineData("https://hooks.slack.com/", "http://localhost:8888/")]
    public void No_other_press_can(string shape, string forged)
    {
        var press = EphemeralPress.Replace(shape, forged, StringComparison.Ordinal);

        var click = Assert.IsType<Payload.Pressed>(Read(press)).Interaction.Click;

        Assert.Null(click.Surface);
    }

    [Theory]
    [InlineData("\"A111\"", "\"A222\"")]
    [InlineData("\"actions\": [{", "\"actions\": [], \"other\": [{")]
    [InlineData("\"id\": \"W111\"", "\"id\": 7")]
    [InlineData("\"action_id\": \"show:0\"", "\"action_id\": null")]
    public void What_slack_would_not_send_is_malformed(string shape, string forged)
    {
        Assert.IsType<Payload.Malformed>(Read(EphemeralPress.Replace(shape, forged, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_workspace_without_our_token_is_unknown()
    {
        Assert.IsType<Payload.UnknownWorkspace>(Read(EphemeralPress.Replace("T111", "T999", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("view_closed")]
    [InlineData("block_suggestion")]
    [InlineData("something_new")]
    public void What_asks_for_no_answer_is_ignored(string type)
    {
        Assert.IsType<Payload.Ignored>(Read(EphemeralPress.Replace("block_actions", type, StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Law", "9")]
    public void The_same_click_has_the_same_key_and_another_click_another()
    {
        string KeyOf(string payload) => Assert.IsType<Payload.Pressed>(Read(payload)).Interaction.Click.Key;

        Assert.Equal(KeyOf(EphemeralPress), KeyOf(EphemeralPress));
        Assert.NotEqual(
            KeyOf(EphemeralPress),
            KeyOf(EphemeralPress.Replace("1596530385.194939", "1596530385.194940", StringComparison.Ordinal))
        );
        Assert.DoesNotContain("111.222.valid", KeyOf(EphemeralPress), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" Request  now please", "request", "now please")]
    [InlineData("link K7Q4-0OXX", "link", "K7Q4-0OXX")]
    [InlineData("LINK\u00a0K7Q4-0OXX ", "link", "K7Q4-0OXX")]
    [InlineData("link\tK7Q4\t", "link", "K7Q4")]
    [InlineData("away until 2026-12-01 08:00", "away", "until 2026-12-01 08:00")]
    [InlineData("away\nuntil\n2026-12-01", "away", "until\n2026-12-01")]
    [InlineData("admin  add-member passwords paul", "admin", "add-member passwords paul")]
    [InlineData("admin rename \"Paul  O'Neil\" “new”", "admin", "rename \"Paul  O'Neil\" “new”")]
    [InlineData("status", "status", "")]
    [InlineData("status\u2003\r\n", "status", "")]
    [InlineData("", "help", "")]
    [InlineData(" \u00a0\t\n", "help", "")]
    public void The_first_word_of_a_command_is_its_action_and_the_rest_its_text(
        string typed,
        string action,
        string rest
    )
    {
        var click = Typed(typed);

        Assert.Equal((action, rest), (click.Action, click.Inputs["text"]));
        Assert.False(click.InPrivate);
        Assert.False(click.Submits);
    }

    [Fact]
    public void A_long_text_arrives_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 10} 3456789\n")).Trim();

        Assert.Equal(text, Typed("admin " + text).Inputs["text"]);
        Assert.InRange(text.Length, 2990, 3000);
    }

    [Fact]
    public void Whatever_is_typed_is_read() =>
        Gen.String[0, 3000]
            .Sample(
                typed =>
                {
                    var click = Typed(typed);

                    Assert.DoesNotContain(click.Action, char.IsWhiteSpace);
                    Assert.Equal(click.Inputs["text"].Trim(), click.Inputs["text"]);
                },
                iter: 300
            );

    [Theory]
    [InlineData("left")]
    [InlineData("Uninstalled")]
    [InlineData("installed now")]
    public void Nobody_types_what_only_the_platform_may_say(string typed) => Assert.Equal("", Typed(typed).Action);

    [Fact]
    public void Nobody_presses_or_sends_what_only_the_platform_may_say()
    {
        var pressed = Read(EphemeralPress.Replace("\"show:0\"", "\"left:0\"", StringComparison.Ordinal));
        var sent = Read(SharedSubmission.Replace("\"request\"", "\"left\"", StringComparison.Ordinal));

        Assert.Equal("", Assert.IsType<Payload.Pressed>(pressed).Interaction.Click.Action);
        Assert.Equal("", Assert.IsType<Payload.Submitted>(sent).Interaction.Click.Action);
    }

    [Fact]
    public void No_bytes_break_the_reader() =>
        Gen.Select(Gen.Int[0, EphemeralPress.Length - 1], Gen.Char[' ', '~'])
            .List[1, 8]
            .Sample(
                edits =>
                {
                    var text = EphemeralPress.ToCharArray();
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

    [Theory]
    [InlineData("", null)]
    [InlineData("not json", null)]
    [InlineData("[]", null)]
    [InlineData("{\"C\":\"C1\",\"S\":\"x\"}", "C1")]
    public void Foreign_metadata_names_no_channel(string metadata, string? channel)
    {
        Assert.Equal(channel, Origin.Read(metadata).Channel);
    }

    private static Click Typed(string text)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["team_id"] = "T111",
            ["channel_id"] = "C111",
            ["user_id"] = "W111",
            ["text"] = text,
        };
        return Assert.IsType<Payload.Pressed>(Reader().ReadCommand(form, Bot.Mfa)).Interaction.Click;
    }

    private static Payload Read(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return Reader().ReadInteraction(document.RootElement, Bot.Mfa);
    }

    private static PayloadReader Reader()
    {
        var http = new ServiceCollection()
            .AddHttpClient()
            .BuildServiceProvider()
            .GetRequiredService<IHttpClientFactory>();
        return new PayloadReader(
            Settings,
            new SlackSurfaces(new SlackApi(http, Settings, TimeProvider.System), Settings)
        );
    }
}
