using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>A contact asks for the window in which the account is handed over: a planned request like any other, which two custodians approve.</summary>
public sealed class AskForHandover(CustodyDb db, Policies policies, TellOfTransfer tell)
{
    private const string StartField = "start";

    /// <summary>Asks when.</summary>
    public static Form FormOf(string transfer) =>
        new(
            Actions.TransferHandover,
            transfer,
            "Handover window",
            "Ask",
            [
                "Choose a time at which the receiver can be on the phone for an hour, with the new mailbox open and an authenticator at hand.",
                "Two custodians of your provider approve it. Nothing else may run on the account then.",
            ],
            [new Field.Moment(StartField, "Start", null, false)]
        );

    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken) =>
        RequestForm.ReadMoment(click.Inputs.GetValueOrDefault(StartField, "")) is { } start
            ? db.DecideAsync(() => DecideAsync(person.Id, click, start, cancellationToken), cancellationToken)
            : Task.FromResult<Reply>(Corrected(click, "Choose when."));

    private async Task<Reply> DecideAsync(
        PersonId person,
        Click click,
        DateTimeOffset start,
        CancellationToken cancellationToken
    )
    {
        var (entered, refused) = await db.EnterTransferAsync(
            person,
            Id.Read<TransferId>(click.Subject),
            click.By,
            cancellationToken
        );
        if (entered is null)
            return refused;
        var (transfer, account, by, _, _) = entered;
        if (transfer.WhyNotHandOver(by) is { } why)
            return await db.RefuseAsync(entered, why, cancellationToken);
        var policy = await policies.OfAsync(account, cancellationToken);
        var ask = AskFor(transfer, start, policy);
        if ((Request.WhyNotAsk(by, account) ?? Request.WhyNotPlan(ask, account)) is { } refusal)
            return new Reply.Said(Sentences.For(refusal));
        if (
            ask.Faults(policy, db.Now).Select(fault => RequestForm.SentenceFor(fault, policy)).FirstOrDefault() is
            { } fault
        )
            return Corrected(click, fault);
        if (await InTheWayAsync(account, cancellationToken) is { } running)
            return new Reply.Said(
                $"{running.Name} runs on this account. It has to end before the account is handed over; then ask again."
            );
        var request = Request.Of(ask, account, person, policy, db.Now);
        await tell.AfterAsync(transfer, account, () => transfer.AskFor(request.Id, db.Now), cancellationToken);
        db.Record(
            "transfer.handover-asked",
            person,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("request", request.Id)
        );
        await db.BeginAsync(request, account, click, cancellationToken);
        return new Reply.Said($"{request.Name} is on its way to the custodians. You can follow it in the thread.");
    }

    private static Ask AskFor(Transfer transfer, DateTimeOffset start, Policy policy) =>
        new(
            transfer.Account,
            RootTask.HandOver,
            $"{transfer.Name}: hand the account over to {transfer.Receiver}. The new root e-mail address is {transfer.Email}.",
            transfer.Name,
            start,
            policy.LongestWindow,
            []
        );

    /// <summary>What a person asked for, or what somebody has taken part in: the rest gives way.</summary>
    private Task<Request?> InTheWayAsync(Account account, CancellationToken cancellationToken) =>
        db
            .Requests.Running()
            .Where(r => r.Account == account.Id)
            .Where(r =>
                (r.Kind != RequestKind.Rotation && r.Kind != RequestKind.MfaChange) || r.State != RequestState.Asked
            )
            .OrderBy(r => r.AskedAt)
            .FirstOrDefaultAsync(cancellationToken);

    private static Reply.Corrected Corrected(Click click, string fault) =>
        new(FormOf(click.Subject), new Dictionary<string, string>(StringComparer.Ordinal) { [StartField] = fault });
}
