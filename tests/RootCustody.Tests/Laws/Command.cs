using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>What people, clock and jobs can do.</summary>
public enum Act
{
    AskEmergency,
    AskPlanned,
    AskForRotation,
    Drill,
    Approve,
    Endorse,
    Edit,
    Deny,
    Reveal,

    /// <summary>The second press of a reveal, on an offer that stands in the memory of the courier.</summary>
    Show,
    Conclude,
    AskMore,

    /// <summary>Someone of a group agrees to more time.</summary>
    Lengthen,
    HandBack,
    Replace,
    Done,
    Revoke,
    Rotated,
    NotRotated,
    OpenDue,
    ExpireDue,
    EscalateDue,
    Wait,
    WaitLong,
    Admit,
    Dismiss,
    Move,
    Suspend,
    Reinstate,

    /// <summary>"Not me"; what follows from it may come at once or by a job.</summary>
    Freeze,
    SettleFrozen,
    Unfreeze,
    GoAway,
    ComeBack,

    /// <summary>Another chat identity becomes theirs.</summary>
    Link,

    /// <summary>All their chat identities go, and a new one becomes theirs.</summary>
    Relink,

    /// <summary>Someone keeps from now on what opens a half without us.</summary>
    Keep,
    GiveUp,

    /// <summary>The second account becomes a member of the first, which manages it, or leaves it.</summary>
    Join,

    /// <summary>Someone is assigned to a customer, or is so no more.</summary>
    Assign,

    /// <summary>Someone becomes an administrator, or is so no more.</summary>
    Appoint,

    /// <summary>Other groups keep an account from now on.</summary>
    Entrust,

    /// <summary>Someone who holds a half goes over to the other group and approves again.</summary>
    ChangeSides,

    /// <summary>Someone of each group approves, and whoever else has to.</summary>
    Agree,

    /// <summary>The requester wants more time, and someone of each group agrees.</summary>
    AgreeToMore,

    /// <summary>An emergency that someone of each group approves at once.</summary>
    Alarm,

    /// <summary>A rotation, from the asking to the promotion, by someone of each group.</summary>
    Rotate,

    /// <summary>Everything that is only in memory is gone; the rest is loaded as it was stored.</summary>
    Restart,

    /// <summary>A click that was taken before is delivered once more.</summary>
    Again,
}

/// <summary>One step; the numbers choose among what is there when its turn comes.</summary>
public sealed record Command(Act Act, int Who, int Which, int How)
{
    private static readonly (int, Act)[] All =
    [
        (8, Act.AskEmergency),
        (7, Act.AskPlanned),
        (8, Act.AskForRotation),
        (3, Act.Drill),
        (36, Act.Approve),
        (12, Act.Endorse),
        (4, Act.Edit),
        (6, Act.Deny),
        (56, Act.Reveal),
        (10, Act.Show),
        (8, Act.Conclude),
        (7, Act.AskMore),
        (16, Act.Lengthen),
        (5, Act.HandBack),
        (5, Act.Replace),
        (6, Act.Done),
        (6, Act.Revoke),
        (20, Act.Rotated),
        (13, Act.OpenDue),
        (6, Act.ExpireDue),
        (6, Act.EscalateDue),
        (16, Act.Wait),
        (2, Act.WaitLong),
        (8, Act.Admit),
        (3, Act.Dismiss),
        (7, Act.Move),
        (2, Act.Suspend),
        (2, Act.Reinstate),
        (2, Act.Freeze),
        (3, Act.SettleFrozen),
        (3, Act.Unfreeze),
        (3, Act.GoAway),
        (2, Act.ComeBack),
        (4, Act.Link),
        (2, Act.Relink),
        (5, Act.Keep),
        (3, Act.GiveUp),
        (3, Act.Join),
        (3, Act.Assign),
        (2, Act.Appoint),
        (3, Act.Entrust),
        (7, Act.ChangeSides),
        (26, Act.Agree),
        (14, Act.Alarm),
        (8, Act.AgreeToMore),
        (8, Act.Rotate),
        (4, Act.Restart),
        (8, Act.Again),
    ];

    public static Gen<Command[]> Any { get; } = Of(All).Array[20, 60];

    /// <summary>Any in which nobody approves.</summary>
    public static Gen<Command[]> WithoutApproval { get; } =
        Without(Act.Approve, Act.ChangeSides, Act.Agree, Act.Alarm, Act.Rotate);

    /// <summary>Any in which nothing happens to people that keeps them from holding a half for long.</summary>
    public static Gen<Command[]> WithFreePeople { get; } =
        Without(Act.Freeze, Act.GoAway, Act.Relink, Act.Keep, Act.Join, Act.Assign, Act.Appoint);

    /// <summary>The same, and nobody comes into a group or goes.</summary>
    public static Gen<Command[]> WithFreePeopleWhoStay { get; } =
        Without(
            Act.Freeze,
            Act.GoAway,
            Act.Relink,
            Act.Keep,
            Act.Join,
            Act.Assign,
            Act.Appoint,
            Act.Admit,
            Act.Move,
            Act.Suspend
        );

    /// <summary>Any but these.</summary>
    public static Gen<Command[]> Without(params Act[] acts) =>
        Of([.. All.Where(a => !acts.Contains(a.Item2))]).Array[20, 60];

    private static Gen<Command> Of((int, Act)[] acts) =>
        Gen.Select(
            Gen.Frequency(acts),
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            (act, who, which, how) => new Command(act, who, which, how)
        );
}
