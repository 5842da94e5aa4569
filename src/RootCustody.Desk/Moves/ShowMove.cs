using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>Who keeps the mailbox and the phone of a root user, and how a move of them stands: an overview, or both of one account.</summary>
public sealed class ShowMove(CustodyDb db)
{
    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken)
    {
        var known = db.ChannelsKnownTo(person);
        if (number.Trim() is { Length: > 0 } wanted)
        {
            var account = await known.AsNoTracking().SingleOrDefaultAsync(a => a.Number == wanted, cancellationToken);
            return account is null ? Loading.NoAccount : await OneAsync(person, account, cancellationToken);
        }
        var under =
            from move in db.Moves.UnderWay()
            join account in known on move.Account equals account.Id
            orderby move.BegunAt
            select new { move, account };
        var moves = new List<Entered>();
        foreach (var found in await under.AsNoTracking().Take(MoveCards.Most).ToListAsync(cancellationToken))
            moves.Add(await db.OfAsync(found.move, found.account, person, cancellationToken));
        return new Reply.Drawn(MoveCards.Overview(moves, await under.CountAsync(cancellationToken)));
    }

    private async Task<Reply> OneAsync(Person person, Account account, CancellationToken cancellationToken)
    {
        var kept = await (
            from keeper in db.Keepers
            join keeps in db.People on keeper.Person equals keeps.Id
            where
                keeper.Account == account.Id
                && (keeper.Thing == KeptThing.RootMailbox || keeper.Thing == KeptThing.RootPhone)
            orderby keeper.Thing, keeps.Name
            select new { keeper, keeps.Name }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var moves = new List<Entered>();
        var names = new Dictionary<PersonId, string>();
        foreach (
            var move in await db
                .Moves.UnderWay()
                .AsNoTracking()
                .Where(m => m.Account == account.Id)
                .OrderBy(m => m.Thing)
                .ToListAsync(cancellationToken)
        )
        {
            moves.Add(await db.OfAsync(move, account, person, cancellationToken));
            foreach (var (id, name) in await NamesAsync(move, cancellationToken))
                names[id] = name;
        }
        return new Reply.Drawn(
            MoveCards.Of(
                account,
                [.. kept.Select(k => (k.keeper, k.Name))],
                moves,
                names,
                person.IsAdministrator && account.HandedOverAt is null
            )
        );
    }

    /// <summary>How one move stands, for the person in it who looks.</summary>
    internal async Task<Card> CardAsync(Entered entered, CancellationToken cancellationToken) =>
        MoveCards.Of(entered, await NamesAsync(entered.Move, cancellationToken));

    private Task<Dictionary<PersonId, string>> NamesAsync(Move move, CancellationToken cancellationToken)
    {
        PersonId[] ids =
        [
            .. ((PersonId?[])[move.BegunBy, move.HandedBy, move.To, move.EndedBy, move.CancelledBy])
                .OfType<PersonId>()
                .Distinct(),
        ];
        return db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
    }
}
