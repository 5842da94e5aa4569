using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Somebody who takes part asks for a longer window; one of each group has to approve it afresh.</summary>
public sealed class ExtendWindow(CustodyDb db, Policies policies, OpenWindow openWindow)
{
    private const string ReasonField = "reason";

    public static Form Form(RequestId id) =>
        new(
            Actions.Extend,
            id.ToString(),
            "More time",
            "Ask for more time",
            ["One custodian of each group has to approve it. Until both have, the window closes as it would."],
            [new Field.Text(ReasonField, "Why", null, false, false, Denial.LongestReason)]
        );

    public Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        var reason = click.Inputs.GetValueOrDefault(ReasonField, "").Trim();
        if (reason.Length is 0 or > Denial.LongestReason)
        {
            var error = $"Say why, in at most {Denial.LongestReason} characters.";
            return Task.FromResult<Reply>(
                new Reply.Corrected(
                    Form(id),
                    new Dictionary<string, string>(StringComparer.Ordinal) { [ReasonField] = error }
                )
            );
        }
        return db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, click.By);

                var extension = request.AskToExtend(by, await policies.OfAsync(account, cancellationToken), db.Now);

                if (extension is Extension.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "extension.refused", request, refused.Why, cancellationToken);
                    return new Reply.Said(Sentences.For(refused.Why));
                }
                db.Record("extension.asked", person.Id, ("request", id), ("by", request.ExtendBy), ("why", reason));
                await db.TellAsync(request, account, Card.Of($"More time is asked for: {reason}"), cancellationToken);
                await db.AskCustodiansAsync(request, account, request.Groups, cancellationToken);
                await db.RemindAsync(request, account, cancellationToken);
                return new Reply.Said(
                    $"Asked. The window is longer once one of {(request.ByOneGroup ? "the password group" : "each group")} has approved it."
                );
            },
            cancellationToken
        );
    }

    /// <summary>A custodian agrees.</summary>
    public async Task<Reply> AgreeAsync(
        Person person,
        RequestId id,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var (reply, longer) = await db.DecideAsync<(Reply, Window?)>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return (new Reply.Said("There is no such request."), null);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);

                var extension = request.AgreeToExtend(by, db.Now);

                if (extension is Extension.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "extension.refused", request, refused.Why, cancellationToken);
                    return (new Reply.Said(Sentences.For(refused.Why)), null);
                }
                var half = by.Keeps!.Value;
                db.Record(
                    "extension.approved",
                    person.Id,
                    ("request", id),
                    ("half", half),
                    ("closes", request.Closes!.Value.UtcDateTime.ToString("O"))
                );
                await db.TellAsync(request, account, StepOf(extension, half), cancellationToken);
                var view = await RequestView.OfAsync(db, request, account, cancellationToken);
                return (
                    new Reply.Drawn(RequestCards.ForCustodian(view, person.Id, half)),
                    (extension as Extension.Granted)?.Window
                );
            },
            cancellationToken
        );
        openWindow.Remind(longer);
        return reply;
    }

    private static Card StepOf(Extension extension, Half half) =>
        extension is Extension.Granted granted
            ? Card.Of("Both groups agree to more time.") with
            {
                Facts = [Fact.At("Open until", granted.Window.Closes)],
            }
            : Card.Of($"The group of the {half.Word()} half agrees to more time.");
}
