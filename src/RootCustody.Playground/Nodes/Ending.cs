namespace RootCustody.Playground.Nodes;

/// <summary>How things have to stand once everything is played.</summary>
public sealed record Ending
{
    /// <summary>The tickets of emergencies, each of which was asked for once.</summary>
    public IReadOnlyCollection<string> Tickets { get; init; } = [];

    /// <summary>At least so many rotations.</summary>
    public int Rotations { get; init; }

    /// <summary>Whether rotations are left for later: they have been asked for, and no more.</summary>
    public bool LeavesRotations { get; init; }

    /// <summary>Whether a rotation may be withdrawn: the debt of a handover window is asked for after the first word that the account is handed over, and nobody here can pay it once the second has come.</summary>
    public bool WithdrawsRotations { get; init; }

    /// <summary>What a ceremony leaves in the audit log, each once, such as <c>transfer.said Receiver</c>.</summary>
    public IReadOnlyCollection<string> Once { get; init; } = [];

    /// <summary>Emergencies with the rotation after each.</summary>
    public static Ending OfFlows(IReadOnlyCollection<string> tickets, bool withRotation) =>
        new()
        {
            Tickets = tickets,
            Rotations = tickets.Count,
            LeavesRotations = !withRotation,
        };
}
