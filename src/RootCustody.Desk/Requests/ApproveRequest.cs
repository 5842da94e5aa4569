using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A custodian clicked Approve, or Rotate, on a card.</summary>
public sealed class ApproveRequest(CustodyDb db, OpenWindow openWindow)
{
    /// <param name="read">How often the request had been edited when the card was drawn.</param>
    public async Task<Reply> HandleAsync(
        Person person,
        RequestId id,
        int read,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (reply, opened, became) = await db.DecideAsync<(Reply, Window?, (Half?, Approval)?)>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return (new Reply.Said("There is no such request."), null, null);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);

                var approval = request.Approve(by, db.Now, read);

                if (approval is Approval.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "approval.refused", request, refused.Why, cancellationToken);
                    return (
                        await ToldAsync(request, account, by, refused.Why, cancellationToken),
                        null,
                        (by.Keeps, approval)
                    );
                }
                var half = by.Keeps!.Value;
                db.Record(WhatOf(approval), person.Id, ("request", id), ("account", account.Id), ("half", half));
                var window = await AfterAsync(request, account, approval, half, cancellationToken);
                return (
                    await CardAsync(request, account, person.Id, half, cancellationToken),
                    window,
                    (half, approval)
                );
            },
            cancellationToken
        );
        openWindow.Remind(opened);
        if (became is var (keeps, approval))
            Telemetry.Approved(keeps, approval.GetType().Name); // a closed set of records
        return reply;
    }

    private static string WhatOf(Approval approval) =>
        approval switch
        {
            Approval.Replaced => "half.replaced",
            _ => "request.approved",
        };

    /// <returns>The window whose end has to be remembered, if there is a new one.</returns>
    private async Task<Window?> AfterAsync(
        Request request,
        Account account,
        Approval approval,
        Half half,
        CancellationToken cancellationToken
    )
    {
        if (
            approval is Approval.Completed
            && await openWindow.OpenAsync(request, account, cancellationToken) is { } opened
        )
            return opened;
        if (approval is Approval.Replaced)
            await db.PointHoldersAsync(request, account, [half], cancellationToken);
        await db.TellAsync(request, account, StepOf(request, approval, half), cancellationToken);
        return null;
    }

    private static Card StepOf(Request request, Approval approval, Half half) =>
        approval switch
        {
            Approval.Replaced => Card.Of($"The {RequestCards.PartName(request, half)} has a new holder."),
            _ when request.State == RequestState.Approved => Card.Of(
                $"{RequestCards.ApprovedBy(request)} The window opens when its time has come."
            ),
            _ => Card.Of($"The {RequestCards.PartName(request, half)} is approved."),
        };

    private async Task<Reply> CardAsync(
        Request request,
        Account account,
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
        Account account,
        Standing by,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        var sentence = Sentences.For(why);
        if (
            by.Keeps is not { } half
            || why is not (Refusal.AlreadyDecided or Refusal.AlreadyTaken or Refusal.TooLate or Refusal.Edited)
        )
            return new Reply.Said(sentence);
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var card = RequestCards.ForCustodian(view, by.Person, half);
        return new Reply.Drawn(card with { Lines = [sentence, .. card.Lines] });
    }
}
