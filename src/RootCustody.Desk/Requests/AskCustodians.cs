using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Who is asked, and who is asked again: those on call first, then the rest of the group; in an emergency everyone at once. Part of the transaction of the step.</summary>
public static class AskCustodians
{
    private static readonly Half[] Both = [Half.Password, Half.Mfa];
    private static readonly ChatPlatform[] Anywhere = [ChatPlatform.Teams, ChatPlatform.Slack];

    /// <summary>Asks the custodians of these halves who could approve now.</summary>
    /// <returns>The halves for which there is nobody to ask.</returns>
    public static async Task<IReadOnlyList<Half>> AskCustodiansAsync(
        this CustodyDb db,
        Request request,
        Account account,
        IEnumerable<Half> halves,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var without = new List<Half>();
        foreach (var half in halves.Where(request.WaitsFor))
        {
            var able = await AbleAsync(db, request, account, half, cancellationToken);
            if (able.Count == 0)
                without.Add(half);
            foreach (var person in await FirstAsync(db, request, account, half, able, cancellationToken))
            {
                var card = RequestCards.ForCustodian(view, person.Id, half);
                await db.ShowAsync(request.Id, Purpose.Approval, Bot.Desk, person, Anywhere, card, cancellationToken);
            }
        }
        return without;
    }

    /// <summary>A contact asks: their thread begins where they asked, and whoever has to answer is asked.</summary>
    public static async Task BeginAsync(
        this CustodyDb db,
        Request request,
        Account account,
        Click click,
        CancellationToken cancellationToken
    )
    {
        db.Requests.Add(request);
        db.Record(
            "request.asked",
            request.Requester!.Value,
            ("request", request.Id),
            ("account", account.Id),
            ("kind", request.Kind),
            ("task", request.Task),
            ("why", request.Justification),
            ("ticket", request.Ticket),
            ("start", request.Start.UtcDateTime.ToString("O")),
            ("length", request.Length),
            ("named", request.Named.Count == 0 ? null : string.Join(',', request.Named.Select(n => n.Person)))
        );
        var thread = CardPlace.Thread(request.Id, click.Where, click.By);
        db.CardPlaces.Add(thread);
        db.Show(thread, RequestCards.ForCustomer(await RequestView.OfAsync(db, request, account, cancellationToken)));
        await db.BeginAskingAsync(request, account, cancellationToken);
    }

    /// <summary>Asks whoever has to approve first: a second contact of the customer if policy wants one, else the custodians and, if policy wants that, the duty manager.</summary>
    public static async Task BeginAskingAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        if (request.AwaitsContact)
        {
            await db.AskContactsAsync(request, account, cancellationToken);
            return;
        }
        var without = await db.AskCustodiansAsync(request, account, Both, cancellationToken);
        await db.WarnAsync(request, account, without, cancellationToken);
        if (request.AwaitsDuty)
        {
            var why = "Policy wants a duty manager to approve this task besides the custodians.";
            await db.CallDutyAsync(request, account, why, cancellationToken);
        }
    }

    /// <summary>Reminds, with a message of its own, those who were asked and could still answer; never those who have.</summary>
    public static async Task RemindAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        if (request.AwaitsContact)
        {
            await db.AskContactsAsync(request, account, cancellationToken);
            return;
        }
        var asked = await db
            .CardPlaces.Where(p => p.Request == request.Id && p.Purpose == Purpose.Approval)
            .Select(p => p.Person)
            .ToListAsync(cancellationToken);
        foreach (var half in Both.Where(request.WaitsFor))
        {
            foreach (var person in await AbleAsync(db, request, account, half, cancellationToken))
            {
                if (asked.Contains(person.Id))
                    db.Post(
                        request.Id,
                        Purpose.Reminder,
                        person,
                        Anywhere,
                        RequestCards.ForCustodian(view, person.Id, half)
                    );
            }
        }
    }

    /// <summary>Asks the other contacts of the customer, one of whom has to approve first.</summary>
    public static async Task AskContactsAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var named = request.Named.Select(n => n.Person).ToList();
        var contacts = await db
            .People.Include(p => p.Identities)
            .Where(p => p.Customer == request.Customer && p.Id != request.Requester && !named.Contains(p.Id))
            .Where(p => !p.Suspended && p.FrozenAt == null && p.Identities.Any())
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        foreach (var contact in contacts)
            db.Post(request.Id, Purpose.Endorsement, contact, Anywhere, RequestCards.ForContact(view));
    }

    /// <summary>Whether two different people could hold the two halves at all; asked before any card is sent.</summary>
    /// <returns>The halves that nobody may hold or nobody can be reached for.</returns>
    public static async Task<IReadOnlyList<Half>> WithoutHolderAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var standings = new List<Standing>();
        foreach (var half in Both)
        {
            var custodians = await db.CustodiansAsync(account, half, cancellationToken);
            List<PersonId> reached = [.. custodians.Where(p => p.Identities.Count > 0).Select(p => p.Id)];
            standings.AddRange((await db.StandingsAsync(reached, account, cancellationToken)).Values);
        }
        return Eligibility.Without(request, standings);
    }

    private static async Task<List<Person>> AbleAsync(
        CustodyDb db,
        Request request,
        Account account,
        Half half,
        CancellationToken cancellationToken
    )
    {
        var custodians = await db.CustodiansAsync(account, half, cancellationToken);
        var standings = await db.StandingsAsync([.. custodians.Select(p => p.Id)], account, cancellationToken);
        return [.. custodians.Where(p => p.Identities.Count > 0 && CanAnswer(request, half, standings[p.Id], db.Now))];
    }

    /// <summary>Whether they could take the half or, if it has its holder, agree to more time.</summary>
    private static bool CanAnswer(Request request, Half half, Standing by, DateTimeOffset now) =>
        request.Extends(half)
            ? Extension.WhyNotAgree(request, by, now) is null
            : Approval.WhyNot(request, by, now, request.Edits) is null;

    /// <summary>Those of them who are asked now: those on call, as long as the rest is not to be asked yet and there is any of them.</summary>
    private static async Task<List<Person>> FirstAsync(
        CustodyDb db,
        Request request,
        Account account,
        Half half,
        List<Person> able,
        CancellationToken cancellationToken
    )
    {
        if (request.WidenAt is null)
            return able;
        var group = account.GroupOf(half);
        var now = db.Now;
        var onCall = await db
            .OnCallShifts.Where(s => s.Group == group && s.From <= now && now < s.Until)
            .Select(s => s.Person)
            .ToListAsync(cancellationToken);
        var first = able.FindAll(p => onCall.Contains(p.Id));
        return first.Count > 0 ? first : able;
    }
}
