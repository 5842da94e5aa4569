using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A custodian clicked Approve, or Rotate, on a card.</summary>
public sealed class ApproveRequest(CustodyDb db, OpenWindow openWindow)
{
    public async Task<Reply> HandleAsync(Person person, RequestId id, CancellationToken cancellationToken)
    {
        var (reply, opened) = await db.DecideAsync(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return (new Reply.Said("There is no such request."), null);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken);

                var approval = request.Approve(by, db.Now);

                if (approval is Approval.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "approval.refused", request, refused.Why, cancellationToken);
                    return (await ToldAsync(request, account, by, refused.Why, cancellationToken), null);
                }
                var half = by.Keeps!.Value;
                db.Record("request.approved", person.Id, ("request", id), ("account", account.Id), ("half", half));
                var window =
                    approval is Approval.Completed
                        ? await openWindow.OpenAsync(request, account, cancellationToken)
                        : null;
                if (window is null)
                    await db.TellAsync(request, account, StepOf(request, half), cancellationToken);
                return (await CardAsync(request, account, person.Id, half, cancellationToken), window);
            },
            cancellationToken
        );
        openWindow.Remind(opened);
        return reply;
    }

    private static Card StepOf(Request request, Half half) =>
        request.State == RequestState.Approved
            ? Card.Of("Both halves are approved. The window opens when its time has come.")
            : Card.Of($"The {half.Word()} half is approved.");

    private async Task<Reply> CardAsync(
        Request request,
        Accounts.Account account,
        PersonId person,
        Half half,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        return new Reply.Drawn(RequestCards.ForCustodian(view, person, half));
    }

    /// <summary>A refused custodian sees the request as it stands now; anyone else only the sentence.</summary>
    private async Task<Reply> ToldAsync(
        Request request,
        Accounts.Account account,
        Standing by,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        var sentence = Sentences.For(why);
        if (by.Keeps is not { } half || why is not (Refusal.AlreadyDecided or Refusal.AlreadyTaken or Refusal.TooLate))
            return new Reply.Said(sentence);
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var card = RequestCards.ForCustodian(view, by.Person, half);
        return new Reply.Drawn(card with { Lines = [sentence, .. card.Lines] });
    }
}
