using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.People;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A duty manager freezes at once whom a request names as the danger; unfreezing takes two administrators (law 15).</summary>
public sealed class BarNamed(CustodyDb db)
{
    public static Form Form(RequestId id) =>
        new(
            Actions.Bar,
            id.ToString(),
            "Bar the named",
            "Freeze them now",
            [
                "Everyone whom this request names as the danger can do nothing in RootCustody any more, from any chat account, until two administrators unfreeze them.",
            ],
            []
        );

    public Task<Reply> HandleAsync(PersonId by, ChatUser through, RequestId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                var person = await db.People.SingleAsync(p => p.Id == by, cancellationToken);
                if (WhyNot(request, person) is { } why)
                {
                    await db.RefusedAsync(person.Id, "bar.refused", request, why, cancellationToken);
                    return new Reply.Said(Sentences.For(why));
                }
                var named = request.Named.Select(n => n.Person).ToList();
                foreach (var danger in named)
                    await db.FreezeAsync(danger, by, Bot.Desk, through, cancellationToken, ("request", id));
                return new Reply.Said("Frozen. They can do nothing any more until two administrators unfreeze them.");
            },
            cancellationToken
        );

    private static Refusal? WhyNot(Request request, Person person) =>
        person.Suspended ? Refusal.Suspended
        : person.FrozenAt is not null ? Refusal.Frozen
        : !person.IsDutyManager ? Refusal.NotADutyManager
        : request.Names(person.Id) ? Refusal.NamedAsDanger
        : request.Named.Count == 0 ? Refusal.NamesNobody
        : null;
}
