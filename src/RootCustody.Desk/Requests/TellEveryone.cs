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
        foreach (var place in places.Where(p => !p.Withdrawn))
        {
            if (CardFor(place, view, await HalfOfAsync(db, place, account, cancellationToken)) is { } card)
                db.Show(place, card);
        }
        if (step is not null)
            await db.StepAsync(request, step, cancellationToken);
    }

    /// <summary>Asks every custodian of these halves who may hold it now.</summary>
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
        foreach (var half in halves)
        {
            var asked = false;
            foreach (var person in await db.CustodiansAsync(account, half, cancellationToken))
            {
                var standing = await db.StandingAsync(person.Id, account, cancellationToken);
                if (
                    Eligibility.WhyNot(request, half, standing) is not null
                    || request.Denials.Any(d => d.Person == person.Id)
                    || request.StepBacks.Any(s => s.Person == person.Id)
                )
                    continue;
                var card = RequestCards.ForCustodian(view, person.Id, half);
                asked |= await db.ShowAsync(
                    request.Id,
                    Purpose.Approval,
                    Bot.Desk,
                    person,
                    ForApproval,
                    card,
                    cancellationToken
                );
            }
            if (!asked)
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

    /// <summary>Says aloud that there is nobody to ask for these halves, while there is still time to do something about it.</summary>
    public static async Task WarnAsync(
        this CustodyDb db,
        Request request,
        Account account,
        IReadOnlyList<Half> without,
        CancellationToken cancellationToken
    )
    {
        if (without.Count == 0)
            return;
        var halves = string.Join(" and the ", without.Select(half => $"{half.Word()} half"));
        await db.StepAsync(
            request,
            Card.Of($"At the moment nobody may hold the {halves}. The duty manager is called."),
            cancellationToken
        );
        var why = $"Nobody may hold the {halves} of {request.Name}.";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    /// <summary>Calls the duty managers. If there is none to call, the customer's thread says so (law 11).</summary>
    public static async Task CallDutyAsync(
        this CustodyDb db,
        Request request,
        Account account,
        string why,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var called = false;
        foreach (var manager in await db.DutyManagersAsync(cancellationToken))
        {
            var card = RequestCards.ForDutyManager(view, why);
            called |= await db.ShowAsync(
                request.Id,
                Purpose.DutyCall,
                Bot.Desk,
                manager,
                Anywhere,
                card,
                cancellationToken
            );
        }
        db.Record(called ? "duty.called" : "duty.unreachable", Recording.System, ("request", request.Id), ("why", why));
        if (!called)
        {
            var sentence = "There is no duty manager whom I could call. Please call the provider yourself.";
            await db.StepAsync(request, Card.Of(sentence), cancellationToken);
        }
    }

    /// <summary>Says a step in the customer's thread; a rotation has none.</summary>
    private static async Task StepAsync(
        this CustodyDb db,
        Request request,
        Card step,
        CancellationToken cancellationToken
    )
    {
        await db.CardPlaces.Where(p => p.Request == request.Id).LoadAsync(cancellationToken);
        // the thread may be as new as this transaction
        var thread = db.CardPlaces.Local.SingleOrDefault(p => p.Request == request.Id && p.Purpose == Purpose.Thread);
        if (thread is not null)
            db.Show(CardPlace.StepIn(thread), step);
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
