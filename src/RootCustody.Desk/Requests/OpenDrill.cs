using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Begins an exercise on one account: everything goes its usual way, only that dummies are shown; at its end the times are reported.</summary>
public sealed class OpenDrill(CustodyDb db, Policies policies)
{
    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken) =>
        new Reply.Said((await BeginAsync(person.Id, number, cancellationToken)).Sentence);

    /// <param name="by">Null for the command line.</param>
    public Task<(bool Begun, string Sentence)> BeginAsync(
        PersonId? by,
        string number,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                if (by is { } id && !await MayAsync(id, cancellationToken))
                    return (false, Sentences.For(Refusal.NotDrilledByYou));
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == number.Trim(), cancellationToken);
                if (account is null)
                    return (false, "Say the account with its 12 digits, such as: drill 111122223333");
                if (Request.WhyNotOpen(account) is { } why)
                    return (false, Sentences.For(why));
                if (await IsBusyAsync(account, cancellationToken))
                    return (false, "Something is under way on this account. Drill it another time.");

                var request = Request.Drill(account, by, await policies.OfAsync(account, cancellationToken), db.Now);
                db.Requests.Add(request);
                db.Raise(account); // two who begin at once meet here
                db.Record(
                    "drill.begun",
                    by?.ToString() ?? Recording.Operator,
                    ("request", request.Id),
                    ("account", account.Id)
                );
                await db.BeginAskingAsync(request, account, cancellationToken);
                return (
                    true,
                    $"The drill {request.Name} has begun. Its custodians are asked as in an emergency; the duty managers are told the times at its end."
                );
            },
            cancellationToken
        );

    private Task<bool> MayAsync(PersonId id, CancellationToken cancellationToken) =>
        db.People.AnyAsync(
            p => p.Id == id && (p.IsDutyManager || p.IsAdministrator) && !p.Suspended && p.FrozenAt == null,
            cancellationToken
        );

    private Task<bool> IsBusyAsync(Account account, CancellationToken cancellationToken) =>
        db.Requests.AnyAsync(
            r =>
                r.Account == account.Id
                && (r.State == RequestState.Open || r.State == RequestState.Asked || r.State == RequestState.Approved),
            cancellationToken
        );
}

/// <summary>How long everything took.</summary>
public static class DrillReport
{
    public static Card Of(Request request, Account account) =>
        new(
            $"The drill {request.Name} is over",
            [
                request.BothInHand
                    ? "Both holders had their halves in hand."
                    : "It did not get as far as both halves in hand. In an emergency nobody could have signed in.",
            ],
            [
                new Fact("Account", $"{account.Name} ({account.Number})"),
                new Fact("First approval", After(request, request.FirstApprovalAt)),
                new Fact("Both approvals", After(request, request.ApprovedAt)),
                new Fact("Password in hand", After(request, request.PasswordInHandAt)),
                new Fact("Code in hand", After(request, request.MfaInHandAt)),
            ],
            []
        );

    private static string After(Request request, DateTimeOffset? moment) =>
        moment is { } came ? $"after {came - request.AskedAt:hh\\:mm\\:ss}" : "never";
}
