using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.EndToEnd;

/// <summary>A second MFA device gets in through the form of one platform, is vouched for on the other, and gives codes.</summary>
public sealed class DeviceFlowTests
{
    private const string Spare = "Spare";

    /// <summary>The seed of the second device, in Base32.</summary>
    internal const string Seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ";

    [Fact]
    public async Task A_device_brought_in_through_Slack_and_vouched_for_in_Teams_is_picked_in_Teams()
    {
        await using var play = await OpenAsync();
        await BringInThroughSlackAsync(play);
        await LaterAsync(play);
        await VouchInTeamsAsync(play, Cast.Mike, "mike");

        var request = await play.OpenWindowAsync();
        var asked = await play.Teams.FetchAsync(Cast.Mona, Bot.Mfa, Play.Data(Actions.Reveal, request));
        var shown = await play.Teams.SubmitAsync(
            Cast.Mona,
            asked.Dialog!,
            ("Device", "2"),
            (Play.CodeLabel, play.Theatre.CodeOf("mona"))
        );

        Assert.Contains($"Code of {Spare}, good for 30 s", shown.Text, StringComparison.Ordinal);
        Assert.Equal(new Authenticator(Seed).Code(play.Clock), Play.HalfIn(shown, "Code"));
    }

    [Fact]
    public async Task A_device_brought_in_through_Teams_and_vouched_for_in_Slack_is_picked_in_Slack()
    {
        await using var play = await OpenAsync();
        var told = await BringInThroughTeamsAsync(play, Cast.Mike, "mike");
        Assert.Contains("never comes out again", told.Text, StringComparison.Ordinal);
        await LaterAsync(play);
        await VouchInSlackAsync(play);

        await play.OpenWindowAsync();
        var mona = Cast.MonaInSlack;
        var pointer = await play.Slack.Api.WaitForMessageAsync(mona.DirectWith(Bot.Mfa), "your half is ready");
        await play.Slack.PressAsync(mona, pointer, "Reveal code");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, m => m.Text.Contains("The half is then shown"));
        play.Clock.Advance(TimeSpan.FromMinutes(1));
        await play.Slack.SubmitAsync(mona, modal, ("Device", Spare), (Play.CodeLabel, play.Theatre.CodeOf("mona")));
        await play.Slack.PressAsync(
            mona,
            await play.Slack.Api.WaitForEphemeralAsync(mona, "Your half is ready"),
            "Show code"
        );
        var shown = await play.Slack.Api.WaitForEphemeralAsync(mona, "For you alone");

        Assert.Contains($"Code of {Spare}, good for 30 s", shown.Text, StringComparison.Ordinal);
        Assert.Equal(new Authenticator(Seed).Code(play.Clock), shown.Literals.Single());
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task Nobody_but_a_second_MFA_custodian_vouches_and_no_password_custodian_brings_one_in()
    {
        await using var play = await OpenAsync();
        var refused = await BringInThroughTeamsAsync(play, Cast.Paul, "paul");
        Assert.Contains("Only custodians of the MFA half", refused.Text, StringComparison.Ordinal);
        await LaterAsync(play);
        await BringInThroughTeamsAsync(play, Cast.Mike, "mike");
        await LaterAsync(play);
        var device = await DeviceAsync(play);

        var by = await play.Teams.FetchAsync(Cast.Mike, Bot.Mfa, VouchFor(device));
        var password = await play.Teams.FetchAsync(Cast.Paul, Bot.Mfa, VouchFor(device));
        var duty = await play.Teams.FetchAsync(Cast.Dora, Bot.Mfa, VouchFor(device));
        var stranger = await play.Teams.FetchAsync(
            new TeamsPerson("a stranger", "10000000-0000-4000-8000-0000000000ff"),
            Bot.Mfa,
            VouchFor(device)
        );
        var desk = await play.Teams.FetchAsync(Cast.Mona, Bot.Desk, VouchFor(device));

        Assert.Contains("You proposed this yourself", by.Text, StringComparison.Ordinal);
        Assert.All((TeamsSeen[])[by, password, duty, stranger, desk], seen => Assert.Null(seen.Dialog));
        Assert.Equal(DeviceState.Waiting, (await DeviceAsync(play)).State);
    }

