using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>What people, clock, jobs and operators do to the real use cases on a real database.</summary>
public enum StoredAct
{
    AskEmergency,
    AskPlanned,
    Approve,
    Deny,
    Revoke,
    Reveal,
    Done,
    Rotated,
    NotRotated,
    HandBack,
    Replace,
    Extend,
    Lengthen,
    Edit,
    Drill,
    NotMe,
    Unfreeze,
    Away,
    Back,
    Keep,
    Move,
    Jobs,
    Wait,
    WaitLong,
    Restart,

    /// <summary>The platform delivers the last click once more.</summary>
    Redeliver,
}

/// <summary>One step; the numbers choose among what is there when its turn comes.</summary>
public sealed record StoredCommand(StoredAct Act, int Who, int Which, int How)
{
    public static Gen<StoredCommand[]> Any { get; } =
        Gen.Select(
            Gen.Frequency(
                (3, Gen.Const(StoredAct.AskEmergency)),
                (2, Gen.Const(StoredAct.AskPlanned)),
                (24, Gen.Const(StoredAct.Approve)),
                (2, Gen.Const(StoredAct.Deny)),
                (2, Gen.Const(StoredAct.Revoke)),
                (14, Gen.Const(StoredAct.Reveal)),
                (2, Gen.Const(StoredAct.Done)),
                (5, Gen.Const(StoredAct.Rotated)),
                (2, Gen.Const(StoredAct.NotRotated)),
                (2, Gen.Const(StoredAct.HandBack)),
                (1, Gen.Const(StoredAct.Replace)),
                (1, Gen.Const(StoredAct.Extend)),
                (2, Gen.Const(StoredAct.Lengthen)),
                (1, Gen.Const(StoredAct.Edit)),
                (1, Gen.Const(StoredAct.Drill)),
                (1, Gen.Const(StoredAct.NotMe)),
                (1, Gen.Const(StoredAct.Unfreeze)),
                (1, Gen.Const(StoredAct.Away)),
                (1, Gen.Const(StoredAct.Back)),
                (1, Gen.Const(StoredAct.Keep)),
                (2, Gen.Const(StoredAct.Move)),
                (6, Gen.Const(StoredAct.Jobs)),
                (5, Gen.Const(StoredAct.Wait)),
                (2, Gen.Const(StoredAct.WaitLong)),
                (1, Gen.Const(StoredAct.Restart)),
                (2, Gen.Const(StoredAct.Redeliver))
            ),
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            (act, who, which, how) => new StoredCommand(act, who, which, how)
        ).Array[20, 60];
}
