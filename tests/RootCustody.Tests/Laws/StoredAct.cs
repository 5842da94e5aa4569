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
    ChangeGroup,
    BeginMove,

    /// <summary>The next step of a move, most often by whoever has to do it.</summary>
    MoveOn,
    CancelMove,

    /// <summary>The next step of the transfer, most often by whoever has to do it.</summary>
    TransferOn,

    /// <summary>A contact withdraws it, or says that it did not work.</summary>
    TransferBack,
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
    /// <summary>A transfer ends all other play on the only account, so that it is rare here.</summary>
    public static Gen<StoredCommand[]> Any { get; } =
        Of(
            [
                (6, StoredAct.AskEmergency),
                (2, StoredAct.AskPlanned),
                (24, StoredAct.Approve),
                (2, StoredAct.Deny),
                (2, StoredAct.Revoke),
                (20, StoredAct.Reveal),
                (2, StoredAct.Done),
                (5, StoredAct.Rotated),
                (2, StoredAct.NotRotated),
                (2, StoredAct.HandBack),
                (1, StoredAct.Replace),
                (1, StoredAct.Extend),
                (2, StoredAct.Lengthen),
                (1, StoredAct.Edit),
                (1, StoredAct.Drill),
                (1, StoredAct.NotMe),
                (1, StoredAct.Unfreeze),
                (1, StoredAct.Away),
                (1, StoredAct.Back),
                (1, StoredAct.Keep),
                (2, StoredAct.ChangeGroup),
                (3, StoredAct.BeginMove),
                (12, StoredAct.MoveOn),
                (1, StoredAct.CancelMove),
                (1, StoredAct.TransferOn),
                (6, StoredAct.Jobs),
                (5, StoredAct.Wait),
                (2, StoredAct.WaitLong),
                (1, StoredAct.Restart),
                (2, StoredAct.Redeliver),
            ],
            20,
            60
        );

    /// <summary>Mostly a transfer, which needs a dozen and a half of steps to its end, and what people ask for beside it.</summary>
    public static Gen<StoredCommand[]> OfTransfer { get; } =
        Of(
            [
                (50, StoredAct.TransferOn),
                (1, StoredAct.TransferBack),
                (3, StoredAct.AskEmergency),
                (10, StoredAct.Approve),
                (1, StoredAct.Revoke),
                (8, StoredAct.Reveal),
                (2, StoredAct.Done),
                (3, StoredAct.Rotated),
                (1, StoredAct.NotMe),
                (2, StoredAct.Unfreeze),
                (1, StoredAct.Keep),
                (1, StoredAct.BeginMove),
                (3, StoredAct.MoveOn),
                (3, StoredAct.Jobs),
                (2, StoredAct.Wait),
                (1, StoredAct.WaitLong),
                (1, StoredAct.Restart),
                (2, StoredAct.Redeliver),
            ],
            30,
            60
        );

    private static Gen<StoredCommand[]> Of((int Often, StoredAct Act)[] acts, int atLeast, int atMost) =>
        Gen.Select(
            Gen.Frequency([.. acts.Select(a => (a.Often, (IGen<StoredAct>)Gen.Const(a.Act)))]),
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            Gen.Int[0, 999],
            (act, who, which, how) => new StoredCommand(act, who, which, how)
        ).Array[atLeast, atMost];
}
