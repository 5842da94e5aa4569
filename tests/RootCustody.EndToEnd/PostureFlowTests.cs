using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Posture;

namespace RootCustody.EndToEnd;

/// <summary>What a credential report says of root gets in through the form of one platform, and is confirmed on the other.</summary>
public sealed class PostureFlowTests
{
    [Fact]
    public async Task A_report_brought_in_Slack_is_confirmed_in_Teams()
    {
        await using var play = await Play.OpenAsync();
        var mona = Cast.MonaInSlack;
        await play.Slack.CommandAsync(mona, Actions.Report, mona.DirectWith(Bot.Desk));
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "Other lines name IAM users");
        var made = play.Clock.GetUtcNow().AddHours(-1);

        var answer = await play.Slack.SubmitAsync(
            mona,
            modal,
            ("The two lines", Lines()),
            ("When AWS made it", made.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
        );
        Assert.Empty(answer.Errors);
        await play.Slack.Api.WaitForModalAsync(mona, "It counts as reported by you");

        await play.Teams.TypeAsync(Cast.Paul, Bot.Desk, $"posture {Cast.Account}");
        var card = await play.Teams.Connector.WaitForAsync(
            Cast.Paul,
            Bot.Desk,
            "reported by Mona, confirmed by nobody yet",
            $"Confirm report of {Cast.Account}"
        );
        var asked = await play.Teams.PressAsync(Cast.Paul, card, $"Confirm report of {Cast.Account}");
        Assert.Contains("mfa_active: AWS does not ask root for MFA.", asked.Text, StringComparison.Ordinal);
        var done = await play.Teams.SubmitAsync(Cast.Paul, asked.Dialog!);

        Assert.Contains("Confirmed", done.Text, StringComparison.Ordinal);
        Assert.NotNull(await play.InDbAsync(db => db.Evidence.Select(e => e.ConfirmedBy).SingleAsync()));
    }

    [Fact]
    public async Task A_report_brought_in_Teams_is_confirmed_in_Slack()
    {
        await using var play = await Play.OpenAsync();
        var asked = await play.Teams.FetchAsync(Cast.Paul, Bot.Desk, Play.Data(Actions.Report, ""));
        var made = play.Clock.GetUtcNow().AddHours(-1).UtcDateTime;
        foreach (var part in PartsOf(asked.Dialog!.Card))
        {
            part["value"] = part["type"]!.GetValue<string>() switch
            {
                "Input.Date" => made.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "Input.Time" => made.ToString("HH:mm", CultureInfo.InvariantCulture),
                _ => null,
            };
        }
        var brought = await play.Teams.SubmitAsync(Cast.Paul, asked.Dialog, ("The two lines", Lines()));
        Assert.Contains("It counts as reported by you", brought.Text, StringComparison.Ordinal);

        var mona = Cast.MonaInSlack;
        await play.Slack.CommandAsync(mona, $"posture {Cast.Account}", mona.DirectWith(Bot.Desk));
        var card = await play.Slack.Api.WaitForEphemeralAsync(mona, "reported by Paul, confirmed by nobody yet");
        await play.Slack.PressAsync(mona, card, $"Confirm report of {Cast.Account}");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "Look at AWS yourself");
        await play.Slack.SubmitAsync(mona, modal);
        await play.Slack.Api.WaitForModalAsync(mona, "Confirmed");

        var states = await play.InDbAsync(db => db.Findings.ToDictionaryAsync(f => f.Practice, f => f.State));
        Assert.Equal(PracticeState.Deviates, states[Practice.MfaPresent]);
        Assert.NotNull(await play.InDbAsync(db => db.Evidence.Select(e => e.ConfirmedBy).SingleAsync()));
    }

    /// <summary>The objects in a card that are inputs.</summary>
    private static IEnumerable<JsonObject> PartsOf(JsonNode? node) =>
        node switch
        {
            JsonObject input
                when input["type"]?.GetValueKind() == JsonValueKind.String
                    && input["type"]!.GetValue<string>().StartsWith("Input.", StringComparison.Ordinal) => [input],
            JsonObject other => other.SelectMany(part => PartsOf(part.Value)).ToList(),
            JsonArray many => many.SelectMany(PartsOf).ToList(),
            _ => [],
        };

    /// <summary>Header and root line, in which AWS asks for no MFA.</summary>
    internal static string Lines(string number = Cast.Account)
    {
        var cells = RootLine.Columns.Select(column =>
            column switch
            {
                RootLine.User => RootLine.RootUser,
                RootLine.Arn => $"arn:aws:iam::{number}:root",
                RootLine.PasswordEnabled => "true",
                _ when column.EndsWith("_active", StringComparison.Ordinal) => "false",
                _ => "N/A",
            }
        );
        return $"{string.Join(',', RootLine.Columns)}\n{string.Join(',', cells)}";
    }
}
