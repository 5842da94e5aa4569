using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What is said when something is refused. A refusal without its sentence does not build.</summary>
public static class Sentences
{
#pragma warning disable MA0051 // a list, not a method: one sentence for each
    public static string For(Refusal refusal) =>
#pragma warning restore MA0051
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
            Refusal.SatInMfaChange =>
                "You typed this password when the account got its new MFA device, so the new password must go to someone else.",
            Refusal.AlreadyTaken => "A colleague of your group was faster: your half of this request is taken.",
            Refusal.YouApproved =>
                "You approved your half of this request already. The other half always goes to another person, whichever chat account you use.",
            Refusal.YouDenied => "You denied this request, so you take no further part in it.",
            Refusal.NotYoursToDeny =>
                "You cannot deny this: only its custodians and duty managers can, and nobody denies what the schedule asks for.",
            Refusal.NotYoursToEnd =>
                "You cannot end this: only its holders, its requester, a registered contact of the customer or a duty manager can.",
            Refusal.AlreadyOver => "This request is over already.",
            Refusal.NotOpenYet => "The window is not open yet. You get a message when it is.",
            Refusal.WindowOver =>
                "The window is closed. Nothing is shown any more; ask for a new one if it is still needed.",
            Refusal.NotTheHolder => "You are not the holder of this half, so it is not shown to you.",
            Refusal.GroupNotAsked =>
                "For this request the password group alone is asked: the IAM user has no MFA device, and policy takes one approval.",
            Refusal.HasNoMfa =>
                "This IAM user is entered as one without an MFA device: there is no code to show, and no device is brought in before administrators have entered it anew without withoutMfa.",
            Refusal.NothingInCustody =>
                "This account has no complete credential in custody yet. An operator has to bring in the password and the MFA seed first.",
            Refusal.AccountClosed =>
                "This account is closed, so nothing is done on it. Two administrators can reopen it here once AWS has.",
            Refusal.NotEdited =>
                "A handover is not edited: its transfer says what it is. Withdraw it, and ask for it anew with the word transfer.",
            Refusal.HandedOver =>
                "This account was handed over, so nothing is done on it here any more. If that did not work, a contact of the customer says so with the word transfer.",
            Refusal.CustomerSuspended =>
                "Your company is suspended here, so nothing can be asked for. Call your provider.",
            Refusal.BeingOnboarded =>
                "This account is still being taken into custody, so planned work has to wait. In an emergency you can break the glass.",
            Refusal.NewPasswordNotShown =>
                "This password has not been shown to its holder in this window, so it cannot be in place.",
            Refusal.NotARotation => "This is no rotation.",
            Refusal.EndsByRotating =>
                "A rotation is done when both holders say which password AWS has now: Password is changed, or Not changed or not sure. To stop it, press End it.",
            Refusal.ClockBehind =>
                "The clock of this server is behind, so nothing is decided or shown. Tell an operator; the same click works once it is right.",
            Refusal.TooSlow =>
                "It took too long, so nothing was shown; it counts as if it had been. Press Reveal again.",
            Refusal.NotYourAccount => "There is no such account among the accounts of your company.",
            Refusal.Frozen =>
                "You are frozen: somebody said \"not me\" from one of your chat accounts. Two administrators can unfreeze you.",
            Refusal.NamedAsDanger =>
                "The requester names you as the danger in this, so you take no part in it and cannot end it.",
            Refusal.ApprovedAsDuty => "You approved this as the duty manager. Who holds a half has to be someone else.",
            Refusal.NotOfProvider =>
                "Halves are held by the provider's people only, and you are a contact of a customer.",
            Refusal.OpensTheOtherHalf =>
                "You keep something that opens the other half of this credential, such as its mailbox, phone or device. This half must go to someone else.",
            Refusal.ConflictOfInterest =>
                "You are assigned to this customer, so policy keeps you out of the halves of its accounts.",
            Refusal.Administers =>
                "You are an administrator, and administrators hold no half. Someone else of the group has to do it.",
            Refusal.CoolsOff =>
                "This chat account was linked to you a short while ago. Until it has cooled off it can neither approve nor hold; use an older one.",
            Refusal.Away => "You are marked as away. Type back when you are here again, then click once more.",
            Refusal.YouSteppedBack => "You gave this half up, so you take no further part in this request.",
            Refusal.WaitsForContact =>
                "A second contact of the customer has to approve first. You get a message when it is your turn.",
            Refusal.NotYoursToEndorse => "Your approval is not needed for this.",
            Refusal.NotYoursToExtend =>
                "You cannot ask for more time: only its holders, its requester or a duty manager can.",
            Refusal.LongEnough => "The window is as long as policy allows. Ask for a new one if it is still needed.",
            Refusal.NotADutyManager => "Only a duty manager can do this.",
            Refusal.NobodyHoldsIt => "Nobody holds this half at the moment; its group has been asked.",
            Refusal.NotBothInHand =>
                "In an emergency Done counts once both halves were shown. If you cannot go on, press Hand back; if it is not needed any more, its requester or a duty manager ends it.",
            Refusal.NotYoursToEdit => "Only the requester can edit this.",
            Refusal.TooManyReveals =>
                "The password was shown as often as policy allows in one window. Ask for a new window if it is still needed.",
            Refusal.Edited =>
                "The request was changed after this card was drawn. Read it as it is now, then press again.",
            Refusal.NoSecondContact =>
                "Policy wants a second contact of your company to approve this, and there is none who could. Ask the provider to register one.",
            Refusal.NotDrilledByYou => "Only a duty manager or an administrator can begin a drill.",
            Refusal.NamesNobody => "This request names nobody as the danger.",
            Refusal.WrongInvitation =>
                "This code is wrong, used or too old, or you write from a workspace that is not yours. Ask an administrator for a new one.",
            Refusal.LinkedAlready => "This chat account is linked to you already.",
            Refusal.LinkedToAnother =>
                "This chat account is linked to somebody else. It has to be unlinked from them first.",
            Refusal.StillBars =>
                "This chat account was somebody else's, and what was shown to them still lives. It can be linked to you once that is rotated.",
            Refusal.NotProposed =>
                "Nothing is proposed for this device now: it was decided, or nobody answered in time.",
            Refusal.ProposedItYourself =>
                "You proposed this yourself. Another custodian of the MFA half has to say so too.",
            Refusal.LastDevice =>
                "This is the last device of the account. Bring in the new one first, then take this one out.",
            Refusal.BringsNoDevice =>
                "Only custodians of the MFA half of this account and duty managers bring in its devices, and nobody who keeps, knows or opens the password.",
            Refusal.KeepsNoKey =>
                "Whoever keeps a key of an account must be one of the provider's people who neither keeps, knows nor opens its password. If that person has it in hand, take it back now.",
            Refusal.KeyIsBack => "This key is not out: it was confirmed back already.",
            Refusal.NotYourKey => "Only who was last told where this key is, and its keeper, confirm that it is back.",
            Refusal.SealUsed => "That is the number of the seal that was broken. Put on a new one and type its number.",
            Refusal.NotYoursToReport =>
                "Only custodians of the MFA half of this account, its keepers and duty managers report its seals.",
            Refusal.GoesToContact =>
                "The halves of this handover are shown to the two contacts of the customer who were named for them, each to one, and to nobody else.",
            Refusal.ApprovalLacks =>
                "The approval of this half was taken back, so it is not shown now. Its custodians are asked anew; press Reveal again once one has approved.",
            Refusal.ReceivesNoHalf =>
                "You are no registered contact of this account's customer any more, so nothing of it is shown to you. Talk to your provider.",
            Refusal.NobodyCanHold =>
                "At the moment there are no two people who may hold the two halves of this account, so this cannot succeed and nobody was asked. The duty manager is called.",
        };

    public static string For(StepUpOutcome outcome) =>
        outcome switch
        {
            StepUpOutcome.Passed => "Right.",
            StepUpOutcome.Wrong =>
                "That is not the current code of your authenticator. Check its clock and try the next one.",
            StepUpOutcome.Used => "This code has been used already. Wait for the next one, at most 30 seconds.",
            StepUpOutcome.Locked => "Too many wrong codes: your step-up is locked for some minutes.",
            StepUpOutcome.TooFast =>
                "Too fast: after wrong codes the next one is taken only after a pause that grows. Wait half a minute and type the code that you see then.",
            StepUpOutcome.NotEnrolled =>
                "You have no authenticator enrolled. Ask an administrator for a one-time code and type: enrol",
        };
}
