using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Orders;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Moves;

/// <summary>An administrator begins to move the root mailbox or the root phone of an account from who keeps it to another, with a code of their own.</summary>
public sealed class BeginMove(CustodyDb db, IStepUp stepUp, TellOfMove tell)
{
    private const string ToField = "to";
    private const string LabelField = "label";

    internal static string SubjectOf(AccountId account, KeptThing thing, PersonId from) => $"{account}.{thing}.{from}";

    /// <summary>Asks who gets it.</summary>
    public static Reply Ask(string subject) =>
        Read(subject) is (_, var thing, _) ? new Reply.Asked(FormOf(subject, thing)) : Loading.NoAccount;

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (Read(click.Subject) is not (_, var thing, _))
            return Loading.NoAccount;
        var form = FormOf(click.Subject, thing);
        var errors = click.Faults();
        if (!Shape.Label.Fits(click.Plain(LabelField)))
            errors[LabelField] = $"It must be {Shape.Label.Demand}.";
        if (errors.Count > 0)
            return new Reply.Corrected(form, errors);
        // looked at before, so that what would be refused costs no code
        var before = await db.DecideAsync(
            async () => (await LookAsync(person.Id, click, form, cancellationToken)).WhyNot,
            cancellationToken
        );
        return before
            ?? await stepUp.WhyNotProvenAsync(person.Id, click, form, cancellationToken)
            ?? await db.DecideAsync(() => DecideAsync(person.Id, click, form, cancellationToken), cancellationToken);
    }

    private async Task<Reply> DecideAsync(PersonId by, Click click, Form form, CancellationToken cancellationToken)
    {
        var (wanted, whyNot) = await LookAsync(by, click, form, cancellationToken);
        if (wanted is null)
            return whyNot!;
        var (account, thing, from, to, said) = wanted;
        var move = Move.Of(
            account.Id,
            thing,
            from.Id,
            to.Id,
            click.Plain(LabelField),
            click.Plain(Fields.TextField),
            by,
            db.Now
        );
        db.Moves.Add(move);
        db.Record(
            "move.begun",
            by,
            ("move", move.Id),
            ("account", account.Id),
            ("thing", thing),
            ("from", from.Id),
            ("to", to.Id),
            ("label", move.Label),
            ("why", move.Why),
            ("attention", Loudly.Of(said))
        );
        var byNow = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == by, cancellationToken);
        await tell.TurnAsync(new Entered(move, account, byNow, from, to, byNow), cancellationToken);
        return new Reply.Said(
            $"{move.Name} is begun: {MoveCards.WhoseTurn(move, from, to)}.{said} Type channel {account.Number} to see how it stands."
        );
    }

    /// <summary>Whether it can be begun as things are now.</summary>
    private async Task<(Wanted? Wanted, Reply? WhyNot)> LookAsync(
        PersonId id,
        Click click,
        Form form,
        CancellationToken cancellationToken
    )
    {
        var (accountId, thing, fromId) = Read(click.Subject)!.Value;
        var by = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (by.CoolsOffAt(db.Now, click.By))
            return (null, new Reply.Said(Sentences.For(Refusal.CoolsOff))); // law 15
        var account = await db.ChannelsKnownTo(by).SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
        var kept = await db
            .Keepers.Where(k => k.Account == accountId && k.Thing == thing)
            .Select(k => k.Person)
            .ToListAsync(cancellationToken);
        if (account is null || account.HandedOverAt is not null || !kept.Contains(fromId))
            return (null, Loading.NoAccount);
        if (await db.FindPersonAsync(click.Plain(ToField), cancellationToken) is not { } to)
            return (
                null,
                new Reply.Corrected(
                    form,
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [ToField] = $"There is no person {click.Plain(ToField)}.",
                    }
                )
            );
        var from = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == fromId, cancellationToken);
        if ((kept.Contains(to.Id) ? MoveRefusal.KeepsIt : Move.WhyNotBegin(by, from, to)) is { } why)
            return (null, await RefuseAsync(by, account, why, cancellationToken));
        if (await db.Moves.UnderWay().AnyAsync(m => m.Account == accountId && m.Thing == thing, cancellationToken))
            return (null, new Reply.Said(KeptBy.IsMoving(thing, account.Number)));
        var (law, said) = await db.WithThisAsync(to, account, thing, cancellationToken);
        if (law is not null)
            return (null, await db.RefuseAsync(id, account, law, cancellationToken));
        foreach (var one in (object[])[by, from, account])
            db.Raise(one); // law 9: whether they may is decided on what is true now
        return (new Wanted(account, thing, from, to, said), null);
    }

    private async Task<Reply> RefuseAsync(
        Person by,
        Account account,
        MoveRefusal why,
        CancellationToken cancellationToken
    )
    {
        await db.RefusedAsync(by.Id, "move.refused", cancellationToken, ("account", account.Id), ("why", why));
        return new Reply.Said(why.Say());
    }

    private static Form FormOf(string subject, KeptThing thing) =>
        new(
            Actions.ChannelMove,
            subject,
            thing == KeptThing.RootMailbox ? "Move the root mailbox" : "Move the root phone",
            "Begin",
            [
                "Whoever keeps it hands it over and says so, the new keeper tries it and says so with a code, and another administrator confirms the end. Until then the register stays as it is, and as soon as it is handed over both are barred by it.",
            ],
            [
                new Field.Text(ToField, "Who will keep it", "The key of the person.", false, false, 63),
                new Field.Text(
                    LabelField,
                    "Which one it is then",
                    "As the register is to name it, such as: phone of the CFO",
                    false,
                    false,
                    Keeper.LongestLabel
                ),
                Fields.Text("Why"),
                Fields.Code,
            ]
        );

    private static (AccountId Account, KeptThing Thing, PersonId From)? Read(string subject) =>
        subject.Split('.') is [var id, var name, var keeper]
        && Id.Read<AccountId>(id) is { } account
        && Enum.TryParse<KeptThing>(name, out var thing)
        && thing.IsMoved()
        && Id.Read<PersonId>(keeper) is { } from
            ? (account, thing, from)
            : null;

    private sealed record Wanted(Account Account, KeptThing Thing, Person From, Person To, string Said);
}
