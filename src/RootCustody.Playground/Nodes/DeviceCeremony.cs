using System.Globalization;
using OtpNet;
using RootCustody.Chat;

namespace RootCustody.Playground.Nodes;

/// <summary>A new MFA device of an account: Paul types the password, Mona brings the device in, Mike vouches for it, and both say that the old one is gone.</summary>
/// <param name="account">Its number.</param>
/// <param name="old">The name of the device that it replaces; null if it is the first.</param>
public sealed class DeviceCeremony(Folk folk, TimeProvider clock, Team team, string account, string? old = null)
{
    private const string Asks = "Is this MFA device right?";
    private const string Vouches = "It is right";
    private const string AsksIfGone = "Is this MFA device gone?";
    private const string Gone = "It is gone";

    /// <summary>After so long a device whose seed did not get into the vault is given up.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromMinutes(6);

    private readonly Holders holders = new(folk);
    private readonly SlackChair mona = new(folk, team.Mona.InSlack!, Bot.Mfa);
    private readonly TeamsChair mike = new(folk, CeremonyCompany.Mike.InTeams, Bot.Mfa);
    private string label = "";

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        var title = await TitleAsync();
        await holders.TakeAsync("Paul takes part", team.Paul, title, "Take part");
        await holders.TakeAsync("Mona takes part", team.Mona, title, "Take part");
        await holders.RevealPasswordAsync("Paul reveals the password at her side", team.Paul, title);
        await folk.UntilAsync("Mona brings the device in", () => Newest() is not null, BringInAsync);
        await folk.UntilAsync("Mike vouches for it", () => Reads($"{label} is in custody"), VouchAsync);
        if (old is not null)
            await RemoveAsync(old);
        await holders.CloseAsync(
            "Mona is done",
            team.Mona,
            title,
            ("Work log", "The new device serves."),
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
        label = string.Create(CultureInfo.InvariantCulture, $"Device {time}");
        var seed = Base32Encoding.ToString([.. Enumerable.Range(100 + time, 20).Select(i => (byte)i)]);
        var authenticator = new Authenticator(seed);
        folk.Answer = await mona.FillAsync(
            Actions.Device,
            ("Number of the AWS account", account),
            ("Name of the device", label),
            ("Seed", seed),
            ("A code of this device", authenticator.Code(clock, TimeSpan.FromSeconds(30))),
            ("The next code of this device", authenticator.Code(clock)),
            (Folk.CodeLabel, folk.CodeOf(team.Mona.Key))
        );
    }

    private SeenCard? Newest() => mike.Newest(Asks, Vouches);

    /// <summary>Of this account: Mike has cards of others.</summary>
    private bool Reads(string words) =>
        folk
            .Teams.Connector.ChatOf(CeremonyCompany.Mike.InTeams, Bot.Mfa)
            .Select(m => m.Text)
            .Where(text => text.Contains(account, StringComparison.Ordinal))
            .Append(folk.Answer)
            .Any(text => text.Contains(words, StringComparison.Ordinal));

    private Task VouchAsync(int time) => SecondAsync(Asks, Vouches, time);

    /// <summary>AWS has the new one, so that the old one can go.</summary>
    private async Task RemoveAsync(string device)
    {
        await folk.UntilAsync(
            "Mona says that the old device is gone",
            () => mike.Newest(AsksIfGone, Gone) is not null,
            time => SayGoneAsync(device, time)
        );
        await folk.UntilAsync(
            "Mike says so too",
            () => Reads($"{device} is gone"),
            time => SecondAsync(AsksIfGone, Gone, time)
        );
    }

    private async Task SayGoneAsync(string device, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        folk.Answer = await mona.FillAsync(
            Actions.Retire,
            ("Number of the AWS account", account),
            ("Name of the device", device),
            (Folk.CodeLabel, folk.CodeOf(team.Mona.Key))
        );
    }

    private async Task SecondAsync(string question, string button, int time)
    {
        if (time > 1)
            await folk.Pace.NewCodeAsync();
        var card = await folk.ThereAsync(() => mike.Newest(question, button), $"Mike is not asked: {question}");
        folk.Answer = await card.Press(button, [(Folk.CodeLabel, folk.CodeOf(CeremonyCompany.Mike.Key))]);
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
