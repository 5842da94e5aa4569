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

    /// <summary>Planned, with a second contact and a duty manager who have to approve too.</summary>
    AskStrict,
    AskDrill,
    Endorse,
    Edit,

    /// <summary>Approves what was read before the last edit.</summary>
    ApproveUnread,
    HandBack,
    Replace,
    AskToExtend,
    Lengthen,
    Escalate,

    /// <summary>"Not me".</summary>
    Freeze,
    Unfreeze,
    Reinstate,
    GoAway,
    ComeBack,

    /// <summary>Begins, or ends, to keep something that opens a half.</summary>
    Keep,
    Assign,
    Administer,

    /// <summary>A new chat identity, which cools off.</summary>
    Link,

    /// <summary>The processes end and begin again: what was only in memory is lost, such as the outcome of a reveal that was under way.</summary>
    Restart,
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
        (2, Act.AskStrict),
        (2, Act.AskDrill),
        (6, Act.Endorse),
        (2, Act.Edit),
        (2, Act.ApproveUnread),
        (3, Act.HandBack),
        (2, Act.Replace),
        (3, Act.AskToExtend),
        (5, Act.Lengthen),
        (3, Act.Escalate),
        (1, Act.Freeze),
        (1, Act.Unfreeze),
        (1, Act.Reinstate),
        (1, Act.GoAway),
        (1, Act.ComeBack),
        (2, Act.Keep),
        (1, Act.Assign),
        (1, Act.Administer),
        (2, Act.Link),
        (2, Act.Restart),
    ];

    public static Gen<Command[]> Any { get; } = Of(All);

    /// <summary>Any in which nobody approves.</summary>
    public static Gen<Command[]> WithoutApproval { get; } =
        Without(Act.Approve, Act.ApproveUnread, Act.ChangeSides, Act.Agree, Act.Rotate);

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
