namespace RootCustody.Requests;

/// <summary>Why something is not done. Each has its sentence in <see cref="Sentences"/>.</summary>
public enum Refusal
{
    AlreadyDecided,
    TooLate,
    Suspended,
    OwnRequest,
    NotACustodian,
    ApprovedTheOtherHalf,
    HasSeenTheOtherHalf,
    AlreadyTaken,
    YouApproved,
    YouDenied,
    NotYoursToDeny,
    NotYoursToEnd,
    AlreadyOver,
    NotOpenYet,
    WindowOver,
    NotTheHolder,
    NothingInCustody,
    NewPasswordNotShown,
    NotARotation,
    EndsByRotating,
    NotYourAccount,
    ClockBehind,
    TooSlow,
}
