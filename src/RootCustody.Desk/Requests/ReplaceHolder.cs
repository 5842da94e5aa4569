using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A duty manager takes a half from a holder who does not act, so that nobody blocks a request by waiting.</summary>
public sealed class ReplaceHolder(CustodyDb db)
{
    private const string HalfField = "half";
    private const string ReasonField = "reason";
    private const string Password = "password";
    private const string Mfa = "mfa";

    public static Form Form(RequestId id) =>
        new(
            Actions.Replace,
            id.ToString(),
            "Replace a holder",
            "Replace",
            ["The holder takes no further part in this request, and others of the group are asked. Everyone is told."],
            [
                new Field.Pick(
                    HalfField,
                    "Whose half",
                    null,
                    false,
                    [new Option(Password, "The password half"), new Option(Mfa, "The MFA half")],
                    null
                ),
                new Field.Text(ReasonField, "Reason", null, false, false, Denial.LongestReason),
            ]
        );

    public Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        var reason = click.Inputs.GetValueOrDefault(ReasonField, "").Trim();
        Half? half = click.Inputs.GetValueOrDefault(HalfField) switch
        {
            Password => Half.Password,
            Mfa => Half.Mfa,
            _ => null,
        };
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (half is null)
            errors[HalfField] = "Choose whose half it is.";
        if (reason.Length is 0 or > Denial.LongestReason)
            errors[ReasonField] = $"Say why, in at most {Denial.LongestReason} characters.";
        return errors.Count > 0
            ? Task.FromResult<Reply>(new Reply.Corrected(Form(id), errors))
            : db.DecideAsync<Reply>(
                () => ReplaceAsync(person, click.By, id, half!.Value, reason, cancellationToken),
                cancellationToken
            );
    }

    private async Task<Reply> ReplaceAsync(
        Person person,
        ChatUser through,
        RequestId id,
        Half half,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new Reply.Said("There is no such request.");
        var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
        var by = await db.StandingAsync(person.Id, account, cancellationToken, through);

        var handing = request.Replace(by, half, db.Now);

        if (handing is not HandingBack.Freed freed)
        {
            var why = ((HandingBack.Refused)handing).Why;
            await db.RefusedAsync(person.Id, "replacement.refused", request, why, cancellationToken);
            return new Reply.Said(Sentences.For(why));
        }
        db.Record(
            "holder.replaced",
            person.Id,
            ("request", id),
            ("half", half),
            ("person", freed.Person),
            ("why", reason)
        );
        await db.AfterAsync(
            request,
            account,
            half,
            $"The duty manager replaces the holder of the {half.Word()} half; others are asked.",
            null,
            cancellationToken
        );
        return new Reply.Said("Replaced. Others of the group are asked.");
    }
}
