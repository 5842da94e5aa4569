using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Custody;
using RootCustody.Desk.Moves;
using RootCustody.Desk.Onboarding;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Proposals;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;
using RootCustody.People;

namespace RootCustody.Desk;

/// <summary>Everything that can be typed to or pressed at the desk's bot.</summary>
public sealed class DeskInbox(
    Reception reception,
    OpenRequest openRequest,
    ApproveRequest approveRequest,
    DenyRequest denyRequest,
    RevokeRequest revokeRequest,
    CloseWindow closeWindow,
    ConfirmRotation confirmRotation,
    RotateNow rotateNow,
    SnoozeRotation snoozeRotation,
    GiveCalendar giveCalendar,
    EditRequest editRequest,
    EndorseRequest endorseRequest,
    HandBackHalf handBackHalf,
    ReplaceHolder replaceHolder,
    ExtendWindow extendWindow,
    BarNamed barNamed,
    OpenDrill openDrill,
    CheckReadiness checkReadiness,
    ShowRegister showRegister,
    ShowPosture showPosture,
    BringReport bringReport,
    AttestContacts attestContacts,
    ConfirmEvidence confirmEvidence,
    ShowOnboarding showOnboarding,
    BeginOnboarding beginOnboarding,
    AskForNext askForNext,
    SayItem sayItem,
    ConfirmItem confirmItem,
    FinishOnboarding finishOnboarding,
    TransferClicks transfers,
    MoveClicks moves,
    ShowStatus showStatus,
    EnrolStepUp enrolStepUp,
    Administration administration,
    LinkIdentity linkIdentity,
    Freeze freeze,
    Leave leave,
    SayAbsence sayAbsence
) : IInbox
{
    private const string RequestHelp =
        "ask for a change that only root can make, or break the glass; an account's number or a part of its name after it shortens the list";

    private static readonly Reply Unknown = new Reply.Said(
        "I do not know this button or word. It may belong to an old card; type help to see what I understand."
    );

    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeAsync(click, cancellationToken);
        }
        catch (StepUpAwayException away)
        {
            return new Reply.Said(
                $"Not now: the authenticators cannot be reached. {away.Message} Try it again afterwards, with the code that your authenticator shows then if it asks for one."
            );
        }
    }

    private async Task<Reply> TakeAsync(Click click, CancellationToken cancellationToken) =>
        await reception.ReceiveAsync(click, cancellationToken) switch
        {
            Received.Refused refused => refused.Reply,
            Received.Stranger => await linkIdentity.HandleAsync(click, cancellationToken),
            Received.Gone => await TakeLeaveAsync(click, cancellationToken),
            Received.From from when Actions.SaysNotMe(click) => await freeze.HandleAsync(
                from.Person,
                click,
                cancellationToken
            ),
            Received.From from => await AnswerAsync(from.Person, click, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (click.Action is Actions.Admin or Actions.Agree or Actions.Reject)
            return await administration.AnswerAsync(person, click, cancellationToken);
        if (click.Action is Actions.Posture or Actions.Report or Actions.Contacts or Actions.Witness)
            return await OfPostureAsync(person, click, cancellationToken);
        if (click.Action.StartsWith(Actions.Onboard, StringComparison.Ordinal))
            return await OfOnboardingAsync(person, click, cancellationToken);
        if (click.Action.StartsWith(Actions.Transfer, StringComparison.Ordinal))
            return await transfers.AnswerAsync(person, click, cancellationToken);
        if (click.Action.StartsWith(Actions.Channel, StringComparison.Ordinal))
            return await moves.AnswerAsync(person, click, cancellationToken);
        if (RequestSubject.Parse(click.Subject) is { } subject)
            return await AboutAsync(person, click, subject.Id, subject.Read, cancellationToken);
        return (click.Action, click.Submits) switch
        {
            (Actions.Help, _) => Help(person),
            (Actions.Status, _) => await showStatus.HandleAsync(person, cancellationToken),
            (Actions.Link, _) => await linkIdentity.HandleAsync(click, cancellationToken),
            (Actions.Away, _) => await sayAbsence.AwayAsync(person.Id, click, cancellationToken),
            (Actions.Back, _) => await sayAbsence.BackAsync(person.Id, cancellationToken),
            (Actions.Request, false) => await openRequest.AskAsync(person, TextOf(click), cancellationToken),
            (Actions.Request, true) => await openRequest.HandleAsync(person, click, cancellationToken),
            (Actions.Enrol, false) => new Reply.Asked(EnrolStepUp.AskForCode()),
            (Actions.Enrol, true) => await enrolStepUp.HandleAsync(person, click, cancellationToken),
            (Actions.Confirm, false) => new Reply.Asked(EnrolStepUp.AskForFirst()),
            (Actions.Confirm, true) => await enrolStepUp.ConfirmAsync(person, click, cancellationToken),
            (Actions.RotateNow, false) => await rotateNow.AskAsync(person, cancellationToken),
            (Actions.RotateNow, true) => await rotateNow.HandleAsync(person, click, cancellationToken),
            (Actions.Snooze, false) => await snoozeRotation.AskAsync(person, cancellationToken),
            (Actions.Snooze, true) => await snoozeRotation.HandleAsync(person, click, cancellationToken),
            (Actions.Calendar, _) => await giveCalendar.HandleAsync(person, click, cancellationToken),
            (Actions.Readiness, _) => await checkReadiness.HandleAsync(person, cancellationToken),
            (Actions.Register, _) => await showRegister.HandleAsync(person, TextOf(click), cancellationToken),
            (Actions.Drill, _) => await openDrill.HandleAsync(person, TextOf(click), cancellationToken),
            _ => Unknown,
        };
    }

    /// <summary>What is pressed, typed or sent about how root users are.</summary>
    private async Task<Reply> OfPostureAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits) switch
        {
            (Actions.Report, false) => new Reply.Asked(BringReport.Form),
            (Actions.Report, true) => await bringReport.HandleAsync(person, click, cancellationToken),
            (Actions.Contacts, false) => new Reply.Asked(AttestContacts.Form),
            (Actions.Contacts, true) => await attestContacts.HandleAsync(person, click, cancellationToken),
            (Actions.Witness, false) => await confirmEvidence.AskAsync(person, click.Subject, cancellationToken),
            (Actions.Witness, true) => await confirmEvidence.HandleAsync(person, click, cancellationToken),
            _ => await showPosture.HandleAsync(person, TextOf(click), cancellationToken),
        };

    /// <summary>What is pressed, typed or sent about accounts that are being taken into custody.</summary>
    private async Task<Reply> OfOnboardingAsync(Person person, Click click, CancellationToken cancellationToken) =>
        (click.Action, click.Submits) switch
        {
            (Actions.Onboard, _) => await showOnboarding.HandleAsync(person, TextOf(click), cancellationToken),
            (Actions.OnboardBegin, _) => await beginOnboarding.HandleAsync(person, click, cancellationToken),
            (Actions.OnboardNext, _) => await askForNext.HandleAsync(person, click, cancellationToken),
            (Actions.OnboardItem, false) => await sayItem.AskAsync(click.Subject, cancellationToken),
            (Actions.OnboardItem, true) => await sayItem.HandleAsync(person, click, cancellationToken),
            (Actions.OnboardAgree, false) => await confirmItem.AskAsync(person, click.Subject, cancellationToken),
            (Actions.OnboardAgree, true) => await confirmItem.HandleAsync(person, click, cancellationToken),
            (Actions.OnboardFinish, _) => await finishOnboarding.HandleAsync(person, click, cancellationToken),
            _ => Unknown,
        };

    /// <summary>What was typed after a word.</summary>
    private static string TextOf(Click click) => click.Inputs.GetValueOrDefault("text", "");

    /// <summary>What is pressed, or sent, about one request.</summary>
    private async Task<Reply> AboutAsync(
        Person person,
        Click click,
        RequestId id,
        int read,
        CancellationToken cancellationToken
    ) =>
        (click.Action, click.Submits) switch
        {
            (Actions.Approve, _) => await approveRequest.HandleAsync(person, id, read, click.By, cancellationToken),
            (Actions.Endorse, _) => await endorseRequest.HandleAsync(person, id, click.By, cancellationToken),
            (Actions.Deny, false) => new Reply.Asked(DenyRequest.Form(id)),
            (Actions.Deny, true) => await denyRequest.HandleAsync(person, id, click, cancellationToken),
            (Actions.Edit, false) => await editRequest.AskAsync(person, id, click.By, cancellationToken),
            (Actions.Edit, true) => await editRequest.HandleAsync(person, id, click, cancellationToken),
            (Actions.Revoke, false) => new Reply.Asked(RevokeRequest.Form(id)),
            (Actions.Revoke, true) => await revokeRequest.HandleAsync(person, id, click, cancellationToken),
            (Actions.HandBack, false) => new Reply.Asked(HandBackHalf.Form(id)),
            (Actions.HandBack, true) => await handBackHalf.HandleAsync(person, id, click, cancellationToken),
            (Actions.Replace, false) => new Reply.Asked(ReplaceHolder.Form(id)),
            (Actions.Replace, true) => await replaceHolder.HandleAsync(person, id, click, cancellationToken),
            (Actions.Extend, false) => new Reply.Asked(ExtendWindow.Form(id)),
            (Actions.Extend, true) => await extendWindow.HandleAsync(person, id, click, cancellationToken),
            (Actions.Lengthen, _) => await extendWindow.AgreeAsync(person, id, click.By, cancellationToken),
            (Actions.Bar, false) => new Reply.Asked(BarNamed.Form(id)),
            (Actions.Bar, true) => await barNamed.HandleAsync(person.Id, click.By, id, cancellationToken),
            (Actions.Done, false) => new Reply.Asked(await closeWindow.FormAsync(id, cancellationToken)),
            (Actions.Done, true) => await closeWindow.HandleAsync(person, id, click, cancellationToken),
            (Actions.Rotated, _) => await confirmRotation.HandleAsync(person, id, click.By, cancellationToken),
            (Actions.NotRotated, false) => await confirmRotation.AskAsync(person, id, cancellationToken),
            (Actions.NotRotated, true) => await confirmRotation.FindAsync(person, id, click, cancellationToken),
            _ => Unknown,
        };

    private async Task<Reply> TakeLeaveAsync(Click click, CancellationToken cancellationToken)
    {
        if (click.Action == Actions.Left)
            await leave.LeftAsync(click.By, cancellationToken);
        else
            await leave.UninstalledAsync(click.By, cancellationToken);
        return new Reply.Nothing();
    }

    private static readonly Fact[] Rotations =
    [
        new("rotatenow", "begin a rotation that falls due soon"),
        new("snooze", "put a rotation off"),
        new(
            "register ACCOUNT",
            "who keeps the password, the MFA devices, the mailbox and the phone of an account; ACCOUNT/USER for an IAM user, as everywhere"
        ),
        new("onboard", "which accounts are being taken into custody; onboard ACCOUNT for its items, and to begin"),
        new("calendar", "what falls due, in your own calendar program; calendar revoke ends it"),
        new(
            "posture",
            "what deviates at root users; posture ACCOUNT for all about one, and to confirm what was reported"
        ),
        new("report", "bring what a credential report of AWS says of a root user"),
        new("contacts", "say how the alternate contacts of an account are"),
    ];

    private static Reply Help(Person person) =>
        new Reply.Drawn(
            new Card(
                "RootCustody",
                [
                    "The root credentials of AWS accounts, and those of some of their IAM users, are kept here in two halves. Two people have to approve, and each is shown one half only.",
                ],
                [
                    .. person.Customer is null ? (Fact[])[] : [new Fact("request", RequestHelp)],
                    new Fact("transfer", "which accounts leave custody; transfer ACCOUNT for one, and to ask for it"),
                    new Fact(
                        "channel",
                        "which root mailboxes and root phones are on the move; channel ACCOUNT for who keeps them, and to move them"
                    ),
                    new Fact("status", "what is open now"),
                    .. person.IsDutyManager || person.IsAdministrator || person.IsAuditor
                        ? [new Fact("readiness", "where an emergency would find too few people")]
                        : (Fact[])[],
                    .. person.IsDutyManager || person.IsAdministrator
                        ? [new Fact("drill ACCOUNT", "an exercise: all goes its usual way, no real half is shown")]
                        : (Fact[])[],
                    .. person.Customer is null ? Rotations : [],
                    new Fact("enrol", "enrol your authenticator with a one-time code (in a private chat)"),
                    new Fact("link", "link this chat account to a person, with the code of an invitation"),
                    new Fact("away", "take no part for a while: away until 18:00, away for 3d"),
                    new Fact("back", "end your absence"),
                    new Fact("notme", "something was done in your name: freeze yourself everywhere at once"),
                    .. person.IsAdministrator
                        ? [new Fact("admin", "change people, groups, keepers and policy, two of you together")]
                        : (Fact[])[],
                    new Fact("help", "this"),
                ],
                []
            )
        );
}
