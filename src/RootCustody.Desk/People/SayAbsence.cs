using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>A person says that they are away, or back.</summary>
public sealed class SayAbsence(CustodyDb db)
{
    /// <summary><c>away until ...</c> or <c>away for ...</c>.</summary>
    public Task<Reply> AwayAsync(PersonId id, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var (until, fault) = Absence.Read(click.Inputs.GetValueOrDefault("text", ""), db.Now);
                if (until is not { } end)
                    return new Reply.Said(fault!);
                var person = await db.People.SingleAsync(p => p.Id == id, cancellationToken);
                person.GoAway(end);
                db.Record("person.away", id, ("until", end.UtcDateTime.ToString("O")));
                var held = await db
                    .Requests.Running()
                    .Where(r => r.PasswordApprover == id || r.MfaApprover == id)
                    .ToListAsync(cancellationToken);
                return new Reply.Drawn(
                    new Card(
                        "You are away",
                        [
                            "Until then you are asked for nothing, and can neither approve nor hold. Type back when you are here earlier.",
                        ],
                        [
                            Fact.At("Until", end),
                            .. held.Select(r => new Fact(
                                "You still hold a half of",
                                $"{r.Name}: hand it back on its card"
                            )),
                        ],
                        []
                    )
                );
            },
            cancellationToken
        );

    /// <summary><c>back</c>.</summary>
    public Task<Reply> BackAsync(PersonId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var person = await db.People.SingleAsync(p => p.Id == id, cancellationToken);
                if (!person.IsAwayAt(db.Now))
                    return new Reply.Said("You were not away.");
                person.ComeBack();
                db.Record("person.back", id);
                return new Reply.Said("Welcome back. Type status to see what is open now.");
            },
            cancellationToken
        );
}
