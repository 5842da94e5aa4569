using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.Moves;

/// <summary>Tells those whose turn it is, and at the end those whom it was about. Part of the decision after which it is so.</summary>
public sealed class TellOfMove(CustodyDb db, ShowMove show)
{
    internal async Task TurnAsync(Entered entered, CancellationToken cancellationToken)
    {
        entered.Move.WasTold(db.Now);
        foreach (var person in await TurnOfAsync(entered, cancellationToken))
            db.Notify(person, await show.CardAsync(entered with { By = person }, cancellationToken));
    }

    /// <summary>Nobody has moved it on for a while: whoever could is told again.</summary>
    internal async Task RemindAsync(Entered entered, CancellationToken cancellationToken)
    {
        await TurnAsync(entered, cancellationToken);
        db.Record(
            "move.reminded",
            Recording.System,
            ("move", entered.Move.Id),
            ("account", entered.Account.Id),
            ("step", entered.Move.Next)
        );
    }

    private async Task<IEnumerable<Person>> TurnOfAsync(Entered entered, CancellationToken cancellationToken) =>
        entered.Move.Next switch
        {
            MoveStep.HandOver when !Move.IsGone(entered.From) => [entered.From],
            MoveStep.Take => [entered.To],
            null => new[] { entered.From, entered.To, entered.Beginner }.DistinctBy(p => p.Id),
            _ => (await db.AdministratorsAsync(cancellationToken)).Where(a =>
                a.Id != entered.Move.BegunBy && a.Id != entered.Move.To
            ),
        };
}
