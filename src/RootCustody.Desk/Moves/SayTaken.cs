using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>The new keeper says that they have it and how they tried it, with a code of their own.</summary>
public sealed class SayTaken(CustodyDb db, IStepUp stepUp, TellOfMove tell)
{
    /// <summary>Says what is to be tried.</summary>
    public Task<Reply> AskAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var (entered, refused) = await EnterAsync(person, click, cancellationToken);
                return entered is null ? refused : new Reply.Asked(FormOf(entered));
            },
            cancellationToken
        );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        // asked before, so that what would be refused costs no code
        var before = await AskAsync(person, click, cancellationToken);
        if (before is not Reply.Asked { Form: var form })
            return before;
        if (click.Faults() is { Count: > 0 } faults)
            return new Reply.Corrected(form, faults);
        return await stepUp.WhyNotProvenAsync(person.Id, click, form, cancellationToken)
            ?? await db.DecideAsync(() => TakeAsync(person, click, cancellationToken), cancellationToken);
    }

    private async Task<Reply> TakeAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var (entered, refused) = await EnterAsync(person, click, cancellationToken);
        if (entered is null)
            return refused;
        entered.Move.Take(click.Plain(Fields.TextField), db.Now);
        db.Record(
            "move.taken",
            person.Id,
            ("move", entered.Move.Id),
            ("account", entered.Account.Id),
            ("thing", entered.Move.Thing),
            ("text", entered.Move.Tried)
        );
        await tell.TurnAsync(entered, cancellationToken);
        return new Reply.Said("Noted: you have it. An administrator confirms it, and then the register names you.");
    }

    private Task<(Entered? Entered, Reply WhyNot)> EnterAsync(
        Person person,
        Click click,
        CancellationToken cancellationToken
    ) => db.EnterMoveAsync(person.Id, click, e => e.Move.WhyNotTake(e.By), cancellationToken);

    private static Form FormOf(Entered entered) =>
        new(
            Actions.ChannelTaken,
            entered.Move.Id.ToString(),
            "I have it",
            "I have it",
            [
                entered.What,
                .. entered.Move.Thing == KeptThing.RootMailbox
                    ? (string[])[$"The root address: {entered.Account.Email}"]
                    : [],
                MoveStep.Take.ToDo(entered.Move.Thing),
            ],
            [Fields.Text("How you tried it"), Fields.Code]
        );
}
