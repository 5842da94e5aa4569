using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
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
    ShowStatus showStatus,
    EnrolStepUp enrolStepUp,
    LinkIdentity linkIdentity,
    Freeze freeze,
    Leave leave,
    SayAbsence sayAbsence
) : IInbox
{
    private static readonly Reply Unknown = new Reply.Said(
        "I do not know this button or word. It may belong to an old card; type help to see what I understand."
    );

    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken) =>
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
        var id = Id.Read<RequestId>(click.Subject);
        return (click.Action, click.Submits, id) switch
        {
            (Actions.Help, _, _) => Help(person),
            (Actions.Status, _, _) => await showStatus.HandleAsync(person, cancellationToken),
            (Actions.Link, _, _) => await linkIdentity.HandleAsync(click, cancellationToken),
            (Actions.Away, _, _) => await sayAbsence.AwayAsync(person.Id, click, cancellationToken),
            (Actions.Back, _, _) => await sayAbsence.BackAsync(person.Id, cancellationToken),
            (Actions.Request, false, _) => await openRequest.AskAsync(person, cancellationToken),
            (Actions.Request, true, _) => await openRequest.HandleAsync(person, click, cancellationToken),
            (Actions.Enrol, false, _) => new Reply.Asked(EnrolStepUp.AskForCode()),
            (Actions.Enrol, true, _) => await enrolStepUp.HandleAsync(person, click, cancellationToken),
            (Actions.Confirm, false, _) => new Reply.Asked(EnrolStepUp.AskForFirst()),
            (Actions.Confirm, true, _) => await enrolStepUp.ConfirmAsync(person, click, cancellationToken),
            (Actions.Approve, _, { } request) => await approveRequest.HandleAsync(person, request, cancellationToken),
            (Actions.Deny, false, { } request) => new Reply.Asked(DenyRequest.Form(request)),
            (Actions.Deny, true, { } request) => await denyRequest.HandleAsync(
                person,
                request,
                click,
                cancellationToken
            ),
            (Actions.Revoke, false, { } request) => new Reply.Asked(RevokeRequest.Form(request)),
            (Actions.Revoke, true, { } request) => await revokeRequest.HandleAsync(
                person,
                request,
                click,
                cancellationToken
            ),
            (Actions.Done, false, { } request) => new Reply.Asked(CloseWindow.Form(request)),
            (Actions.Done, true, { } request) => await closeWindow.HandleAsync(
                person,
                request,
                click,
                cancellationToken
            ),
            (Actions.Rotated, _, { } request) => await confirmRotation.HandleAsync(person, request, cancellationToken),
            _ => Unknown,
        };
    }

    private async Task<Reply> TakeLeaveAsync(Click click, CancellationToken cancellationToken)
    {
        if (click.Action == Actions.Left)
            await leave.LeftAsync(click.By, cancellationToken);
        else
            await leave.UninstalledAsync(click.By, cancellationToken);
        return new Reply.Nothing();
    }

    private static Reply Help(Person person) =>
        new Reply.Drawn(
            new Card(
                "RootCustody",
                [
                    "The root credentials of AWS accounts are kept here in two halves. Two people have to approve, and each is shown one half only.",
                ],
                [
                    .. person.Customer is null
                        ? (Fact[])[]
                        : [new Fact("request", "ask for a change that only root can make, or break the glass")],
                    new Fact("status", "what is open now"),
                    new Fact("enrol", "enrol your authenticator with a one-time code (in a private chat)"),
                    new Fact("link", "link this chat account to a person, with the code of an invitation"),
                    new Fact("away", "take no part for a while: away until 18:00, away for 3d"),
                    new Fact("back", "end your absence"),
                    new Fact("notme", "something was done in your name: freeze yourself everywhere at once"),
                    new Fact("help", "this"),
                ],
                []
            )
        );
}
