using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
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

    public Task<Reply> HandleAsync(Person person, RequestId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                if (WhyNot(request, person) is { } why)
                {
                    await db.RefusedAsync(person.Id, "bar.refused", request, why, cancellationToken);
                    return new Reply.Said(Sentences.For(why));
                }
                var named = request.Named.Select(n => n.Person).ToList();
                foreach (var danger in await db.People.Where(p => named.Contains(p.Id)).ToListAsync(cancellationToken))
                {
                    if (danger.Freeze(db.Now))
                        db.Record("person.frozen", person.Id, ("person", danger.Id), ("request", id));
                }
                return new Reply.Said("Frozen. They can do nothing any more until two administrators unfreeze them.");
            },
            cancellationToken
        );

    private static Refusal? WhyNot(Request request, Person person) =>
        !person.IsDutyManager ? Refusal.NotADutyManager
        : request.Names(person.Id) ? Refusal.NamedAsDanger
        : request.Named.Count == 0 ? Refusal.NamesNobody
        : null;
}
