using RootCustody.Chat;

namespace RootCustody.Playground.Nodes;

/// <summary>The seed of an MFA device is old: the clock asks for a new device, the old one goes, and the password that was shown for that is rotated.</summary>
public sealed class DeviceChangeCeremony(Folk folk, TimeProvider clock, CeremonyCompany company)
{
    /// <summary>How old a seed may get in this story.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(2);

    private readonly Team team = company.Teams[0];

    /// <inheritdoc cref="TransferCeremony.Once"/>
    public static IReadOnlyList<string> Once { get; } =
    ["mfachange.asked", "device.leaving", "device.gone", "rotation.asked", "password.promoted"];

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        await folk.UntilAsync("The clock asks for a new device", IsDeviceAsked, _ => FallDueAsync());
        await new DeviceCeremony(folk, clock, team, team.Account, SeedIntake.Label).PlayAsync();
        await folk.UntilAsync("The clock asks for a rotation", () => IsAsked("Rotation"), _ => folk.Pace.SweepAsync());
        await new PasswordCeremony(folk, team.Account).PlayAsync("next", team.Petra, CeremonyCompany.Mike);
    }

    /// <summary>It is planned on the first look, and due within the time that a seed may have.</summary>
    private async Task FallDueAsync()
    {
        await folk.Pace.SweepAsync();
        await folk.Pace.RestAsync(() => true);
        if (IsDeviceAsked())
            return; // a try before this one came so far
        await folk.Pace.PassAsync(Every);
        await folk.Pace.SweepAsync();
    }

    private bool IsDeviceAsked() => IsAsked("MFA ceremony");

    private bool IsAsked(string what) =>
        folk
            .Teams.Connector.ChatOf(team.Petra.InTeams, Bot.Desk)
            .Any(m => m.Text.StartsWith(what, StringComparison.Ordinal));
}
