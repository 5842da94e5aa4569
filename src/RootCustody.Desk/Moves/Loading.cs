using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Moves;

/// <summary>A move with all that a decision about it rests on, as it is now.</summary>
/// <param name="By">Who acts, or looks.</param>
internal sealed record Entered(Move Move, Account Account, Person By, Person From, Person To, Person Beginner)
{
    /// <summary>In words.</summary>
    public string What =>
        $"{Move.Name}: the {Move.Thing.Word()} of {Account.Name} ({Account.Number}), from {From.Name} to {To.Name}.";
}

/// <summary>Who comes to which move.</summary>
internal static class Loading
{
    internal static readonly Reply NoAccount = new Reply.Said(
        "There is no such account among those that you may know of. Say it with its 12 digits, such as: channel 111122223333"
    );

    internal static readonly Reply NotUnderWay = new Reply.Said(
        "This move is over, or there is none. Type channel and the 12 digits of the account to see how it stands."
    );

    /// <summary>The accounts whose mailbox and phone this person may know of: those that they may know of anyway, and those of which they keep one of the two, or are to.</summary>
    public static IQueryable<Account> ChannelsKnownTo(this CustodyDb db, Person person)
    {
        var known = db.AccountsKnownTo(person);
        return db
            .Accounts.RootUsers()
            .Where(a =>
                known.Any(k => k.Id == a.Id)
                || db.Moves.Any(m =>
                    m.Account == a.Id && m.To == person.Id && m.EndedAt == null && m.CancelledAt == null
                )
                || db.Keepers.Any(k =>
                    k.Account == a.Id
                    && k.Person == person.Id
                    && (k.Thing == KeptThing.RootMailbox || k.Thing == KeptThing.RootPhone)
                )
            );
    }

    /// <summary>Everyone whom a move is about.</summary>
    public static async Task<Entered> OfAsync(
        this CustodyDb db,
        Move move,
        Account account,
        Person by,
        CancellationToken cancellationToken
    )
    {
        PersonId[] ids = [move.From, move.To, move.BegunBy];
        var people = await db
            .People.Include(p => p.Identities)
            .Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, cancellationToken);
        return new Entered(move, account, by, people[move.From], people[move.To], people[move.BegunBy]);
    }

    /// <summary>Somebody acts on a move: everything as it is now.</summary>
    /// <param name="whyNot">What else stands in their way.</param>
    /// <returns>Why they may not, if there is nothing.</returns>
    public static async Task<(Entered? Entered, Reply WhyNot)> EnterMoveAsync(
        this CustodyDb db,
        PersonId id,
        Click click,
        Func<Entered, MoveRefusal?> whyNot,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.CoolsOffAt(db.Now, click.By))
            return (null, new Reply.Said(Sentences.For(Refusal.CoolsOff))); // law 15
        var of = Id.Read<MoveId>(click.Subject);
        var move = await db.Moves.SingleOrDefaultAsync(m => m.Id == of, cancellationToken);
        var account = await db.ChannelsKnownTo(person)
            .SingleOrDefaultAsync(a => move != null && a.Id == move.Account, cancellationToken);
        if (move is null || account is null)
        {
            await db.RefusedAsync(id, "move.refused", cancellationToken, ("why", Refusal.NotYourAccount));
            return (null, NotUnderWay);
        }
        var entered = await db.OfAsync(move, account, person, cancellationToken);
        foreach (var one in (Person[])[person, entered.From, entered.To, entered.Beginner])
            db.Raise(one); // law 9: whether they may is decided on what is true now
        db.Raise(account);
        db.Raise(move);
        if (whyNot(entered) is not { } why)
            return (entered, NotUnderWay);
        await db.RefusedAsync(
            id,
            "move.refused",
            cancellationToken,
            ("account", account.Id),
            ("move", move.Id),
            ("why", why)
        );
        return (null, new Reply.Said(why.Say()));
    }

    /// <summary>Says no because of law 1, and notes it.</summary>
    public static async Task<Reply> RefuseAsync(
        this CustodyDb db,
        PersonId by,
        Account account,
        string why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(by, "move.refused", cancellationToken, ("account", account.Id), ("why", "law 1"));
        return new Reply.Said(why);
    }
}
