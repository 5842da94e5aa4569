using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>Another administrator confirms, with a code of their own, that a move is done: only then the register names the new keeper.</summary>
public sealed class EndMove(CustodyDb db, IStepUp stepUp, TellOfMove tell)
{
    /// <summary>Shows what was said, to those who may confirm it.</summary>
    public Task<Reply> AskAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (entered, said, refused) = await EnterAsync(person, click, cancellationToken);
                return entered is null ? refused : new Reply.Asked(FormOf(entered, said));
            },
            cancellationToken
        );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        // asked before, so that what would be refused costs no code
        var before = await AskAsync(person, click, cancellationToken);
        if (before is not Reply.Asked { Form: var form })
            return before;
        return await stepUp.WhyNotProvenAsync(person.Id, click, form, cancellationToken)
            ?? await db.DecideAsync(() => ConfirmAsync(person, click, cancellationToken), cancellationToken);
    }

    private async Task<Reply> ConfirmAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var (entered, said, refused) = await EnterAsync(person, click, cancellationToken);
        if (entered is null)
            return refused;
        var (move, account) = (entered.Move, entered.Account);
        var now = db.Now; // the same in both, so that the register finds its proof
        move.End(person.Id, now);
        db.Keepers.RemoveRange(
            await db
                .Keepers.Where(k => k.Account == account.Id && k.Thing == move.Thing && k.Person == move.From)
                .ToListAsync(cancellationToken)
        );
        db.Keepers.Add(Keeper.Of(account.Id, move.To, move.Thing, move.Label, now));
        db.Record(
            "move.ended",
            person.Id,
            ("move", move.Id),
            ("account", account.Id),
            ("thing", move.Thing),
            ("from", move.From),
            ("to", move.To),
            ("label", move.Label),
            ("attention", Loudly.Of(said))
        );
        await tell.TurnAsync(entered, cancellationToken);
        return new Reply.Said($"{move.Name} is done: {entered.To.Name} keeps the {move.Thing.Word()}.{said}");
    }

    /// <summary>Asks law 1 once more: much may have been shown, or entered, since it was begun.</summary>
    private async Task<(Entered? Entered, string Said, Reply WhyNot)> EnterAsync(
        Person person,
        Click click,
        CancellationToken cancellationToken
    )
    {
        var (entered, refused) = await db.EnterMoveAsync(
            person.Id,
            click,
            e => e.Move.WhyNotEnd(e.By, e.Beginner, e.To),
            cancellationToken
        );
        if (entered is null)
            return (null, "", refused);
        var (law, said) = await db.WithThisAsync(entered.To, entered.Account, entered.Move.Thing, cancellationToken);
        return law is null
            ? (entered, said, refused)
            : (null, "", await db.RefuseAsync(person.Id, entered.Account, law, cancellationToken));
    }

    private static Form FormOf(Entered entered, string said) =>
        new(
            Actions.ChannelEnd,
            entered.Move.Id.ToString(),
            "Confirm a move",
            "It is so",
            [
                entered.What + said,
                $"Handed over: {entered.Move.Handed}",
                $"{entered.To.Name} tried it: {entered.Move.Tried}",
                MoveStep.End.ToDo(entered.Move.Thing),
            ],
            [Fields.Code]
        );
}
