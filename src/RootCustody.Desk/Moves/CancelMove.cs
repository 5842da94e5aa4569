using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>An administrator stops a move. If it was handed over, both may have it: then the new keeper is entered beside the old one, until two administrators put the register right (law 1).</summary>
public sealed class CancelMove(CustodyDb db, TellOfMove tell)
{
    /// <summary>Asks why.</summary>
    public Task<Reply> AskAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (entered, refused) = await EnterAsync(person, click, cancellationToken);
                return entered is null ? refused : new Reply.Asked(FormOf(entered));
            },
            cancellationToken
        );

    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (entered, refused) = await EnterAsync(person, click, cancellationToken);
                if (entered is null)
                    return refused;
                if (click.Faults() is { Count: > 0 } faults)
                    return new Reply.Corrected(FormOf(entered), faults);
                var (move, account) = (entered.Move, entered.Account);
                var both = move.Cancel(person.Id, click.Plain(Fields.TextField), db.Now);
                if (both)
                    db.Keepers.Add(Keeper.Of(account.Id, move.To, move.Thing, move.Label, db.Now));
                db.Record(
                    "move.cancelled",
                    person.Id,
                    ("move", move.Id),
                    ("account", account.Id),
                    ("thing", move.Thing),
                    ("why", move.CancelledWhy),
                    ("entered", both ? move.To : null)
                );
                await tell.TurnAsync(entered, cancellationToken);
                return new Reply.Said(
                    both
                        ? $"{move.Name} is cancelled. It was handed over, so the register names both, {entered.From.Name} and {entered.To.Name}. Make sure who has it, and take the other out: admin remove-keeper."
                        : $"{move.Name} is cancelled, and the register stays as it is."
                );
            },
            cancellationToken
        );

    private Task<(Entered? Entered, Reply WhyNot)> EnterAsync(
        Person person,
        Click click,
        CancellationToken cancellationToken
    ) => db.EnterMoveAsync(person.Id, click, e => e.Move.WhyNotCancel(e.By), cancellationToken);

    private static Form FormOf(Entered entered) =>
        new(
            Actions.ChannelCancel,
            entered.Move.Id.ToString(),
            "Cancel a move",
            "Cancel it",
            [
                entered.What,
                entered.Move.HandedAt is null
                    ? "Nothing was handed over: the register stays as it is."
                    : "ATTENTION: it was handed over. The register will name both, and both stay barred by it, until two administrators take one of them out.",
            ],
            [Fields.Text("Why")]
        );
}
