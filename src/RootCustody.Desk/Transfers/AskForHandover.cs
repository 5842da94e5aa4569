using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>A contact asks for the window in which the account is handed over: a planned request like any other, which two custodians approve. They choose whether the receiver resets the password by e-mail, or whether the halves go to two contacts of the customer.</summary>
public sealed class AskForHandover(CustodyDb db, Policies policies, IStepUp stepUp, TellOfTransfer tell)
{
    private static readonly ChatPlatform[] Anywhere = [ChatPlatform.Teams, ChatPlatform.Slack];

    /// <summary>What was typed, without a fault in itself.</summary>
    /// <param name="Receivers">The contact for each half, and whether they have an authenticator; null if it goes by e-mail reset.</param>
    private sealed record Wish(
        DateTimeOffset Start,
        IReadOnlyDictionary<Half, (PersonId Id, bool IsEnrolled)>? Receivers
    );

    /// <summary>Asks when, and how.</summary>
    public async Task<Reply> AskAsync(Person person, Click click, CancellationToken cancellationToken) =>
        new Reply.Asked(HandoverForm.Of(click.Subject, await ContactsAsync(person, cancellationToken)));

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var contacts = await ContactsAsync(person, cancellationToken);
        var errors = HandoverForm.FaultsOf(click);
        if (errors.Count > 0)
            return new Reply.Corrected(HandoverForm.Of(click.Subject, contacts), errors);
        var wish = new Wish(HandoverForm.StartIn(click)!.Value, await ReceiversInAsync(click, cancellationToken));
        return await db.DecideAsync(
            () => DecideAsync(person.Id, click, wish, contacts, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Outside of the decision: whether they are enrolled, a vault says.</summary>
    private async Task<Dictionary<Half, (PersonId, bool)>?> ReceiversInAsync(
        Click click,
        CancellationToken cancellationToken
    )
    {
        if (!HandoverForm.IsInHalves(click))
            return null;
        var receivers = new Dictionary<Half, (PersonId, bool)>();
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var id = HandoverForm.ReceiverIn(click, half)!.Value;
            receivers[half] = (id, await stepUp.IsEnrolledAsync(id, cancellationToken));
        }
        return receivers;
    }

    private async Task<Reply> DecideAsync(
        PersonId person,
        Click click,
        Wish wish,
        IReadOnlyList<Person> contacts,
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
        var (transfer, account, by, _, _, _) = entered;
        if (transfer.WhyNotHandOver(by) is { } why)
            return await db.RefuseAsync(entered, why, cancellationToken);
        var policy = await policies.OfAsync(account, cancellationToken);
        var ask = AskFor(transfer, wish, policy);
        if ((Request.WhyNotAsk(by, account) ?? Request.WhyNotPlan(ask, account)) is { } refusal)
            return new Reply.Said(Sentences.For(refusal));
        var errors = await WhyNotReceivedAsync(entered, wish, cancellationToken);
        if (ask.Faults(policy, db.Now).Select(f => RequestForm.SentenceFor(f, policy)).FirstOrDefault() is { } fault)
            errors[HandoverForm.StartField] = fault;
        if (errors.Count > 0)
            return new Reply.Corrected(HandoverForm.Of(click.Subject, contacts), errors);
        if (await InTheWayAsync(account, cancellationToken) is { } running)
            return new Reply.Said(
                $"{running.Name} runs on this account. It has to end before the account is handed over; then ask again."
            );
        var request = Request.Of(ask, account, person, policy, db.Now);
        if (wish.Receivers is { } receivers)
            request.GiveTo(receivers[Half.Password].Id, receivers[Half.Mfa].Id);
        await BeginAsync(transfer, account, request, click, cancellationToken);
        return new Reply.Said($"{request.Name} is on its way to the custodians. You can follow it in the thread.");
    }

    private async Task BeginAsync(
        Transfer transfer,
        Account account,
        Request request,
        Click click,
        CancellationToken cancellationToken
    )
    {
        var inHalves = request.GoesToContacts;
        await tell.AfterAsync(
            transfer,
            account,
            () => transfer.AskFor(request.Id, inHalves, db.Now),
            cancellationToken
        );
        db.Record(
            "transfer.handover-asked",
            request.Requester!.Value,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("request", request.Id),
            ("way", inHalves ? "in two halves" : "by e-mail reset"),
            ("passwordTo", request.PasswordReceiver),
            ("codesTo", request.MfaReceiver)
        );
        await db.BeginAsync(request, account, click, cancellationToken);
        if (!inHalves)
            return;
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        foreach (var half in request.Groups)
        {
            var id = request.ReceiverOf(half)!.Value;
            var receiver = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
            var card = RequestCards.ForReceiver(view, id);
            await db.ShowAsync(request.Id, Purpose.Receiving, Bot.Desk, receiver, Anywhere, card, cancellationToken);
        }
    }

    /// <summary>What is against the contacts who were named, by the field that names them. Law 1 counts for them as for anybody.</summary>
    private async Task<Dictionary<string, string>> WhyNotReceivedAsync(
        Entered entered,
        Wish wish,
        CancellationToken cancellationToken
    )
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (wish.Receivers is not { } receivers)
            return errors;
        var account = entered.Account;
        foreach (var (half, (id, isEnrolled)) in receivers)
        {
            if (await WhyNotReceiveAsync(account, half, id, isEnrolled, cancellationToken) is not var (fault, name))
                continue;
            errors[HandoverForm.FieldOf(half)] = fault.Say(name, half);
            await db.RefusedAsync(
                entered.Person.Id,
                "transfer.refused",
                cancellationToken,
                ("account", account.Id),
                ("transfer", entered.Transfer.Id),
                ("half", half),
                ("person", id),
                ("why", fault)
            );
        }
        var devices = await db.MfaDevices.Where(d => d.Account == account.Id).ToListAsync(cancellationToken);
        if (!devices.Exists(d => d.Serves && !d.IsHeldOutside))
            errors[HandoverForm.FieldOf(Half.Mfa)] =
                "No device of this account makes codes here: its MFA keys lie with your provider. Choose the e-mail reset.";
        return errors;
    }

    private async Task<(ReceiverFault Fault, string Name)?> WhyNotReceiveAsync(
        Account account,
        Half half,
        PersonId id,
        bool isEnrolled,
        CancellationToken cancellationToken
    )
    {
        var person = await db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(p => p.Id == id && p.Customer == account.Customer, cancellationToken);
        if (person is null)
            return (ReceiverFault.NotAContact, "This person"); // nobody learns the names of others (law 12)
        var standing = await db.StandingAsync(id, account, cancellationToken);
        return Receiving.WhyNot(half, standing, person.Identities.Count > 0, isEnrolled) is { } fault
            ? (fault, person.Name)
            : null;
    }

    private static Ask AskFor(Transfer transfer, Wish wish, Policy policy) =>
        new(
            transfer.Account,
            wish.Receivers is null ? RootTask.HandOver : RootTask.HandOverInHalves,
            $"{transfer.Name}: hand the account over to {transfer.Receiver}. The new root e-mail address is {transfer.Email}.",
            transfer.Name,
            wish.Start,
            policy.LongestWindow,
            []
        );

    /// <summary>Whom the form offers.</summary>
    private Task<List<Person>> ContactsAsync(Person person, CancellationToken cancellationToken) =>
        db
            .People.AsNoTracking()
            .Where(p => p.Customer != null && p.Customer == person.Customer && !p.Suspended)
            .OrderBy(p => p.Name)
            .Take(HandoverForm.MostContacts)
            .ToListAsync(cancellationToken);

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
}
