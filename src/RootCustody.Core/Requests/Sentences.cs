using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What is said when something is refused. A refusal without its sentence does not build.</summary>
public static class Sentences
{
    public static string For(Refusal refusal) =>
        refusal switch
        {
            Refusal.AlreadyDecided => "This request has been decided already. The card shows how it stands now.",
            Refusal.TooLate => "The time to answer this request is over.",
            Refusal.Suspended => "You are suspended in RootCustody. Talk to an administrator.",
            Refusal.OwnRequest => "This is your own request: two other people have to approve it.",
            Refusal.NotACustodian => "You are not a custodian of this account, so you cannot take part in this.",
            Refusal.ApprovedTheOtherHalf =>
                "You already approved the other half. The two halves always go to two different people, whichever chat account they use.",
            Refusal.HasSeenTheOtherHalf =>
                "You have seen the other half of this credential. Until it is rotated, this half must go to someone else.",
            Refusal.AlreadyTaken => "A colleague of your group was faster: your half of this request is taken.",
            Refusal.YouApproved =>
                "You approved your half of this request already. The other half always goes to another person, whichever chat account you use.",
            Refusal.YouDenied => "You denied this request, so you take no further part in it.",
            Refusal.NotYoursToDeny =>
                "You cannot deny this: only its custodians and duty managers can, and nobody denies a rotation.",
            Refusal.NotYoursToEnd =>
                "You cannot end this: only its holders, its requester, a registered contact of the customer or a duty manager can.",
            Refusal.AlreadyOver => "This request is over already.",
            Refusal.NotOpenYet => "The window is not open yet. You get a message when it is.",
            Refusal.WindowOver =>
                "The window is closed. Nothing is shown any more; ask for a new one if it is still needed.",
            Refusal.NotTheHolder => "You are not the holder of this half, so it is not shown to you.",
            Refusal.NothingInCustody =>
                "This account has no complete credential in custody yet. An operator has to bring in the password and the MFA seed first.",
            Refusal.NewPasswordNotShown =>
                "The new password has not been shown to its holder yet, so it cannot be in place.",
            Refusal.NotARotation => "This is no rotation.",
            Refusal.EndsByRotating =>
                "A rotation is done when both holders press Password is changed. To stop it, press End it.",
            Refusal.ClockBehind =>
                "The clock of this server is behind, so nothing is decided or shown. Tell an operator; the same click works once it is right.",
            Refusal.TooSlow =>
                "It took too long, so nothing was shown; it counts as if it had been. Press Reveal again.",
            Refusal.NotYourAccount => "There is no such account among the accounts of your company.",
        };

    public static string For(StepUpOutcome outcome) =>
        outcome switch
        {
            StepUpOutcome.Passed => "Right.",
            StepUpOutcome.Wrong =>
                "That is not the current code of your authenticator. Check its clock and try the next one.",
            StepUpOutcome.Used => "This code has been used already. Wait for the next one, at most 30 seconds.",
            StepUpOutcome.Locked => "Too many wrong codes: your step-up is locked for some minutes.",
            StepUpOutcome.NotEnrolled =>
                "You have no authenticator enrolled. Ask an administrator for a one-time code and type: enrol",
        };
}
