using RootCustody.Accounts;
using RootCustody.Moves;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>Who keeps what opens a half without us, and who says so.</summary>
internal sealed partial record StoredLaws
{
    /// <summary>Who came to have a thing, or has it no more, and when; from the handing over on the new keeper may have it.</summary>
    private IEnumerable<(PersonId Who, KeptThing Thing, DateTimeOffset At, bool Has)> Hands =>
        [
            .. World.Kept.Select(k => (World.Stage.People[k.Who], k.Thing, k.At, k.Keeps)),
            .. Moves.Where(m => m.HandedAt is not null).Select(m => (m.To, m.Thing, m.HandedAt!.Value, true)),
            .. Moves.Where(m => m.EndedAt is not null).Select(m => (m.From, m.Thing, m.EndedAt!.Value, false)),
        ];

    private bool MayHave(PersonId person, KeptThing thing, DateTimeOffset at) =>
        Hands.Where(h => h.Who == person && h.Thing == thing && h.At <= at).OrderBy(h => h.At).LastOrDefault().Has;

    /// <summary>Law 1.</summary>
    private string? NobodyOpensTheOther() =>
        Exposures.FirstOrDefault(e =>
            e.Request is not null
            && e.Outcome != RevealOutcome.NotShown
            && Enum.GetValues<KeptThing>()
                .Any(thing =>
                    thing.Opens(e.Half == Half.Password ? Half.Mfa : Half.Password) && MayHave(e.Person, thing, e.At)
                )
        )
            is { } shown
            ? $"{NameOf(shown.Person)} was shown a half while they could open the other."
            : null;

    /// <summary>Whoever came to stand there and was not taken out again stands there once, and nobody else; who may have it only, as long as the move runs, does not stand there yet.</summary>
    private string? Register()
    {
        (PersonId Who, KeptThing Thing, DateTimeOffset At, bool Stands)[] turns =
        [
            .. World.Kept.Select(k => (World.Stage.People[k.Who], k.Thing, k.At, k.Keeps)),
            .. Moves.Where(m => m.HandedAt is not null && m.IsOver).Select(m => (m.To, m.Thing, OverAt(m), true)),
            .. Moves.Where(m => m.EndedAt is not null).Select(m => (m.From, m.Thing, OverAt(m), false)),
        ];
        var expected =
            from turn in turns.GroupBy(t => (t.Who, t.Thing))
            where turn.MaxBy(t => t.At).Stands
            select $"{NameOf(turn.Key.Who)} keeps the {turn.Key.Thing}";
        var stands = Keepers.Select(k => $"{NameOf(k.Person)} keeps the {k.Thing}");
        var (right, register) = (string.Join(", ", expected.Order()), string.Join(", ", stands.Order()));
        return right == register ? null : $"The register says: {register}; but: {right}.";
    }

    private static DateTimeOffset OverAt(Move move) => (move.EndedAt ?? move.CancelledAt)!.Value;

    private string? TwoAdministrators() =>
        Moves.FirstOrDefault(m =>
            m.EndedAt is not null
            && (
                m.TakenAt is null
                || m.EndedBy == m.BegunBy
                || m.EndedBy == m.To
                || m.BegunBy == m.To
                || (m.HandedBy != m.From && (m.HandedBy == m.BegunBy || m.HandedBy == m.To))
                || !World.IsAdministrator(m.BegunBy)
                || !World.IsAdministrator(m.EndedBy!.Value)
            )
        )
            is { } move
            ? $"{move.Name} was not begun by one administrator and ended by another."
            : null;
}
