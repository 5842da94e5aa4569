using System.Globalization;
using OtpNet;
using RootCustody.Chat;

namespace RootCustody.Playground.Nodes;

/// <summary>The first MFA device of an account: Paul types the password, Mona brings the device in, Mike vouches for it.</summary>
/// <param name="account">Its number.</param>
public sealed class DeviceCeremony(Folk folk, TimeProvider clock, Team team, string account)
{
    private const string Asks = "Is this MFA device right?";
    private const string Vouches = "It is right";

    /// <summary>After so long a device whose seed did not get into the vault is given up.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromMinutes(6);

    private readonly Holders holders = new(folk);
    private readonly SlackChair mona = new(folk, team.Mona.InSlack!, Bot.Mfa);
    private readonly TeamsChair mike = new(folk, CeremonyCompany.Mike.InTeams, Bot.Mfa);

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        var title = await TitleAsync();
        await holders.TakeAsync("Paul takes part", team.Paul, title, "Take part");
        await holders.TakeAsync("Mona takes part", team.Mona, title, "Take part");
        await holders.RevealPasswordAsync("Paul reveals the password at her side", team.Paul, title);
        await folk.UntilAsync("Mona brings the device in", () => Newest(Vouches) is not null, BringInAsync);
        await folk.UntilAsync("Mike vouches for it", IsInUse, VouchAsync);
        await holders.CloseAsync(
            "Mona is done",
            team.Mona,
            title,
            ("Work log", "The first device."),
            ("Signed out?", "yes")
        );
    }

    /// <summary>At each try the device is a new one: whether the seed of the last got in, nobody may know.</summary>
    private async Task BringInAsync(int time)
    {
        if (time > 1)
        {
            await folk.Pace.PassAsync(GivenUp);
            await folk.Pace.SweepAsync();
        }
        var seed = Base32Encoding.ToString([.. Enumerable.Range(100 + time, 20).Select(i => (byte)i)]);
        var authenticator = new Authenticator(seed);
        folk.Answer = await mona.FillAsync(
            Actions.Device,
            ("Number of the AWS account", account),
            ("Name of the device", string.Create(CultureInfo.InvariantCulture, $"Device {time}")),
            ("Seed", seed),
            ("A code of this device", authenticator.Code(clock, TimeSpan.FromSeconds(30))),
            ("The next code of this device", authenticator.Code(clock)),
            (Folk.CodeLabel, folk.CodeOf(team.Mona.Key))
        );
    }

    private SeenCard? Newest(string button) => mike.Newest(Asks, button);

    /// <summary>Of this account: Mike has cards of others.</summary>
    private bool IsInUse() =>
        folk
            .Teams.Connector.ChatOf(CeremonyCompany.Mike.InTeams, Bot.Mfa)
            .Select(m => m.Text)
            .Where(text => text.Contains(account, StringComparison.Ordinal))
            .Append(folk.Answer)
            .Any(text => text.Contains("makes codes from now on", StringComparison.Ordinal));

    private async Task VouchAsync(int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        var card = await folk.ThereAsync(() => Newest(Vouches), "Mike is not asked about the device.");
        folk.Answer = await card.Press(Vouches, [(Folk.CodeLabel, folk.CodeOf(CeremonyCompany.Mike.Key))]);
    }

    private async Task<string> TitleAsync()
    {
        var card = await folk.ThereAsync(
            () =>
                folk
                    .Teams.Connector.ChatOf(team.Paul.InTeams, Bot.Desk)
                    .LastOrDefault(m => m.Text.StartsWith("MFA ceremony", StringComparison.Ordinal)),
            "Paul has no card of the ceremony."
        );
        return Holders.TitleOf(card);
    }
}
