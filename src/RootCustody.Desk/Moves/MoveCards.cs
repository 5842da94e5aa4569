using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Desk.Moves;

/// <summary>What people see of the mailbox and the phone of a root user, and of their moves.</summary>
internal static class MoveCards
{
    /// <summary>So many are named on one card.</summary>
    public const int Most = 15;

    /// <summary>How one move stands.</summary>
    /// <param name="names">Of everyone who has done something.</param>
    public static Card Of(Entered entered, IReadOnlyDictionary<PersonId, string> names) =>
        new(
            $"{TitleOf(entered)}: {StandOf(entered)}",
            [.. LinesOf(entered)],
            FactsOf(entered, names),
            [.. ChoicesOf(entered), Choice.NotMe]
        );

    /// <summary>Both channels of one account.</summary>
    public static Card Of(
        Account account,
        IReadOnlyList<(Keeper Keeper, string Name)> kept,
        IReadOnlyList<Entered> moves,
        IReadOnlyDictionary<PersonId, string> names,
        bool canBegin
    ) =>
        new(
            $"Mailbox and phone of {account.Name} ({account.Number})",
            [.. moves.SelectMany(m => LinesOf(m).Prepend($"{TitleOf(m)}: {StandOf(m)}"))],
            [
                .. MoveSteps.Things.SelectMany(thing => KeptFacts(thing, kept)),
                .. moves.SelectMany(m => FactsOf(m, names)),
            ],
            [
                .. moves.SelectMany(ChoicesOf),
                .. kept.Where(k => canBegin && moves.All(m => m.Move.Thing != k.Keeper.Thing))
                    .DistinctBy(k => (k.Keeper.Thing, k.Keeper.Person))
                    .Take(Most)
                    .Select(k => new Choice(
                        Actions.ChannelMove,
                        Short($"Move the {k.Keeper.Thing.Word()} of {k.Name}"),
                        BeginMove.SubjectOf(account.Id, k.Keeper.Thing, k.Keeper.Person)
                    )),
                Choice.NotMe,
            ]
        );

    public static Card Overview(IReadOnlyList<Entered> first, int all) =>
        new(
            all == 0 ? "No root mailbox and no root phone is being moved" : $"Being moved: {all}",
            [
                "Type channel and the 12 digits of an account to see who keeps its mailbox and its phone, and to move them.",
            ],
            [.. first.Select(m => Fact.At($"{TitleOf(m)}: {StandOf(m)}, since", m.Move.BegunAt))],
            []
        );

    /// <summary>Who has to do something.</summary>
    public static string WhoseTurn(Move move, Person from, Person to) =>
        move.Next switch
        {
            MoveStep.HandOver when Move.IsGone(from) => $"waits for a second administrator, for {from.Name} is gone",
            MoveStep.HandOver => $"waits for {from.Name}",
            MoveStep.Take => $"waits for {to.Name}",
            MoveStep.End => "waits for another administrator",
            null when move.EndedAt is not null => "done",
            null => "cancelled",
        };

    private static string StandOf(Entered entered) => WhoseTurn(entered.Move, entered.From, entered.To);

    private static string TitleOf(Entered entered) =>
        $"{entered.Move.Name}, {entered.Move.Thing.Word()} of {entered.Account.Name} ({entered.Account.Number}) moves to {entered.To.Name}";

    private static IEnumerable<string> LinesOf(Entered entered)
    {
        if (entered.Move.Next is { } next)
            yield return $"Next: {next.Word()}. {next.ToDo(entered.Move.Thing)}";
        else if (entered.Move is { CancelledAt: not null, HandedAt: not null })
            yield return "It was handed over before it was cancelled, so the register names both, and both are barred by it. Two administrators take out whoever does not have it: admin remove-keeper.";
    }

    private static IReadOnlyList<Fact> FactsOf(Entered entered, IReadOnlyDictionary<PersonId, string> names)
    {
        var move = entered.Move;
        return
        [
            new Fact("Kept by", entered.From.Name),
            new Fact("Moves to", $"{entered.To.Name}, as {move.Label}"),
            new Fact("Begun", Say(move.Why, move.BegunBy, move.BegunAt, names)),
            Step(MoveStep.HandOver, move.Handed, move.HandedBy, move.HandedAt),
            Step(MoveStep.Take, move.Tried, move.To, move.TakenAt),
            .. move.CancelledAt is { } at
                ? [new Fact("Cancelled", Say(move.CancelledWhy!, move.CancelledBy!.Value, at, names))]
                : (Fact[])[Step(MoveStep.End, "Confirmed", move.EndedBy, move.EndedAt)],
        ];

        Fact Step(MoveStep step, string? text, PersonId? by, DateTimeOffset? at) =>
            at is { } done
                ? new Fact($"Done: {step.Word()}", Say(text!, by!.Value, done, names))
                : new Fact($"{(move.Next == step ? "Open" : "Later")}: {step.Word()}", "-");
    }

    private static string Say(
        string text,
        PersonId by,
        DateTimeOffset at,
        IReadOnlyDictionary<PersonId, string> names
    ) => $"{text} ({names[by]}, {Cell.Say(at)})";

    private static IEnumerable<Fact> KeptFacts(KeptThing thing, IReadOnlyList<(Keeper Keeper, string Name)> kept)
    {
        var those = kept.Where(k => k.Keeper.Thing == thing).ToList();
        if (those.Count == 0)
            yield return new Fact(
                $"Kept: {thing.Word()}",
                "by nobody; two administrators enter who keeps it: admin add-keeper"
            );
        foreach (var (keeper, name) in those)
            yield return Fact.At($"Kept: {thing.Word()}, {keeper.Label}, by {name} since", keeper.Since);
    }

    /// <summary>What whoever looks can press now; each press asks again whether they may.</summary>
    private static IEnumerable<Choice> ChoicesOf(Entered entered)
    {
        var (move, id, thing) = (entered.Move, entered.Move.Id.ToString(), entered.Move.Thing.Word());
        if (move.WhyNotHandOver(entered.By, entered.From) is null)
            yield return new Choice(Actions.ChannelHanded, $"Handed over: {thing}", id, ChoiceStyle.Good);
        if (move.WhyNotTake(entered.By) is null)
            yield return new Choice(Actions.ChannelTaken, $"I have it: {thing}", id, ChoiceStyle.Good);
        if (move.WhyNotEnd(entered.By, entered.Beginner, entered.To) is null)
            yield return new Choice(Actions.ChannelEnd, $"Confirm: {thing}", id, ChoiceStyle.Good);
        if (move.WhyNotCancel(entered.By) is null)
            yield return new Choice(Actions.ChannelCancel, $"Cancel: {thing}", id, ChoiceStyle.Grave);
    }

    /// <summary>A button's label is short.</summary>
    private static string Short(string label) => label.Length <= 75 ? label : label[..74] + "…";
}
