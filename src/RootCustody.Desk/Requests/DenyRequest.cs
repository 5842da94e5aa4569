using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A custodian or a duty manager denies, with a reason.</summary>
public sealed class DenyRequest(CustodyDb db, EndWindow endWindow)
{
    private const string ReasonField = "reason";

    public static Form Form(RequestId id) =>
        new(
            Actions.Deny,
            id.ToString(),
            "Deny the request",
            "Deny",
            ["The reason is shown to everyone who takes part, the customer included."],
            [new Field.Text(ReasonField, "Reason", null, false, true, Denial.LongestReason)]
        );

    public Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        var reason = click.Inputs.GetValueOrDefault(ReasonField, "").Trim();
        if (reason.Length is 0 or > Denial.LongestReason)
        {
            var error = $"A denial needs a reason of at most {Denial.LongestReason} characters.";
            return Task.FromResult<Reply>(
                new Reply.Corrected(
                    Form(id),
                    new Dictionary<string, string>(StringComparer.Ordinal) { [ReasonField] = error }
                )
            );
        }
        return db.DecideAsync<Reply>(() => DenyAsync(person, id, reason, cancellationToken), cancellationToken);
    }

    private async Task<Reply> DenyAsync(Person person, RequestId id, string reason, CancellationToken cancellationToken)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new Reply.Said("There is no such request.");
        var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
        var by = await db.StandingAsync(person.Id, account, cancellationToken);

        switch (request.Deny(by, reason, db.Now))
        {
            case Denying.Ended:
                db.Record("request.denied", person.Id, ("request", id), ("why", reason));
                await endWindow.AfterAsync(request, account, $"The request was denied: {reason}", cancellationToken);
                return new Reply.Said("Denied. Everyone is told.");
            case Denying.SteppedBack stepped:
                db.Record("custodian.steppedback", person.Id, ("request", id), ("half", stepped.Half), ("why", reason));
                await db.AfterAsync(
                    request,
                    account,
                    stepped.Half,
                    "A custodian denied. The duty manager is called.",
                    $"{person.Name} denied {request.Name}: {reason}",
                    cancellationToken
                );
                return new Reply.Said(
                    "You take no part in it. In an emergency one denial does not end the request: the duty manager is called."
                );
            case Denying.Refused refused:
                await db.RefusedAsync(person.Id, "denial.refused", request, refused.Why, cancellationToken);
                return new Reply.Said(Sentences.For(refused.Why));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
