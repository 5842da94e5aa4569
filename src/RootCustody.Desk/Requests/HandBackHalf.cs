using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A holder gives their half back; another of the group takes it by a fresh approval.</summary>
public sealed class HandBackHalf(CustodyDb db)
{
    private const string ReasonField = "reason";

    public static Form Form(RequestId id) =>
        new(
            Actions.HandBack,
            id.ToString(),
            "Hand back",
            "Hand back my half",
            [
                "You take no further part in this request. Others of your group are asked for your half; the request and its window go on.",
            ],
            [new Field.Text(ReasonField, "Reason", null, true, false, Denial.LongestReason)]
        );

    public Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        var reason = click.Inputs.GetValueOrDefault(ReasonField, "").Trim();
        return db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, click.By);

                var handing = request.HandBack(by, db.Now);

                if (handing is not HandingBack.Freed freed)
                {
                    var why = ((HandingBack.Refused)handing).Why;
                    await db.RefusedAsync(person.Id, "handback.refused", request, why, cancellationToken);
                    return new Reply.Said(Sentences.For(why));
                }
                db.Record("half.handedback", person.Id, ("request", id), ("half", freed.Half), ("why", Cut(reason)));
                await db.AfterAsync(
                    request,
                    account,
                    freed.Half,
                    $"The holder of the {freed.Half.Word()} half gave it back; others are asked.",
                    request.Kind == RequestKind.Emergency
                        ? $"{person.Name} handed back the {freed.Half.Word()} half of {request.Name}. {reason}"
                        : null,
                    cancellationToken
                );
                return new Reply.Said("Handed back. You take no further part in it; others are asked.");
            },
            cancellationToken
        );
    }

    private static string? Cut(string reason) =>
        reason.Length == 0 ? null
        : reason.Length <= Denial.LongestReason ? reason
        : reason[..Denial.LongestReason];
}
