using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Moves;

namespace RootCustody.Tests.Laws;

/// <summary>Somebody came to keep something of the account, or keeps it no more, by the word of administrators alone.</summary>
public sealed record KeptTurn(string Who, KeptThing Thing, DateTimeOffset At, bool Keeps);

/// <summary>Who keeps what opens a half of the account, and how the mailbox and the phone go from one to another.</summary>
public sealed partial class StoredWorld
{
    /// <summary>Without what moves changed.</summary>
    public List<KeptTurn> Kept { get; } = [];

    /// <summary>Most often somebody of these, else anybody.</summary>
    private static string OneOf(string[] right, StoredCommand command) =>
        right.Length > 0 && command.Who % 6 > 0
            ? right[command.Which % right.Length]
            : Anybody[command.Which % Anybody.Length];

    /// <summary>The opposite of <see cref="Stage.People"/>.</summary>
    public string KeyOf(PersonId id) => stage.People.Single(p => p.Value == id).Key;

    /// <summary>As orders do it, which leave alone what is being moved.</summary>
    private async Task KeepAsync(string who, int how)
    {
        var turns = new List<KeptTurn>();
        await stage.DecideAsync(async db =>
        {
            turns.Clear(); // it may run again
            var (person, thing) = (stage.People[who], (KeptThing)(1 + (how % 4)));
            var moving = await db
                .Moves.Where(m => m.EndedAt == null && m.CancelledAt == null)
                .Select(m => m.Thing)
                .ToListAsync();
            var kept = await db.Keepers.Where(k => k.Person == person).ToListAsync();
            if (kept.Count == 0 && !moving.Contains(thing))
            {
                db.Keepers.Add(Keeper.Of(stage.Account, person, thing, "one", db.Now));
                turns.Add(new KeptTurn(who, thing, db.Now, true));
            }
            foreach (var keeper in kept.FindAll(k => !moving.Contains(k.Thing)))
            {
                db.Keepers.Remove(keeper);
                turns.Add(new KeptTurn(who, keeper.Thing, db.Now, false));
            }
        });
        Kept.AddRange(turns);
    }

    private async Task BeginMoveAsync(StoredCommand command)
    {
        var thing = command.How % 2 == 0 ? KeptThing.RootMailbox : KeptThing.RootPhone;
        var keepers = await stage.InDbAsync(db =>
            db.Keepers.Where(k => k.Thing == thing).OrderBy(k => k.Person).Select(k => k.Person).ToListAsync()
        );
        if (keepers.Count == 0)
            return;
        stage.Clock.Advance(TimeSpan.FromSeconds(30)); // each step-up code counts once
        var by = OneOf(Administrators, command);
        await ClickAsync(
            by,
            Actions.ChannelMove,
            $"{stage.Account}.{thing}.{keepers[command.Which % keepers.Count]}",
            submits: true,
            inputs:
            [
                ("to", await NewKeeperAsync(thing, command)),
                ("label", $"number {command.How}"),
                ("text", "The keeper goes to another team."),
                ("code", stage.CodeOf(by)),
            ]
        );
    }

    /// <summary>Most often somebody who is barred by it then: whoever holds the half that it does not open, or could.</summary>
    private async Task<string> NewKeeperAsync(KeptThing thing, StoredCommand command)
    {
        if (command.Which % 4 == 0)
            return Anybody[command.Which / 4 % Anybody.Length];
        var half = thing.Opens(Half.Password) ? Half.Mfa : Half.Password;
        var requests = await stage.InDbAsync(db => db.Requests.OrderBy(r => r.Id).ToListAsync());
        var holders = requests.FindAll(r => !r.IsOver).Select(r => r.HolderOf(half)).OfType<PersonId>().ToList();
        if (holders.Count > 0)
            return KeyOf(holders[command.Which % holders.Count]);
        return Everyone[(half == Half.Password ? 0 : 2) + (command.Which % 2)];
    }

    private async Task MoveOnAsync(StoredCommand command)
    {
        var moves = await stage.InDbAsync(db => db.Moves.OrderBy(m => m.Id).ToListAsync());
        var running = moves.FindAll(m => !m.IsOver);
        var among = running.Count == 0 ? moves : running;
        if (among.Count == 0)
            return;
        var move = among[command.Which / 8 % among.Count];
        var step = command.How % 8 == 0 ? (MoveStep)(1 + (command.Which % 3)) : move.Next ?? MoveStep.End;
        var second = Administrators.Where(a => stage.People[a] != move.BegunBy).ToArray();
        var (action, right) = (command.Act, step) switch
        {
            (StoredAct.CancelMove, _) => (Actions.ChannelCancel, Administrators),
            (_, MoveStep.HandOver) => (
                Actions.ChannelHanded,
                Frozen.Exists(f => f.Who == KeyOf(move.From) && f.Until is null) ? second : [KeyOf(move.From)]
            ),
            (_, MoveStep.Take) => (Actions.ChannelTaken, [KeyOf(move.To)]),
            _ => (Actions.ChannelEnd, second),
        };
        var who = OneOf(right, command);
        stage.Clock.Advance(TimeSpan.FromSeconds(30)); // each step-up code counts once
        await ClickAsync(
            who,
            action,
            move.Id.ToString(),
            submits: true,
            inputs: [("text", "It was done with care."), ("code", stage.CodeOf(who))]
        );
    }
}