    [Fact]
    [Trait("Law", "9")]
    public async Task A_form_that_Slack_delivers_twice_brings_in_one_device()
    {
        await using var play = await OpenAsync();
        await BringInThroughSlackAsync(play);

        await play.Slack.ReplayAsync(play.Slack.Last!);

        Assert.Equal(2, await play.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    internal static async Task<Play> OpenAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? configure = null
    )
    {
        var play = await Play.OpenAsync(settings, configure);
        await play.Theatre.EnrolAsync("mike", Cast.Mike);
        await LaterAsync(play);
        return play;
    }

    internal static async Task BringInThroughSlackAsync(Play play)
    {
        var mona = Cast.MonaInSlack;
        await play.Slack.CommandAsync(mona, Actions.Device, mona.DirectWith(Bot.Mfa), Bot.Mfa);
        var modal = await play.Slack.Api.WaitForModalAsync(mona, "Whoever brings in a device");
        var answer = await play.Slack.SubmitAsync(mona, modal, Inputs(play, "mona"));
        Assert.Empty(answer.Errors);
        await play.Slack.Api.WaitForModalAsync(mona, "never comes out again");
    }

    internal static async Task<TeamsSeen> BringInThroughTeamsAsync(Play play, TeamsPerson person, string key)
    {
        await play.Teams.TypeAsync(person, Bot.Mfa, Actions.Device);
        var opener = await play.Teams.Connector.WaitForAsync(person, Bot.Mfa, "", "Open");
        var asked = await play.Teams.PressAsync(person, opener, "Open");
        return await play.Teams.SubmitAsync(person, asked.Dialog!, Inputs(play, key));
    }

    private static async Task VouchInTeamsAsync(Play play, TeamsPerson person, string key)
    {
        var card = await play.Teams.Connector.WaitForAsync(person, Bot.Mfa, Spare, "It is right");
        var asked = await play.Teams.PressAsync(person, card, "It is right");
        var done = await play.Teams.SubmitAsync(person, asked.Dialog!, (Play.CodeLabel, play.Theatre.CodeOf(key)));
        Assert.Contains("makes codes from now on", done.Text, StringComparison.Ordinal);
        await LaterAsync(play);
    }

    internal static async Task VouchInSlackAsync(Play play)
    {
        var mona = Cast.MonaInSlack;
        var card = await play.Slack.Api.WaitForMessageAsync(mona.DirectWith(Bot.Mfa), $"Device: {Spare}");
        await play.Slack.PressAsync(mona, card, "It is right");
        var modal = await play.Slack.Api.WaitForModalAsync(mona, $"Device: {Spare}");
        Assert.Empty((await play.Slack.SubmitAsync(mona, modal, (Play.CodeLabel, play.Theatre.CodeOf("mona")))).Errors);
        await play.Slack.Api.WaitForModalAsync(mona, "makes codes from now on");
        await LaterAsync(play);
    }

    /// <summary>A whole minute later, when every code has its life before it, once every card is where it belongs: one that is under way when the clock jumps would wait for it to move again.</summary>
    internal static async Task LaterAsync(Play play)
    {
        await play.UntilAsync(() => play.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)));
        var now = play.Clock.GetUtcNow();
        play.Clock.Advance(TimeSpan.FromTicks(2 * TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute));
    }

    private static Task<MfaDevice> DeviceAsync(Play play) =>
        play.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Label == Spare));

    private static System.Text.Json.Nodes.JsonObject VouchFor(MfaDevice device) =>
        Play.Data(Actions.Vouch, device.Id.ToString());

    private static (string, string)[] Inputs(Play play, string key)
    {
        var device = new Authenticator(Seed);
        return
        [
            ("Number of the AWS account", Cast.Account),
            ("Name of the device", Spare),
            ("Seed", $"otpauth://totp/Amazon%20Web%20Services:root?secret={Seed}&issuer=Amazon%20Web%20Services"),
            ("A code of this device", device.Code(play.Clock, TimeSpan.FromSeconds(30))),
            ("The next code of this device", device.Code(play.Clock)),
            (Play.CodeLabel, play.Theatre.CodeOf(key)),
        ];
    }
}
