using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>What is told in a story that processes die in, and how things have to stand at its end.</summary>
/// <param name="Play">Plays all of it, on a clock that stands until it is moved.</param>
internal sealed record Plot(string Name, Ending Ending, Func<Folk, TimeProvider, Task> Play)
{
    private const string Ticket = "INC-1";

    private static readonly Company OneTeam = new(1);
    private static readonly CeremonyCompany Wide = new();

    /// <summary>A seed of which nobody knows whether it got in: the duty manager is told, and another device is brought.</summary>
    private static IReadOnlyList<string> AnotherDevice =>
        ["device.expected", "device.stranded", "duty.alerted", " Notice of Desk for dora on Teams"];

    /// <summary>Those among whom ceremonies are played.</summary>
    public static Company OfCeremonies => Wide;

    /// <summary>Those among whom a request is played.</summary>
    public static Company OfRequests => OneTeam;

    /// <summary>What may be left behind more often than usual, where a process dies inside of a step that somebody has to begin anew.</summary>
    public IReadOnlyList<string> MayRepeat { get; init; } = [];

    /// <summary>Settings of the host that it takes.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>An account is taken into custody.</summary>
    public static Plot Onboarding { get; } =
        new(
            "onboarding",
            new Ending { Once = OnboardingCeremony.Once },
            (folk, clock) => new OnboardingCeremony(folk, clock, Wide).PlayAsync()
        )
        {
            MayRepeat = AnotherDevice,
        };

    /// <summary>An MFA device is replaced, and the password after it, which was shown for that.</summary>
    public static Plot DeviceChange { get; } =
        new(
            "change of the device",
            new Ending { Once = DeviceChangeCeremony.Once, Rotations = 1 },
            (folk, clock) => new DeviceChangeCeremony(folk, clock, Wide).PlayAsync()
        )
        {
            MayRepeat = AnotherDevice,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["RootCustody:Policy:RotateMfaEvery"] = $"{DeviceChangeCeremony.Every}",
                ["RootCustody:Policy:RotationHours"] = "", // at any hour
            },
        };

    /// <summary>A root mailbox goes from one person to another.</summary>
    public static Plot Move { get; } =
        new("move", new Ending { Once = MoveCeremony.Once }, (folk, _) => new MoveCeremony(folk, Wide).PlayAsync());

    /// <summary>An account leaves custody.</summary>
    public static Plot Transfer { get; } =
        new(
            "transfer",
            new Ending { Once = TransferCeremony.Once, WithdrawsRotations = true },
            (folk, clock) => new TransferCeremony(folk, clock, Wide).PlayAsync()
        );

    /// <summary>An account leaves custody, and two contacts of the customer hand it over.</summary>
    public static Plot TransferInHalves { get; } =
        new(
            "transfer in two halves",
            new Ending { Once = TransferCeremony.Once, WithdrawsRotations = true },
            (folk, clock) => new TransferCeremony(folk, clock, Wide, inHalves: true).PlayAsync()
        );

    /// <summary>A closed account is ended.</summary>
    public static Plot End { get; } =
        new(
            "end of an account",
            new Ending { Once = EndCeremony.Once },
            (folk, _) => new EndCeremony(folk, Wide).PlayAsync()
        );

    /// <summary>A password is shown, and rotated.</summary>
    public static Plot Rotation { get; } = RequestIn(Wide.Teams[0], withRotation: true);

    /// <summary>One request from the first click to the paid debt.</summary>
    /// <param name="withRotation">Whether it goes on to the rotated password.</param>
    public static Plot Request(bool withRotation) => RequestIn(OneTeam.Teams[0], withRotation);

    private static Plot RequestIn(Team team, bool withRotation) =>
        new(
            "request",
            Ending.OfFlows([Ticket], withRotation),
            (folk, _) => new Flow(folk, team, Ticket).PlayAsync(withRotation ? FlowEnd.Rotated : FlowEnd.RotationAsked)
        );
}
