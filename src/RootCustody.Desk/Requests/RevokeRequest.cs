using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Someone who may ends a request before its time.</summary>
public sealed class RevokeRequest(CustodyDb db, EndWindow endWindow)
{
    private const string ReasonField = "reason";

    public static Form Form(RequestId id) =>
        new(
            Actions.Revoke,
            id.ToString(),
            "End the request",
            "End it now",
            ["Nothing is shown any more from that moment on, and it cannot be opened again."],
            [new Field.Text(ReasonField, "Reason", null, true, false, Denial.LongestReason)]
        );

    public async Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        var reason = click.Inputs.GetValueOrDefault(ReasonField, "").Trim();
        var reply = await db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, click.By);

                var closing = request.Revoke(by, db.Now);

                if (closing is Closing.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "revoke.refused", request, refused.Why, cancellationToken);
                    return new Reply.Said(Sentences.For(refused.Why));
                }
                if (closing is Closing.SteppedBack stepped)
                    return await SteppedBackAsync(person, request, account, stepped.Half, reason, cancellationToken);
                var (what, step) =
                    closing is Closing.Revoked
                        ? ("window.revoked", "The window was ended early. Nothing is shown any more.")
                        : ("request.withdrawn", "The request was withdrawn.");
                db.Record(what, person.Id, ("request", id), ("why", reason.Length == 0 ? null : Cut(reason)));
                await endWindow.AfterAsync(request, account, step, cancellationToken);
                return new Reply.Said("Ended. Everyone is told.");
            },
            cancellationToken
        );
        endWindow.Remind();
        return reply;
    }

    /// <summary>Nobody ends an emergency alone: a holder who wants to ends their own part, and the duty manager is called.</summary>
    private async Task<Reply> SteppedBackAsync(
        Person person,
        Request request,
        Account account,
        Half half,
        string reason,
        CancellationToken cancellationToken
    )
    {
        db.Record("half.handedback", person.Id, ("request", request.Id), ("half", half), ("why", Cut(reason)));
        await db.AfterAsync(
            request,
            account,
            half,
            $"The holder of the {half.Word()} half stepped back; others are asked.",
            $"{person.Name} wanted to end {request.Name} and stepped back. {Cut(reason)}",
            cancellationToken
        );
        return new Reply.Said(
            "In an emergency a holder ends their own part only: you take no further part in it, others are asked, and the duty manager is called."
        );
    }

    private static string Cut(string reason) =>
        reason.Length <= Denial.LongestReason ? reason : reason[..Denial.LongestReason];
}
