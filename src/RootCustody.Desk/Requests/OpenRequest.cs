using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A registered contact of a customer asks for root, or for an IAM user in custody.</summary>
public sealed class OpenRequest(CustodyDb db, Policies policies)
{
    /// <summary>The empty form with the accounts of this contact's customer. Those of GovCloud are there to be told of what opens them.</summary>
    /// <param name="typed">Words that shorten the list to the accounts that have them in their name or number.</param>
    public async Task<Reply> AskAsync(Person person, string typed, CancellationToken cancellationToken)
    {
        var accounts = await AccountsAsync(person, cancellationToken);
        if (accounts.Count == 0)
            return new Reply.Said("There is no account of your company in custody, so there is nothing to ask for.");
        var among = RequestForm.Among(accounts, typed);
        var note = RequestForm.NoteOn(among.Count, accounts.Count);
        return new Reply.Asked(await FormAsync(person, among.Count > 0 ? among : accounts, note, cancellationToken));
    }

    /// <summary>The form was sent.</summary>
    public Task<Reply> HandleAsync(Person asker, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var person = await AsOfNowAsync(asker, cancellationToken);
                var named = RequestForm.AccountOf(click.Inputs);
                if (await SameFormAsync(person, named, cancellationToken) is not { } form)
                    return new Reply.Said(Sentences.For(Refusal.NotYourAccount));
                var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == named, cancellationToken);
                var refusal = await WhyNotAsync(person, account, cancellationToken);
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
                var people = await db.NameableAsync(person.Customer!.Value, cancellationToken);
                var (ask, errors) = RequestForm.Read(click.Inputs, account, people, policy, db.Now);
                if (ask is null)
                    return new Reply.Corrected(form, errors);
                if (await InTheWayAsync(click, ask, account!, cancellationToken) is { } wait)
                    return new Reply.Corrected(form, wait);

