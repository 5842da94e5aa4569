using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>What people, clock and jobs can do.</summary>
public enum Act
{
    AskEmergency,
    AskPlanned,
    AskForRotation,
    Approve,
    Deny,
    Reveal,
    Conclude,
    Done,
    Revoke,
    Rotated,
    OpenDue,
    ExpireDue,
    Wait,
    WaitLong,
    Admit,
    Dismiss,
    Move,
    Suspend,

    /// <summary>Other groups keep an account from now on.</summary>
    Entrust,

    /// <summary>Someone who holds a half goes over to the other group and approves again.</summary>
    ChangeSides,

    /// <summary>Someone of each group approves.</summary>
    Agree,

    /// <summary>A rotation, from the asking to the promotion, by someone of each group.</summary>
    Rotate,
}

/// <summary>One step; the numbers choose among what is there when its turn comes.</summary>
public sealed record Command(Act Act, int Who, int Which, int How)
{
    private static readonly (int, Act)[] All =
    [
        (4, Act.AskEmergency),
        (3, Act.AskPlanned),
        (5, Act.AskForRotation),
        (20, Act.Approve),
        (3, Act.Deny),
        (20, Act.Reveal),
        (5, Act.Conclude),
        (3, Act.Done),
        (3, Act.Revoke),
        (8, Act.Rotated),
        (7, Act.OpenDue),
        (3, Act.ExpireDue),
        (8, Act.Wait),
        (1, Act.WaitLong),
        (4, Act.Admit),
        (2, Act.Dismiss),
        (4, Act.Move),
        (1, Act.Suspend),
        (2, Act.Entrust),
        (4, Act.ChangeSides),
        (10, Act.Agree),
        (3, Act.Rotate),
    ];

    public static Gen<Command[]> Any { get; } = Of(All);

    /// <summary>Any in which nobody approves.</summary>
    public static Gen<Command[]> WithoutApproval { get; } =
        Without(Act.Approve, Act.ChangeSides, Act.Agree, Act.Rotate);

    /// <summary>Any but these.</summary>
    public static Gen<Command[]> Without(params Act[] acts) => Of([.. All.Where(a => !acts.Contains(a.Item2))]);

    private static Gen<Command[]> Of((int, Act)[] acts) =>
        Gen.Select(
            Gen.Frequency(acts),
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            (act, who, which, how) => new Command(act, who, which, how)
        ).Array[20, 60];
}
