using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>The keeper says that they handed it over, or a second administrator that they did so in the place of one who is gone. From then on the new keeper is barred by it too (law 1).</summary>
public sealed class SayHandedOver(CustodyDb db, TellOfMove tell)
{
    /// <summary>Asks what was done, and says what is easily forgotten.</summary>
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
                entered.Move.HandOver(person.Id, click.Plain(Fields.TextField), db.Now);
                db.Record(
                    "move.handed-over",
                    person.Id,
                    ("move", entered.Move.Id),
                    ("account", entered.Account.Id),
                    ("thing", entered.Move.Thing),
                    ("to", entered.Move.To),
                    ("text", entered.Move.Handed)
                );
                await tell.TurnAsync(entered, cancellationToken);
                return new Reply.Said(
                    $"Noted: handed over. {entered.To.Name} tries it and says so; until the end the register names {entered.From.Name}, and both are barred by it."
                );
            },
            cancellationToken
        );

    private Task<(Entered? Entered, Reply WhyNot)> EnterAsync(
        Person person,
        Click click,
        CancellationToken cancellationToken
    ) => db.EnterMoveAsync(person.Id, click, e => e.Move.WhyNotHandOver(e.By, e.From), cancellationToken);

    private static Form FormOf(Entered entered) =>
        new(
            Actions.ChannelHanded,
            entered.Move.Id.ToString(),
            "Handed over",
            "It is handed over",
            [
                entered.What,
                MoveStep.HandOver.ToDo(entered.Move.Thing),
                $"As soon as you say so, {entered.To.Name} is barred by the {entered.Move.Thing.Word()}, for they may have it.",
            ],
            [Fields.Text("What you did")]
        );
}
