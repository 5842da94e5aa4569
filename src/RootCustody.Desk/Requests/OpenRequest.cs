using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A registered contact of a customer asks for root.</summary>
public sealed class OpenRequest(CustodyDb db, Policies policies)
{
    /// <summary>The empty form with the accounts of this contact's customer.</summary>
    public async Task<Reply> AskAsync(Person person, CancellationToken cancellationToken)
    {
        var form = await FormAsync(person, cancellationToken);
        return form is null
            ? new Reply.Said("There is no account of your company in custody, so there is nothing to ask for.")
            : new Reply.Asked(form);
    }

    /// <summary>The form was sent.</summary>
    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var form = await FormAsync(person, cancellationToken);
                if (form is null)
                    return new Reply.Said(Sentences.For(Refusal.NotYourAccount));
                var named = RequestForm.AccountOf(click.Inputs);
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == named, cancellationToken);
                var refusal = account is null ? Refusal.NotYourAccount : Request.WhyNotAsk(person, account);
                if (named is not null && refusal is { } why)
                {
                    await db.RefusedAsync(
                        person.Id,
                        "request.refused",
                        cancellationToken,
                        ("account", named),
                        ("why", why)
                    );
                    return new Reply.Corrected(form, RequestForm.Refused(why));
                }
                var policy = await PolicyAsync(person, account, cancellationToken);
                var (ask, errors) = RequestForm.Read(click.Inputs, policy, db.Now);
                if (ask is null)
                    return new Reply.Corrected(form, errors);

                return await BeginAsync(
                    person,
                    Request.Of(ask, account!, person.Id, policy, db.Now),
                    account!,
                    click,
                    cancellationToken
                );
            },
            cancellationToken
        );

    private async Task<Reply> BeginAsync(
        Person person,
        Request request,
        Account account,
        Click click,
        CancellationToken cancellationToken
    )
    {
        db.Requests.Add(request);
        db.Record(
            "request.asked",
            person.Id,
            ("request", request.Id),
            ("account", account.Id),
            ("kind", request.Kind),
            ("task", request.Task),
            ("why", request.Justification),
            ("ticket", request.Ticket),
            ("start", request.Start.UtcDateTime.ToString("O")),
            ("length", request.Length)
        );
        var thread = CardPlace.Thread(request.Id, click.Where, click.By);
        db.CardPlaces.Add(thread);
        db.Show(thread, RequestCards.ForCustomer(await RequestView.OfAsync(db, request, account, cancellationToken)));

        var without = await db.AskCustodiansAsync(request, account, [Half.Password, Half.Mfa], cancellationToken);
        await db.WarnAsync(request, account, without, cancellationToken);
        return new Reply.Said($"{request.Name} is on its way to the custodians. You can follow it in the thread.");
    }

    private async Task<Form?> FormAsync(Person person, CancellationToken cancellationToken)
    {
        var accounts = await db
            .Accounts.Where(a => a.Customer == person.Customer && a.PasswordGeneration > 0 && a.MfaGeneration > 0)
            .OrderBy(a => a.Name)
            .ToListAsync(cancellationToken);
        if (accounts.Count == 0)
            return null;
        var policy = await PolicyAsync(person, accounts is [var only] ? only : null, cancellationToken);
        return RequestForm.Draw(accounts, policy);
    }

    private Task<Policy> PolicyAsync(Person person, Account? account, CancellationToken cancellationToken) =>
        account is null
            ? policies.OfAsync(person.Customer!.Value, cancellationToken)
            : policies.OfAsync(account, cancellationToken);
}
