using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Data.Chat;

/// <summary>Puts cards into the outbox, as part of the transaction that makes them true.</summary>
public static class Cards
{
    /// <summary>Shows a person a card about a request: on the card they already have for this purpose, else on a new one in each of their chats on these platforms.</summary>
    /// <returns>False if they have no such chat, so that nothing reaches them.</returns>
    public static async Task<bool> ShowAsync(
        this CustodyDb db,
        RequestId request,
        Purpose purpose,
        Bot bot,
        Person person,
        IReadOnlyCollection<ChatPlatform> platforms,
        Card card,
        CancellationToken cancellationToken
    )
    {
        bool IsMeant(CardPlace p) =>
            p.Request == request && p.Purpose == purpose && p.Bot == bot && p.Person == person.Id && !p.Withdrawn;

        await db.CardPlaces.Where(p => p.Request == request).LoadAsync(cancellationToken);
        var places = db.CardPlaces.Local.Where(IsMeant).ToList(); // with those that this transaction has made
        if (places.Count == 0)
        {
            places =
            [
                .. person
                    .Identities.Where(i => platforms.Contains(i.Platform))
                    .Select(i => CardPlace.With(request, purpose, bot, person.Id, i.ChatUser)),
            ];
            db.CardPlaces.AddRange(places);
        }
        foreach (var place in places)
            db.Show(place, card);
        return places.Count > 0;
    }

    /// <summary>Posts a card about a request anew, so that it rings, in each chat of a person on these platforms. It is kept up to date like the others.</summary>
    public static void Post(
        this CustodyDb db,
        RequestId request,
        Purpose purpose,
        Person person,
        IReadOnlyCollection<ChatPlatform> platforms,
        Card card
    )
    {
        foreach (var identity in person.Identities.Where(i => platforms.Contains(i.Platform)))
        {
            var place = CardPlace.With(request, purpose, Bot.Desk, person.Id, identity.ChatUser);
            db.CardPlaces.Add(place);
            db.Show(place, card);
        }
    }

    /// <summary>Tells a person something that is about no request, in each of their chats with the desk.</summary>
    /// <param name="person">With their identities.</param>
    /// <returns>False if they have no chat.</returns>
    public static bool Notify(this CustodyDb db, Person person, Card card, Purpose purpose = Purpose.Notice)
    {
        foreach (var identity in person.Identities)
        {
            var place = CardPlace.Notice(person.Id, identity.ChatUser, purpose);
            db.CardPlaces.Add(place);
            db.Show(place, card);
        }
        return person.Identities.Count > 0;
    }

    /// <summary>Asks an administrator to confirm a proposal, in each of their chats with the desk.</summary>
    /// <param name="person">With their identities.</param>
    public static void Ask(this CustodyDb db, ProposalId proposal, Person person, Card card)
    {
        foreach (var identity in person.Identities)
        {
            var place = CardPlace.With(proposal, person.Id, identity.ChatUser);
            db.CardPlaces.Add(place);
            db.Show(place, card);
        }
    }

    /// <summary>Shows a custodian a card about an MFA device in their chats with the MFA courier: on the card they already have for it, else on a new one.</summary>
    /// <param name="person">With their identities.</param>
    public static async Task ShowAsync(
        this CustodyDb db,
        DeviceId device,
        Purpose purpose,
        Person person,
        Card card,
        CancellationToken cancellationToken
    )
    {
        var places = await db
            .CardPlaces.Where(p => p.Device == device && p.Purpose == purpose && p.Person == person.Id)
            .ToListAsync(cancellationToken);
        if (places.Count == 0)
        {
            places = [.. person.Identities.Select(i => CardPlace.With(device, person.Id, i.ChatUser, purpose))];
            db.CardPlaces.AddRange(places);
        }
        foreach (var place in places)
            db.Show(place, card);
    }

    /// <summary>Tells every duty manager something that is about no request.</summary>
    /// <returns>False if there is none who could be told; the audit log says so too.</returns>
    public static Task<bool> AlertDutyAsync(this CustodyDb db, Card card, CancellationToken cancellationToken) =>
        db.AlertDutyAsync(card, Purpose.Notice, cancellationToken);

    /// <inheritdoc cref="AlertDutyAsync(CustodyDb, Card, CancellationToken)"/>
    internal static async Task<bool> AlertDutyAsync(
        this CustodyDb db,
        Card card,
        Purpose purpose,
        CancellationToken cancellationToken
    ) => db.Alert(await db.DutyManagersAsync(cancellationToken), card, purpose);

    /// <summary>As <see cref="AlertDutyAsync(CustodyDb, Card, CancellationToken)"/>, and tells the administrators too.</summary>
    public static async Task AlertThoseInChargeAsync(
        this CustodyDb db,
        Card card,
        CancellationToken cancellationToken
    ) => db.Alert(await db.InChargeAsync(cancellationToken), card, Purpose.Notice);

    private static bool Alert(this CustodyDb db, IReadOnlyCollection<Person> people, Card card, Purpose purpose)
    {
        var managers = people.Where(p => db.Notify(p, card, purpose)).Count(p => p.IsDutyManager);
        db.Record(managers > 0 ? "duty.alerted" : "duty.unreachable", Recording.System, ("why", card.Title));
        return managers > 0;
    }

    /// <summary>Shows a card at a place. Of several in one transaction the last one counts.</summary>
    public static void Show(this CustodyDb db, CardPlace place, Card card)
    {
        if (db.Outbox.Local.FirstOrDefault(r => ReferenceEquals(r.Place, place) && r.SentAt is null) is { } waiting)
            waiting.Replace(card);
        else
            db.Outbox.Add(OutboxRow.Of(place, card, db.Now));
    }
}
