using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>After a step: every card that tells of the request shows how it stands now, and the customer's thread says what happened. Part of the transaction of the step (law 10).</summary>
public static class TellEveryone
{
    /// <summary>Where custodians are asked.</summary>
    private static readonly ChatPlatform[] ForApproval = [ChatPlatform.Teams];

    /// <summary>Where holders and duty managers are reached: wherever they are.</summary>
    private static readonly ChatPlatform[] Anywhere = [ChatPlatform.Teams, ChatPlatform.Slack];

    /// <param name="step">What the customer's thread says; null if it is no step of theirs.</param>
    public static async Task TellAsync(
        this CustodyDb db,
        Request request,
        Account account,
        Card? step,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var places = await db.CardPlaces.Where(p => p.Request == request.Id).ToListAsync(cancellationToken);
        foreach (var place in places)
        {
            if (CardFor(place, view, await HalfOfAsync(db, place, account, cancellationToken)) is { } card)
                db.Show(place, card);
        }
        if (step is not null && places.Find(p => p.Purpose == Purpose.Thread) is { } thread)
        {
            db.Show(CardPlace.StepIn(thread), step);
        }
    }

    /// <summary>Asks every custodian of these halves who may hold it now.</summary>
    /// <returns>The halves for which nobody may.</returns>
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
        foreach (var half in halves)
        {
            var eligible = 0;
            foreach (var person in await db.CustodiansAsync(account, half, cancellationToken))
            {
                var standing = await db.StandingAsync(person.Id, account, cancellationToken);
                if (
                    Holding.WhyNot(request, half, standing) is not null
                    || request.Denials.Any(d => d.Person == person.Id)
                )
                    continue;
                eligible++;
                var card = RequestCards.ForCustodian(view, person.Id, half);
                await db.ShowAsync(
                    request.Id,
                    Purpose.Approval,
                    Bot.Desk,
                    person,
                    ForApproval,
                    card,
                    cancellationToken
                );
            }
            if (eligible == 0)
                without.Add(half);
        }
        return without;
    }

    /// <summary>The window is open: each holder gets the pointer to their half from the courier's own bot.</summary>
    public static async Task PointHoldersAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var id = request.ApproverOf(half)!.Value;
            var holder = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
            var card = RequestCards.Pointer(view, half);
            await db.ShowAsync(request.Id, Purpose.Pointer, half.Courier(), holder, Anywhere, card, cancellationToken);
        }
    }

    /// <summary>Calls the duty managers.</summary>
    public static async Task CallDutyAsync(
        this CustodyDb db,
        Request request,
        Account account,
        string why,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        foreach (var manager in await db.DutyManagersAsync(cancellationToken))
        {
            var card = RequestCards.ForDutyManager(view, why);
            await db.ShowAsync(request.Id, Purpose.DutyCall, Bot.Desk, manager, Anywhere, card, cancellationToken);
        }
        db.Record("duty.called", Recording.System, ("request", request.Id), ("why", why));
    }

    private static Card? CardFor(CardPlace place, RequestView view, Half? half) =>
        place.Purpose switch
        {
            Purpose.Thread => RequestCards.ForCustomer(view),
            Purpose.Approval when half is { } mine => RequestCards.ForCustodian(view, place.Person!.Value, mine),
            Purpose.Pointer => RequestCards.Pointer(view, place.Bot == Bot.Password ? Half.Password : Half.Mfa),
            Purpose.DutyCall when view.Request.IsOver => RequestCards.ForDutyManager(view, "This call is over."),
            _ => null,
        };

    private static async Task<Half?> HalfOfAsync(
        CustodyDb db,
        CardPlace place,
        Account account,
        CancellationToken cancellationToken
    )
    {
        if (place.Purpose != Purpose.Approval)
            return null;
        return await db.Groups.AnyAsync(
            g => g.Id == account.PasswordGroup && g.Members.Any(m => m.Person == place.Person),
            cancellationToken
        )
            ? Half.Password
            : Half.Mfa;
    }
}
