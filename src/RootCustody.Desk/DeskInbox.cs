using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Proposals;
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
    Administration administration
) : IInbox
{
    private static readonly Reply Unknown = new Reply.Said(
        "I do not know this button or word. It may belong to an old card; type help to see what I understand."
    );

    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken) =>
        await reception.ReceiveAsync(click, cancellationToken) switch
        {
            Received.Refused refused => refused.Reply,
            Received.From from => await AnswerAsync(from.Person, click, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Reply> AnswerAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (click.Action is Actions.Admin or Actions.Agree or Actions.Reject)
            return await administration.AnswerAsync(person, click, cancellationToken);
        var id = Id.Read<RequestId>(click.Subject);
        return (click.Action, click.Submits, id) switch
        {
            (Actions.Help, _, _) => Help(person),
            (Actions.Status, _, _) => await showStatus.HandleAsync(person, cancellationToken),
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
                    .. person.IsAdministrator
                        ? [new Fact("admin", "change people, groups, keepers and policy, two of you together")]
                        : (Fact[])[],
                    new Fact("help", "this"),
                ],
                []
            )
        );
}