                var request = Request.Of(ask, account!, person.Id, policy, db.Now);
                if (await FirstAsync(request, cancellationToken) is { } first)
                    return Again(person, first);
                var never = await WhyNeverAsync(request, account!, people, cancellationToken);
                return never is null
                    ? await BeginAsync(request, account!, click, cancellationToken)
                    : await NeverAsync(person, request, account!, never.Value, cancellationToken);
            },
            cancellationToken
        );

    private async Task<Refusal?> WhyNotAsync(Person person, Account? account, CancellationToken cancellationToken)
    {
        if (account is null)
            return Refusal.NotYourAccount;
        var why =
            Request.WhyNotAsk(person, account)
            ?? Request.WhyNotAsk(await db.Customers.SingleAsync(c => c.Id == account.Customer, cancellationToken));
        // what to ask of its commercial account instead is said once the task is known
        return why == Refusal.NothingInCustody && account.GovCloudOf is not null ? null : why;
    }

    /// <summary>Reception was another transaction.</summary>
    private Task<Person> AsOfNowAsync(Person asker, CancellationToken cancellationToken) =>
        db.People.Include(p => p.Identities).SingleAsync(p => p.Id == asker.Id, cancellationToken);

    /// <summary>Why it is not asked now: it can wait until the account is in custody, be done with less than root, or is asked of another account. Of an account of GovCloud nothing is ever asked.</summary>
    private async Task<IReadOnlyDictionary<string, string>?> InTheWayAsync(
        Click click,
        Ask ask,
        Account account,
        CancellationToken cancellationToken
    )
    {
        if (Request.WhyNotPlan(ask, account) is { } why)
            return RequestForm.Refused(why);
        var kind = await db.KindOfAsync(account, cancellationToken);
        if (RequestForm.WithoutRoot(click.Inputs, ask, account, kind) is { } weaker)
            return weaker;
        if (account.GovCloudOf is not { } opener)
            return null;
        var commercial = await db.Accounts.SingleAsync(a => a.Id == opener, cancellationToken);
        return RequestForm.ByCommercial(ask, commercial);
    }

    /// <summary>What they have asked for already, if this is the same once more.</summary>
    private async Task<Request?> FirstAsync(Request request, CancellationToken cancellationToken)
    {
        var running = await db
            .Requests.Where(r =>
                r.Account == request.Account
                && (r.State == RequestState.Asked || r.State == RequestState.Approved || r.State == RequestState.Open)
            )
            .ToListAsync(cancellationToken);
        return running.Find(r => request.Repeats(r, db.Now));
    }

    private Reply.Said Again(Person person, Request first)
    {
        db.Record("request.repeated", person.Id, ("request", first.Id), ("account", first.Account));
        return new Reply.Said(
            $"You have asked for this already: it is {first.Name}, and you can follow it in its thread. For something else change the form, or withdraw {first.Name} first."
        );
    }

    private async Task<Reply> BeginAsync(
        Request request,
        Account account,
        Click click,
        CancellationToken cancellationToken
    )
    {
        await db.BeginAsync(request, account, click, cancellationToken);
        return new Reply.Said(
            request.AwaitsContact
                ? $"{request.Name} waits for a second contact of your company. You can follow it in the thread."
                : $"{request.Name} is on its way to the custodians. You can follow it in the thread."
        );
    }

    /// <summary>Why it could never succeed, whoever answers; said at once and before any card is sent.</summary>
    private async Task<Refusal?> WhyNeverAsync(
        Request request,
        Account account,
        IReadOnlyList<Person> people,
        CancellationToken cancellationToken
    )
    {
        var couldEndorse = people.Any(p =>
            p.Customer == request.Customer
            && p.Id != request.Requester
            && !request.Names(p.Id)
            && p is { Suspended: false, FrozenAt: null, Identities.Count: > 0 }
        );
        if (request.AwaitsContact && !couldEndorse)
            return Refusal.NoSecondContact;
        var without = await db.WithoutHolderAsync(request, account, cancellationToken);
        return without.Count > 0 ? Refusal.NobodyCanHold : null;
    }

    private async Task<Reply> NeverAsync(
        Person person,
        Request request,
        Account account,
        Refusal why,
        CancellationToken cancellationToken
    )
    {
        db.Record(
            "request.impossible",
            person.Id,
            ("account", account.Id),
            ("kind", request.Kind),
            ("task", request.Task),
            ("why", why)
        );
        var isDutyTold = await db.AlertDutyAsync(
            new Card(
                $"{account.Name}: a request could never succeed",
                [Sentences.For(why)],
                [
                    new Fact("Account", $"{account.Name} ({account.Number})"),
                    new Fact("Asked by", person.Name),
                    new Fact("Kind", request.Kind.ToString()),
                    new Fact("Why", request.Justification),
                ],
                []
            ),
            cancellationToken
        );
        return new Reply.Said(
            isDutyTold
                ? Sentences.For(why)
                : $"{Sentences.For(why)} There is no duty manager whom I could call. Please call the provider yourself."
        );
    }

    /// <summary>Whatever a contact could ask for, by name; nothing if nothing of theirs is in custody.</summary>
    private async Task<IReadOnlyList<Account>> AccountsAsync(Person person, CancellationToken cancellationToken)
    {
        var accounts = await db
            .Accounts.InCustody()
            .Union(db.Accounts.Where(a => a.GovCloudOf != null && a.ClosedAt == null && a.HandedOverAt == null))
            .Where(a => a.Customer == person.Customer)
            .OrderBy(a => a.Name)
            .ToListAsync(cancellationToken);
        return accounts.Exists(a => a.IsInCustody) ? accounts : [];
    }

    /// <summary>The form as it comes back to be corrected; null if there is nothing to ask for any more.</summary>
    private async Task<Form?> SameFormAsync(Person person, AccountId? chosen, CancellationToken cancellationToken)
    {
        var accounts = await AccountsAsync(person, cancellationToken);
        return accounts.Count == 0
            ? null
            : await FormAsync(person, RequestForm.WithFirst(chosen, accounts), null, cancellationToken);
    }

    private async Task<Form> FormAsync(
        Person person,
        IReadOnlyList<Account> accounts,
        string? note,
        CancellationToken cancellationToken
    )
    {
        var policy = await PolicyAsync(person, accounts is [var only] ? only : null, cancellationToken);
        var people = await db.NameableAsync(person.Customer!.Value, cancellationToken);
        var colleagues = people.Where(p => p.Customer is not null && p.Id != person.Id).ToList();
        return RequestForm.Draw(accounts, colleagues, policy, note);
    }

    private Task<Policy> PolicyAsync(Person person, Account? account, CancellationToken cancellationToken) =>
        account is null
            ? policies.OfAsync(person.Customer!.Value, cancellationToken)
            : policies.OfAsync(account, cancellationToken);
}
