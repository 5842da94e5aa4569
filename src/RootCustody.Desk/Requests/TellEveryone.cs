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
    /// <summary>Custodians, holders, contacts and duty managers are reached wherever they are.</summary>
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
        var passwordGroup = await db
            .Groups.Where(g => g.Id == account.PasswordGroup)
            .SelectMany(g => g.Members.Select(m => m.Person))
            .ToListAsync(cancellationToken);
        var places = await db.CardPlaces.Where(p => p.Request == request.Id).ToListAsync(cancellationToken);
        foreach (var place in places.Where(p => !p.Withdrawn))
        {
            var half = place.Person is { } person && passwordGroup.Contains(person) ? Half.Password : Half.Mfa;
            if (CardFor(place, view, half) is { } card)
                db.Show(place, card);
        }
        if (step is not null)
            await db.StepAsync(request, step, cancellationToken);
    }

    /// <summary>The window is open, or a half has a new holder: they get, if there is anything to see, the pointer to their half from the courier's own bot.</summary>
    public static async Task PointHoldersAsync(
        this CustodyDb db,
        Request request,
        Account account,
        IEnumerable<Half> halves,
        CancellationToken cancellationToken
    )
    {
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        foreach (var half in halves.Where(request.Shows))
        {
            var id = request.HolderOf(half)!.Value;
            var holder = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
            var card = RequestCards.Pointer(view, id, half);
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
        var halves = string.Join(" and the ", without.Select(half => RequestCards.PartName(request, half)));
        await db.StepAsync(
            request,
            Card.Of($"At the moment nobody may hold the {halves}. The duty manager is called."),
            cancellationToken
        );
        var why = $"Nobody may hold the {halves} of {request.Name}.";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    /// <summary>Calls the duty managers, each time with a message of its own, so that it rings. If there is none to call, the customer's thread says so (law 11).</summary>
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
            var places = db
                .CardPlaces.Local.Where(p =>
                    p.Request == request.Id && p.Purpose == Purpose.DutyCall && p.Person == manager.Id && p.Id == 0
                )
                .ToList(); // those that this transaction has made
            if (places.Count == 0)
            {
                db.Post(request.Id, Purpose.DutyCall, manager, Anywhere, RequestCards.ForDutyManager(view, why));
                places =
                [
                    .. db.CardPlaces.Local.Where(p =>
                        p.Request == request.Id && p.Purpose == Purpose.DutyCall && p.Person == manager.Id && p.Id == 0
                    ),
                ];
            }
            foreach (var place in places)
            {
                place.CalledBecause(why);
                db.Show(place, RequestCards.ForDutyManager(view, place.Why!));
            }
            called |= places.Count > 0;
        }
        db.Record(called ? "duty.called" : "duty.unreachable", Recording.System, ("request", request.Id), ("why", why));
        if (!called)
        {
            var sentence = "There is no duty manager whom I could call. Please call the provider yourself.";
            await db.StepAsync(request, Card.Of(sentence), cancellationToken);
        }
    }

    /// <summary>Says a step in the customer's thread; a rotation and a drill have none.</summary>
    public static async Task StepAsync(
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

    private static Card? CardFor(CardPlace place, RequestView view, Half half) =>
        place.Purpose switch
        {
            Purpose.Thread => RequestCards.ForCustomer(view),
            Purpose.Approval or Purpose.Reminder => RequestCards.ForCustodian(view, place.Person!.Value, half),
            Purpose.Pointer => RequestCards.Pointer(
                view,
                place.Person!.Value,
                place.Bot == Bot.Password ? Half.Password : Half.Mfa
            ),
            Purpose.DutyCall => RequestCards.ForDutyManager(view, place.Why ?? ""),
            Purpose.Endorsement => RequestCards.ForContact(view),
            Purpose.Receiving => RequestCards.ForReceiver(view, place.Person!.Value),
            _ => null,
        };
}
